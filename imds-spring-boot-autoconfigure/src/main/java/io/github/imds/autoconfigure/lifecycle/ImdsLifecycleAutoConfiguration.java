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

package io.github.imds.autoconfigure.lifecycle;

import java.time.Duration;
import java.time.InstantSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;

import io.github.imds.autoconfigure.ConditionalOnEc2;
import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.client.ImdsClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the reaction to lifecycle events of the instance. One watcher
 * serves a context and its child contexts. An application that was processed ahead of
 * time determines at startup whether it runs on EC2.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ImdsAutoConfiguration.class)
@ConditionalOnBooleanProperty("imds.lifecycle.enabled")
@Conditional(ImdsLifecycleAutoConfiguration.OnEc2OrProcessingCondition.class)
@EnableConfigurationProperties(ImdsLifecycleProperties.class)
public final class ImdsLifecycleAutoConfiguration {

	private static final String SHUTDOWN_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	ImdsLifecycleAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	LifecycleWatch imdsLifecycleWatch(ImdsClient client, ImdsLifecycleProperties properties) {
		return new LifecycleWatch(client, properties);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	InstanceLifecycle instanceLifecycle(ConfigurableApplicationContext context, LifecycleWatch watch,
			ImdsLifecycleProperties properties, ObjectProvider<ApplicationAvailability> availability) {
		// Created first, so that it receives a change of the readiness before the
		// reaction to it
		ApplicationAvailability created = availability.getIfAvailable();
		Duration reserve = properties.shutdown().reserve();
		return new InstanceLifecycle(context, watch, new Notices(properties,
				(reserve != null) ? reserve : shutdownTimeout(context.getEnvironment()), InstantSource.system()),
				created);
	}

	private static Duration shutdownTimeout(Environment environment) {
		return Binder.get(environment).bind(SHUTDOWN_TIMEOUT, Duration.class).orElse(Duration.ofSeconds(30));
	}

	/**
	 * The machine that builds an application says nothing about the one that runs it.
	 */
	static final class OnEc2OrProcessingCondition extends AnyNestedCondition {

		OnEc2OrProcessingCondition() {
			super(ConfigurationPhase.PARSE_CONFIGURATION);
		}

		@ConditionalOnEc2
		static final class OnEc2 {

		}

		@ConditionalOnBooleanProperty(AbstractAotProcessor.AOT_PROCESSING)
		static final class Processing {

		}

	}

}
