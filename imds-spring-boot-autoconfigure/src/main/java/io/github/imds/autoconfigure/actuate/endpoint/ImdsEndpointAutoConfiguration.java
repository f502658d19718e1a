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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.autoconfigure.lifecycle.InstanceLifecycle;
import io.github.imds.client.ImdsClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link ImdsEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ImdsAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(ImdsEndpoint.class)
@EnableConfigurationProperties(ImdsEndpointProperties.class)
public final class ImdsEndpointAutoConfiguration {

	private static final String TIME_TO_LIVE = "management.endpoint.imds.cache.time-to-live";

	private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofSeconds(10);

	ImdsEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnBean(ImdsClient.class)
	@ConditionalOnMissingBean
	ImdsEndpoint imdsEndpoint(ImdsClient client, ImdsEndpointProperties properties,
			ObjectProvider<SanitizingFunction> sanitizingFunctions, ObjectProvider<InstanceLifecycle> lifecycle,
			Environment environment) {
		// Spring Boot caches operations without arguments for this time
		Duration timeToLive = Binder.get(environment).bind(TIME_TO_LIVE, Duration.class).orElse(DEFAULT_TIME_TO_LIVE);
		return new ImdsEndpoint(client, sanitizingFunctions.orderedStream().toList(), properties.showValues(),
				timeToLive, () -> {
					InstanceLifecycle instanceLifecycle = lifecycle.getIfAvailable();
					return (instanceLifecycle != null) ? instanceLifecycle.standing() : List.of();
				});
	}

	@Bean
	@ConditionalOnBean(ImdsEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	ImdsEndpointWebExtension imdsEndpointWebExtension(ImdsEndpoint endpoint, ImdsEndpointProperties properties) {
		return new ImdsEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
	}

}
