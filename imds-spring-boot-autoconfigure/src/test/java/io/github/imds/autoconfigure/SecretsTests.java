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

import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.ImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that logs contain no secrets, even at the most detailed level.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void noTokenAndNoCredentialIsLoggedAtTrace(CapturedOutput output) {
		String described;
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--imds.client.endpoint=" + this.simulator.endpoint(), "--logging.level.root=trace",
					"--spring.application.name=${imds.tags.instance[Name]}")) {
			ImdsClient client = context.getBean(ImdsClient.class);
			assertThat(client.get("meta-data/iam/security-credentials/orders-service"))
				.hasValueSatisfying((credentials) -> assertThat(credentials).contains("ASIAFIXTURE"));
			assertThat(client.get("user-data")).isPresent();
			this.simulator.revokeTokens();
			assertThat(client.get("meta-data/mac")).isPresent();
			ImdsTokenStore store = context.getBean(ImdsTokenStore.class);
			described = client + " " + store + " " + store.load(this.simulator.endpoint());
		}
		Set<String> tokens = this.simulator.wireMock()
			.getAllServeEvents()
			.stream()
			.map((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token"))
			.filter((token) -> token != null)
			.collect(Collectors.toSet());
		assertThat(tokens).hasSize(2);
		assertThat(output.toString()).contains("TRACE", "PUT " + this.simulator.endpoint());
		assertThat(output + described).doesNotContain(tokens)
			.doesNotContain("ASIAFIXTURE", "never/show/me", "never-show-me", "DB_PASSWORD");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Application {

	}

}
