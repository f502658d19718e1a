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

import org.junit.jupiter.api.Test;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

@SimulatedInstance("placement/region=us-east-1")
class RegionFaultTests {

	@Test
	void throttledRequestIsRepeated(ImdsSimulator simulator) {
		simulator.throttle(1);
		try (ImdsClient client = ImdsClient.builder().endpoints(simulator.endpoint()).build()) {
			assertThat(new Region(client).name()).isEqualTo("us-east-1");
		}
	}

	@Test
	void instancesAreIndependent() {
		try (ImdsSimulator first = ImdsSimulator.builder().region("eu-central-1").onDemand().start();
				ImdsSimulator second = ImdsSimulator.builder().region("eu-north-1").noRole().ipv6Only().start();
				ImdsClient client = ImdsClient.builder().endpoints(first.endpoint()).build();
				ImdsClient another = ImdsClient.builder().endpoints(second.endpoint()).build()) {
			assertThat(new Region(client).name()).isEqualTo("eu-central-1");
			assertThat(new Region(another).name()).isEqualTo("eu-north-1");
		}
	}

}
