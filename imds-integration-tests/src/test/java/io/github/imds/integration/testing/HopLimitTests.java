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

package io.github.imds.integration.testing;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SimulatedInstance
class HopLimitTests {

	@Test
	void tokenIsLostBeyondTheHopLimit(ImdsSimulator simulator) {
		simulator.hopLimitExceeded(true);
		try (ImdsClient client = ImdsClient.builder()
			.endpoints(simulator.endpoint())
			.timeout(Duration.ofMillis(200))
			.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> new Region(client).name());
		}
	}

}
