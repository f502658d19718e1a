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

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the application under test sees the declared instance in every test.
 */
@SpringBootTest
@SimulatedInstance
class ChangingTests {

	@Autowired
	private Environment environment;

	@Autowired
	private ImdsClient client;

	@Autowired
	private InstanceMetadata instance;

	@RepeatedTest(2)
	void valuesChange(ImdsSimulator simulator) {
		assertDeclared();
		simulator.tag("Environment", "changed").instanceId("i-changed");
	}

	@Test
	void valuesChangeBeforeTheyAreRead(ImdsSimulator simulator) {
		simulator.tag("Environment", "changed").instanceId("i-changed");
		assertThat(this.environment.getProperty("imds.tags.instance[Environment]")).isEqualTo("changed");
		assertThat(this.client.get("meta-data/instance-id")).contains("i-changed");
		assertThat(this.instance.instanceId()).isEqualTo("i-changed");
	}

	@Test
	void serviceIsSwitchedOff(ImdsSimulator simulator) {
		simulator.enabled(false);
		assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> this.client.get("meta-data/instance-id"));
	}

	@Test
	void tokensAreRevoked(ImdsSimulator simulator) {
		assertDeclared();
		simulator.revokeTokens();
		assertThat(this.client.get("meta-data/ami-id")).isPresent();
	}

	@RepeatedTest(2)
	void instanceIsTheDeclaredOne() {
		assertDeclared();
	}

	private void assertDeclared() {
		assertThat(this.environment.getProperty("imds.tags.instance[Environment]")).isEqualTo("staging");
		assertThat(this.client.get("meta-data/instance-id")).contains("i-0123456789abcdef0");
		assertThat(this.instance.instanceId()).isEqualTo("i-0123456789abcdef0");
	}

}
