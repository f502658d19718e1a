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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a simulated instance is there before anything reads properties.
 */
@SpringBootTest(properties = { "spring.profiles.active=${imds.tags.instance[Environment]:dev}",
		"spring.config.import=optional:classpath:testing-${imds.placement.region}.properties,imds:meta-data/placement",
		"imds.client.enabled=auto" })
@SimulatedInstance(tree = "classpath:testing-instance.json", value = "placement/region=us-east-1")
class EarlyPropertiesTests {

	@Test
	void profilesAndImportsAreThoseOfTheInstance(@Autowired Environment environment) {
		assertThat(environment.getActiveProfiles()).containsExactly("blue");
		assertThat(environment.getProperty("imported")).isEqualTo("for us-east-1");
		assertThat(environment.getProperty("imds.placement.region")).isEqualTo("us-east-1");
	}

	@Test
	void simulatorIsABean(@Autowired ImdsSimulator bean, ImdsSimulator simulator) {
		assertThat(bean).isSameAs(simulator);
	}

}
