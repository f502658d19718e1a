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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.token.ImdsTokenStore;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for the client of the Instance Metadata Service. The context shares
 * the client of its environment. All beans are lazy, so an application pays only for
 * those that it uses.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties(ImdsProperties.class)
@Import(LazyPropertiesRegistrar.class)
@Lazy
public final class ImdsAutoConfiguration {

	ImdsAutoConfiguration() {
	}

	/**
	 * Create the holder for a context whose environment has none, such as the context of
	 * a test without a {@code SpringApplication}.
	 */
	@Bean
	@ConditionalOnMissingBean
	ImdsClientHolder imdsClientHolder(ObjectProvider<ImdsProperties> properties) {
		return new ImdsClientHolder(properties::getObject);
	}

	@Bean
	@ConditionalOnMissingBean
	ImdsTokenStore imdsTokenStore(ImdsClientHolder holder) {
		return holder.tokenStore();
	}

	@Bean
	@ConditionalOnMissingBean
	ImdsClient imdsClient(ImdsClientHolder holder, ImdsTokenStore tokenStore,
			ObjectProvider<ImdsClientBuilderCustomizer> customizers) {
		List<Consumer<ImdsClientBuilder>> consumers = new ArrayList<>();
		customizers.orderedStream().forEach((customizer) -> consumers.add(new CustomizerConsumer(customizer)));
		holder.configure((tokenStore != holder.tokenStore()) ? tokenStore : null, consumers);
		return holder.client();
	}

	@Bean
	@ConditionalOnMissingBean
	InstanceMetadata instanceMetadata(ImdsClient client, ImdsClientHolder holder) {
		return ForgetfulInstanceMetadata.create(client, holder);
	}

	/**
	 * Customizer in the form that the holder accepts. Equal customizers are equal in this
	 * form, too.
	 */
	private record CustomizerConsumer(ImdsClientBuilderCustomizer customizer) implements Consumer<ImdsClientBuilder> {

		@Override
		public void accept(ImdsClientBuilder builder) {
			this.customizer.customize(builder);
		}

	}

}
