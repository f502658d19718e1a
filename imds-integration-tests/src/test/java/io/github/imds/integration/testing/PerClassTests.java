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

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a change before all tests lasts for the class, as the application sees it,
 * with one instance of the test class and with many.
 */
@SpringBootTest
@SimulatedInstance
@TestInstance(Lifecycle.PER_CLASS)
class PerClassTests {

	@Autowired
	private Environment environment;

	@Autowired
	private InstanceMetadata instance;

	@BeforeAll
	void change(ImdsSimulator simulator) {
		assertThat(this.instance.instanceId()).isEqualTo("i-0123456789abcdef0");
		assertThat(this.environment.getProperty("imds.instance-id")).isEqualTo("i-0123456789abcdef0");
		simulator.instanceId("i-of-the-class");
	}

	@RepeatedTest(3)
	void changeBeforeAllTestsLasts(ImdsSimulator simulator) {
		assertThat(this.instance.instanceId()).isEqualTo("i-of-the-class");
		assertThat(this.environment.getProperty("imds.instance-id")).isEqualTo("i-of-the-class");
		simulator.instanceId("i-of-a-test");
		assertThat(this.instance.identityDocument().instanceId()).contains("i-of-a-test");
	}

}
