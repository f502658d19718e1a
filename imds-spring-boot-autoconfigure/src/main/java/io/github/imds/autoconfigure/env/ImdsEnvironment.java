/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imds.autoconfigure.env;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

import io.github.imds.autoconfigure.ImdsClientBuilderCustomizer;
import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsDetection;
import io.github.imds.token.ImdsTokenStore;

/**
 * Instance metadata of one environment: before config data is read, in the application
 * context, and until the context is closed.
 */
final class ImdsEnvironment implements ApplicationListener<BootstrapContextClosedEvent> {

	private static final String COUNTERS_BEAN_NAME = "imdsPropertyCounters";

	private static final String LIFECYCLE_BEAN_NAME = "imdsRestoreLifecycle";

	private static final String CLIENT_BEAN_NAME = "imdsClient";

	private static final String TOKEN_STORE_BEAN_NAME = "imdsTokenStore";

	private static final String SHARED_BEAN_NAME = "imdsSharedEnvironment";

	private final EnvironmentSettings settings;

	private final ImdsClientHolder holder;

	private final ImdsPropertySource source;

	private final Log logger;

	/**
	 * Further open contexts that use the environment.
	 */
	private final CopyOnWriteArrayList<ConfigurableApplicationContext> sharing = new CopyOnWriteArrayList<>();

	private @Nullable ConfigDataPhase phase;

	private boolean handedOver;

	private volatile boolean contextRefreshed;

	ImdsEnvironment(ConfigurableEnvironment environment, Log logger) {
		this.settings = new EnvironmentSettings(environment);
		this.holder = new ImdsClientHolder(this.settings);
		this.source = new ImdsPropertySource(this, this.holder, this.settings, logger);
		this.logger = logger;
		this.holder.onReset(this::forget);
	}

	/**
	 * Return the instance metadata of an environment.
	 * @param environment the environment
	 * @return the instance metadata, or {@code null} if there is none
	 */
	static @Nullable ImdsEnvironment of(ConfigurableEnvironment environment) {
		return (environment.getPropertySources().get(ImdsPropertySource.NAME) instanceof ImdsPropertySource source)
				? source.owner() : null;
	}

	boolean isContextRefreshed() {
		return this.contextRefreshed;
	}

	ImdsClientHolder holder() {
		return this.holder;
	}

	/**
	 * Add metadata to an environment whose config data is about to be read. When an
	 * environment is refreshed, that environment is a copy: values that can change are
	 * read again, and settings are bound again after the copy has been merged.
	 */
	void beginConfigData(ConfigurableEnvironment environment) {
		this.phase = ConfigDataPhase.begin(environment.getPropertySources(), this.source);
		if (this.handedOver) {
			this.source.expire();
		}
	}

	void configDataSourcesCollected() {
		if (this.phase != null) {
			this.phase.sourcesCollected();
		}
	}

	/**
	 * Use the settings that are known while config data is read.
	 * @param binder the binder of the settings
	 * @return the holder of the client
	 */
	ImdsClientHolder refresh(Binder binder) {
		this.holder.refresh(() -> this.settings.get(binder));
		return this.holder;
	}

	void endConfigData() {
		if (this.phase != null) {
			this.phase.end();
			this.phase = null;
		}
		if (this.handedOver) {
			this.settings.outdate();
		}
		else {
			refreshSettings();
		}
	}

	/**
	 * Make the metadata of a closed context available to the next one, which can have
	 * other settings and reads its values again.
	 */
	void reopen() {
		if (this.holder.isClosed()) {
			this.holder.reopen();
			this.source.reopen();
			this.handedOver = false;
			this.contextRefreshed = false;
		}
	}

