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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application that starts anew reads the declared instance.
 */
@SpringBootTest(properties = "spring.application.name=orders-${imds.instance-id:none}")
@SimulatedInstance("instance-id=i-declared")
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
class DirtiedContextTests {

	@RepeatedTest(2)
	void placeholderIsReadFromTheDeclaredInstance(@Value("${spring.application.name}") String name,
			ImdsSimulator simulator) {
		assertThat(name).isEqualTo("orders-i-declared");
		simulator.instanceId("i-changed");
	}

	@Test
	void clientReadsTheChange(@Autowired ImdsClient client, ImdsSimulator simulator) {
		simulator.instanceId("i-changed");
		assertThat(client.get("meta-data/instance-id")).contains("i-changed");
	}

}
