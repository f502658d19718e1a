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

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.imds.client.ImdsClient;
import io.github.imds.token.FileImdsTokenStore;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the token store of {@link ImdsAutoConfiguration}.
 */
class ImdsAutoConfigurationTokenStoreTests extends AbstractImdsAutoConfigurationTests {

	@Test
	void usesTheTokenStoreOfTheApplication() {
		this.contextRunner.withUserConfiguration(OwnStore.class).run((context) -> {
			context.getBean(ImdsClient.class).get("meta-data/mac");
			assertThat(context.getBean(ImdsTokenStore.class).load(this.simulator.endpoint())).isPresent();
		});
	}

	@Test
	void keepsTokensInMemoryByDefault() {
		this.contextRunner.run((context) -> assertThat(context).getBean(ImdsTokenStore.class)
			.isInstanceOf(InMemoryImdsTokenStore.class));
	}

	@Test
	void keepsTokensInFilesOnRequest(@TempDir Path directory) {
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("imds.client.token.store=file",
				"imds.client.token.directory=" + directory.resolve("tokens"));
		runner.run((context) -> {
			assertThat(context).getBean(ImdsTokenStore.class).isInstanceOf(FileImdsTokenStore.class);
			context.getBean(ImdsClient.class).get("meta-data/mac");
		});
		assertThat(directory.resolve("tokens")).isDirectoryContaining("glob:**.token");
		runner.run((context) -> context.getBean(ImdsClient.class).get("meta-data/mac"));
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void theTokenThatTheEnvironmentGotIsHandedToTheTokenStoreOfTheApplication() {
		try (ConfigurableApplicationContext context = start(OwnStore.class)) {
			assertThat(this.simulator.tokenRequests()).isEqualTo(1);
			ImdsTokenStore store = context.getBean(ImdsTokenStore.class);
			assertThat(store.load(this.simulator.endpoint())).isPresent();
			ImdsClient client = context.getBean(ImdsClient.class);
			client.get("meta-data/mac");
			assertThat(this.simulator.tokenRequests()).isEqualTo(1);
			this.simulator.revokeTokens();
			Optional<ImdsToken> revoked = store.load(this.simulator.endpoint());
			client.get("meta-data/mac");
			assertThat(store.load(this.simulator.endpoint())).isPresent().isNotEqualTo(revoked);
		}
	}

	@Test
	void aTokenStoreThatRefusesTheTokenDoesNotStopTheStart() {
		try (ConfigurableApplicationContext context = start(BrokenStore.class)) {
			assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class OwnStore {

		@Bean
		ImdsTokenStore ownStore() {
			return new InMemoryImdsTokenStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class BrokenStore {

		@Bean
		ImdsTokenStore brokenStore() {
			return new ImdsTokenStore() {

				@Override
				public Optional<ImdsToken> load(URI endpoint) {
					throw new IllegalStateException("broken");
				}

				@Override
				public void save(URI endpoint, ImdsToken token) {
					throw new IllegalStateException("broken");
				}

				@Override
				public void remove(URI endpoint, ImdsToken token) {
					throw new IllegalStateException("broken");
				}

			};
		}

	}

}