	/**
	 * Hand over to the context. Settings that were added after config data was read, such
	 * as those of tests and initializers, apply from now on.
	 */
	@Override
	public void onApplicationEvent(BootstrapContextClosedEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		if (this.handedOver) {
			share(context);
			return;
		}
		this.handedOver = true;
		this.settings.useEnvironment(context.getEnvironment());
		ContextCallbacks callbacks = new ContextCallbacks(this, context);
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		beanFactory.registerSingleton(ImdsClientHolder.BEAN_NAME, this.holder);
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(ImdsClientHolder.BEAN_NAME, callbacks);
		}
		beanFactory.registerSingleton(COUNTERS_BEAN_NAME, this.source.counters());
		beanFactory.registerSingleton(LIFECYCLE_BEAN_NAME, new RestoreLifecycle(this.holder));
		refreshSettings();
		logDecision();
		context.addBeanFactoryPostProcessor(callbacks);
		context.addApplicationListener(callbacks);
	}

	/**
	 * Log whether metadata is used. The client of early properties says so before logging
	 * is set up.
	 */
	private void logDecision() {
		ImdsDetection detection = this.holder.detection();
		this.logger
			.debug("Instance metadata is " + (detection.isEnabled() ? "enabled: " : "disabled: ") + detection.reason());
	}

	/**
	 * Remember a context that uses the environment of another one, which can be closed
	 * first.
	 */
	private void share(ConfigurableApplicationContext context) {
		context.addApplicationListener((ContextRefreshedEvent event) -> {
			if (event.getApplicationContext() == context) {
				this.sharing.addIfAbsent(context);
			}
		});
		context.addApplicationListener((ContextClosedEvent event) -> {
			if (event.getApplicationContext() == context) {
				this.sharing.remove(context);
			}
		});
	}

	/**
	 * Put metadata behind the property sources that configuration classes have added,
	 * which Spring puts last.
	 */
	private void moveToEnd() {
		MutablePropertySources sources = this.settings.environment().getPropertySources();
		if (sources.get(ImdsPropertySource.NAME) == this.source) {
			ConfigDataPhase.addMetadata(sources, this.source);
		}
	}

	/**
	 * Discard the values that were read with earlier settings. Decisions based on them
	 * remain.
	 */
	private void forget() {
		Set<String> early = this.source.namesReadEarly();
		if (!this.contextRefreshed && !early.isEmpty()) {
			this.logger.warn(("The settings 'imds.client.*' changed after '%s' had been read. Profiles, "
					+ "imports and logging that depend on it stay as they are. Set 'imds.client.*' earlier, such as "
					+ "with the 'properties' of @SpringBootTest")
				.formatted(String.join("', '", early)));
		}
		this.source.forget();
	}

	private void close() {
		this.source.close();
		this.holder.close();
		if (!this.sharing.isEmpty()
				&& this.sharing.remove(0).getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			reopen();
			this.handedOver = true;
			this.contextRefreshed = true;
			registry.registerDisposableBean(SHARED_BEAN_NAME, this::close);
		}
	}

	/**
	 * Use the beans of the context that configure the client.
	 */
	private void refreshed(ConfigurableListableBeanFactory beanFactory) {
		this.contextRefreshed = true;
		this.settings.outdate();
		String[] clients = beanFactory.getBeanNamesForType(ImdsClient.class, true, false);
		String own = clientOfApplication(beanFactory, clients);
		if (own != null) {
			// Its own creation can need properties
			this.source.useClient(() -> beanFactory.isCurrentlyInCreation(own) ? this.holder.client()
					: beanFactory.getBean(own, ImdsClient.class));
		}
		else if (clients.length > 0 && isCustomized(beanFactory)) {
			// Creates the client with the token store and the customizers of the context
			Arrays.stream(clients)
				.filter((name) -> isOurs(beanFactory, name))
				.forEach((Consumer<String>) beanFactory::getBean);
		}
		refreshSettings();
	}

	private static @Nullable String clientOfApplication(ConfigurableListableBeanFactory beanFactory, String[] clients) {
		if (clients.length == 1) {
			return isOurs(beanFactory, clients[0]) ? null : clients[0];
		}
		for (String name : clients) {
			if (beanFactory.containsBeanDefinition(name) && beanFactory.getBeanDefinition(name).isPrimary()) {
				return name;
			}
		}
		return null;
	}

	private static boolean isOurs(ConfigurableListableBeanFactory beanFactory, String name) {
		return name.equals(CLIENT_BEAN_NAME) && beanFactory.containsBeanDefinition(name)
				&& String.valueOf(beanFactory.getBeanDefinition(name).getFactoryBeanName())
					.contains("ImdsAutoConfiguration");
	}

	private static boolean isCustomized(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(ImdsClientBuilderCustomizer.class, true, false).length > 0) {
			return true;
		}
		for (String name : beanFactory.getBeanNamesForType(ImdsTokenStore.class, true, false)) {
			if (!name.equals(TOKEN_STORE_BEAN_NAME)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Bind the settings again, and give metadata its place behind everything that is set
	 * by now, or remove it from the environment if it is known to be unavailable.
	 */
	private void refreshSettings() {
		this.holder.refresh();
		MutablePropertySources sources = this.settings.environment().getPropertySources();
		PropertySource<?> present = sources.get(ImdsPropertySource.NAME);
		if (present != null && present != this.source) {
			return;
		}
		if (this.source.isNeeded()) {
			ConfigDataPhase.addMetadata(sources, this.source);
		}
		else if (present != null) {
			sources.remove(ImdsPropertySource.NAME);
		}
	}

	/**
	 * Callbacks of the context. One class for all of them loads faster than a lambda
	 * expression for each.
	 */
	private static final class ContextCallbacks
			implements BeanFactoryPostProcessor, ApplicationListener<ContextRefreshedEvent>, DisposableBean {

		private final ImdsEnvironment metadata;

		private final ConfigurableApplicationContext context;

		ContextCallbacks(ImdsEnvironment metadata, ConfigurableApplicationContext context) {
			this.metadata = metadata;
			this.context = context;
		}

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
			this.metadata.moveToEnd();
		}

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
			if (event.getApplicationContext() == this.context) {
				this.metadata.refreshed(this.context.getBeanFactory());
			}
		}

		@Override
		public void destroy() {
			this.metadata.close();
		}

	}

}
