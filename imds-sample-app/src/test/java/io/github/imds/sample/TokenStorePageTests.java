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

package io.github.imds.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the token store that {@code docs/tokens.md} shows.
 */
class TokenStorePageTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void removeTokens() throws BackingStoreException {
		this.simulator.close();
		Preferences.userRoot().node("orders/imds-tokens").removeNode();
		Preferences.userRoot().node("orders").removeNode();
	}

	@Test
	void storeEqualsTheOneOfThePage() throws IOException {
		String source = Files.readString(Path.of("src/test/java/io/github/imds/sample/PreferencesTokenStore.java"));
		String example = source.substring(source.indexOf("@Component"));
		assertThat(Path.of("../docs/tokens.md")).content().contains(example + "```");
	}

	@Test
	void isGivenTheTokenOfEarlyProperties() {
		assertThat(readMac()).isEqualTo("0a:1b:2c:3d:4e:5f");
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
				"GET /latest/meta-data/instance-id", "GET /latest/meta-data/mac");
		assertThat(new PreferencesTokenStore().load(this.simulator.endpoint())).isPresent();
	}

	@Test
	void forgetsWhatTheServiceRejects() {
		try (ConfigurableApplicationContext context = start()) {
			ImdsTokenStore store = context.getBean(ImdsTokenStore.class);
			ImdsToken rejected = store.load(this.simulator.endpoint()).orElseThrow();
			this.simulator.revokeTokens();
			assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
			assertThat(store.load(this.simulator.endpoint())).isPresent().get().isNotEqualTo(rejected);
			store.remove(this.simulator.endpoint(), rejected);
			assertThat(store.load(this.simulator.endpoint())).isPresent();
		}
	}

	@Test
	void keepsATokenForAnotherClient() {
		readMac();
		this.simulator.clearRequests();
		try (ImdsClient client = ImdsClient.builder()
			.endpoints(this.simulator.endpoint())
			.tokenStore(new PreferencesTokenStore())
			.build()) {
			assertThat(client.get("meta-data/mac")).isPresent();
		}
		assertThat(this.simulator.requests()).containsExactly("GET /latest/meta-data/mac");
	}

	private String readMac() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(ImdsTokenStore.class)).isInstanceOf(PreferencesTokenStore.class);
			return context.getBean(ImdsClient.class).get("meta-data/mac").orElseThrow();
		}
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--imds.client.endpoint=" + this.simulator.endpoint(), "--imds.lifecycle.enabled=false");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(PreferencesTokenStore.class)
	static class Application {

	}

}
