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

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

import io.github.imds.autoconfigure.EnvironmentImdsClient;

/**
 * Adds instance metadata to the environment, before config data is read, so that
 * {@code spring.profiles.active} and {@code spring.config.import} can refer to it.
 */
final class ImdsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String CLIENT_BEAN_NAME = "environmentImdsClient";

	private static final String COUNTERS_BEAN_NAME = "imdsPropertyCounters";

	private final DeferredLogFactory logFactory;

	private final ConfigurableBootstrapContext bootstrapContext;

	ImdsEnvironmentPostProcessor(DeferredLogFactory logFactory, ConfigurableBootstrapContext bootstrapContext) {
		this.logFactory = logFactory;
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		MutablePropertySources sources = environment.getPropertySources();
		if (sources.contains(ImdsPropertySource.NAME) || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		EnvironmentImdsClient client = new EnvironmentImdsClient(environment);
		ImdsPropertySource source = new ImdsPropertySource(client, this.logFactory.getLog(ImdsPropertySource.class));
		ConfigDataPhase.begin(sources, source);
		this.bootstrapContext.register(ImdsPropertySource.class, InstanceSupplier.of(source));
		this.bootstrapContext
			.addCloseListener((event) -> handOver(source, event.getApplicationContext().getBeanFactory()));
	}

	private void handOver(ImdsPropertySource source, ConfigurableListableBeanFactory beanFactory) {
		EnvironmentImdsClient client = source.getSource();
		beanFactory.registerSingleton(CLIENT_BEAN_NAME, client);
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(CLIENT_BEAN_NAME, client::close);
		}
		beanFactory.registerSingleton(COUNTERS_BEAN_NAME, source.counters());
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

}
