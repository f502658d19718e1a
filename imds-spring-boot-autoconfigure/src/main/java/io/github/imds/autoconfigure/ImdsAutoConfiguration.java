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

package io.github.imds.autoconfigure;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.token.ImdsTokenStore;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the client of the Instance Metadata Service. The client that
 * the environment already uses becomes the client of the context. Its beans are lazy, so
 * that unused beans cost nothing.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@Lazy
public final class ImdsAutoConfiguration {

	ImdsAutoConfiguration() {
	}

	/**
	 * The client of a context that has none of its environment, as in tests without a
	 * {@code SpringApplication}.
	 */
	@Bean
	@ConditionalOnMissingBean
	EnvironmentImdsClient environmentImdsClient(Environment environment) {
		return new EnvironmentImdsClient(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	ImdsTokenStore imdsTokenStore(EnvironmentImdsClient environmentClient) {
		return environmentClient.tokenStore();
	}

	@Bean
	@ConditionalOnMissingBean
	ImdsClient imdsClient(EnvironmentImdsClient environmentClient, ImdsTokenStore tokenStore) {
		environmentClient.use(tokenStore);
		return environmentClient.get();
	}

	@Bean
	@ConditionalOnMissingBean
	InstanceMetadata instanceMetadata(ImdsClient client) {
		return InstanceMetadata.of(client);
	}

	/**
	 * Puts the token store of the application to use before anybody asks for the client:
	 * properties need tokens too.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ImdsTokenStore.class)
	static class ApplicationTokenStoreConfiguration {

		@Bean
		SmartInitializingSingleton imdsTokenStoreHandover(EnvironmentImdsClient environmentClient,
				ImdsTokenStore tokenStore) {
			return () -> environmentClient.use(tokenStore);
		}

	}

}
