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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nested classes see the instance of the class around them, or their own.
 */
@SpringBootTest
@SimulatedInstance("tags/instance/Environment=outer")
class NestedTests {

	@Autowired
	private Environment environment;

	@Autowired
	private InstanceMetadata instance;

	@BeforeEach
	void change(ImdsSimulator simulator) {
		simulator.instanceType("c7g.xlarge");
	}

	@RepeatedTest(2)
	void changeBeforeEachTestIsSeen(ImdsSimulator simulator) {
		assertThat(this.instance.instanceType()).isEqualTo("c7g.xlarge");
		assertThat(stage()).isEqualTo("outer");
		simulator.tag("Environment", "changed");
	}

	private String stage() {
		return this.environment.getRequiredProperty("imds.tags.instance[Environment]");
	}

	@Nested
	class WithoutAnnotation {

		@RepeatedTest(2)
		void instanceIsTheOneOfTheEnclosingClass(ImdsSimulator simulator) {
			assertThat(NestedTests.this.instance.instanceType()).isEqualTo("c7g.xlarge");
			assertThat(stage()).isEqualTo("outer");
			simulator.tag("Environment", "changed");
		}

	}

	@Nested
	@SimulatedInstance("tags/instance/Environment=inner")
	class WithAnnotation {

		@Test
		void instanceIsItsOwn(@Autowired Environment environment) {
			assertThat(environment.getProperty("imds.tags.instance[Environment]")).isEqualTo("inner");
		}

	}

}
