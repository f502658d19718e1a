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
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an endpoint of {@link DynamicPropertySource} counts, although settings and
 * values were read before.
 */
@SpringBootTest(properties = { "early=${imds.instance-id:none}", "imds.client.timeout=20s", "imds.client.enabled=auto",
		"imds.client.endpoint=http://127.0.0.1:1" })
class DynamicEndpointTests {

	/**
	 * Runs as long as the context, which Spring keeps for other classes and runs.
	 */
	private static final ImdsSimulator SIMULATOR = ImdsSimulator.builder().region("eu-north-1").start();

	@DynamicPropertySource
	static void endpoint(DynamicPropertyRegistry registry) {
		registry.add("imds.client.endpoint", SIMULATOR::endpoint);
	}

	@Test
	void clientPropertiesAndFactsAreThoseOfTheServer(@Autowired Environment environment, @Autowired ImdsClient client,
			@Autowired InstanceMetadata instance) {
		assertThat(environment.getProperty("imds.region")).isEqualTo("eu-north-1");
		assertThat(environment.getProperty("early")).isEqualTo("i-0123456789abcdef0");
		assertThat(client.get("meta-data/placement/region")).contains("eu-north-1");
		assertThat(instance.region()).isEqualTo("eu-north-1");
	}

}
