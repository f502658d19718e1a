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

package io.github.imds.autoconfigure.actuate.health;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

import io.github.imds.ImdsException;
import io.github.imds.autoconfigure.actuate.TestServer;
import io.github.imds.autoconfigure.actuate.TestServer.Answer;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the contributor as a member of the health group that a probe asks.
 */
class HealthGroupTests {

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void applicationIsReadyWhateverTheServiceAnswers(WebApplicationType type) {
		ImdsSimulator simulator = ImdsSimulator.start();
		try (TestServer server = TestServer.start(simulator, type,
				"management.endpoint.health.group.readiness.include=readinessState,imds",
				"management.endpoint.health.group.readiness.show-components=always")) {
			ImdsClient client = server.context().getBean(ImdsClient.class);
			client.get("meta-data/mac");
			assertReady(server, "UP");
			simulator.close();
			assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> client.get("meta-data/mac"));
			assertReady(server, "UNKNOWN");
		}
	}

	private static void assertReady(TestServer server, String status) {
		Answer answer = server.get("/actuator/health/readiness");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("status", "UP")
			.containsEntry("components",
					Map.of("imds", Map.of("status", status), "readinessState", Map.of("status", "UP")));
	}

}
