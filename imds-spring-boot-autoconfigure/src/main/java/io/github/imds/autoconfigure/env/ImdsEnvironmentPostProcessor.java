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

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * {@link EnvironmentPostProcessor} that adds instance metadata to the environment, before
 * config data is read, so that {@code spring.profiles.active} and
 * {@code spring.config.import} can refer to it. An environment that is used again, or
 * that Spring Cloud refreshes, keeps its metadata.
 */
final class ImdsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	/**
	 * Setting of Spring Cloud: property sources to keep when the bootstrap context is
	 * refreshed.
	 */
	private static final String RETAINED_SOURCES = "spring.cloud.refresh.additional-property-sources-to-retain";

	private static final String CONTEXT_REFRESHER = "org.springframework.cloud.context.refresh.ContextRefresher";

	private final DeferredLogFactory logFactory;

	private final ConfigurableBootstrapContext bootstrapContext;

	ImdsEnvironmentPostProcessor(DeferredLogFactory logFactory, ConfigurableBootstrapContext bootstrapContext) {
		this.logFactory = logFactory;
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		ImdsEnvironment metadata = find(environment);
		if (metadata == null) {
			metadata = new ImdsEnvironment(environment, this.logFactory.getLog(ImdsPropertySource.class));
			if (ClassUtils.isPresent(CONTEXT_REFRESHER, application.getClassLoader())) {
				DefaultPropertiesPropertySource.addOrMerge(Map.of(RETAINED_SOURCES, ImdsPropertySource.NAME),
						environment.getPropertySources());
			}
		}
		register(metadata);
		metadata.beginConfigData(environment);
	}

	private @Nullable ImdsEnvironment find(ConfigurableEnvironment environment) {
		ImdsEnvironment registered = this.bootstrapContext.getOrElse(ImdsEnvironment.class, null);
		ImdsEnvironment metadata = (registered != null) ? registered : ImdsEnvironment.of(environment);
		if (metadata != null) {
			metadata.reopen();
		}
		return metadata;
	}

	private void register(ImdsEnvironment metadata) {
		if (!this.bootstrapContext.isRegistered(ImdsEnvironment.class)) {
			this.bootstrapContext.register(ImdsEnvironment.class, InstanceSupplier.of(metadata));
			this.bootstrapContext.addCloseListener(metadata);
		}
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

}
