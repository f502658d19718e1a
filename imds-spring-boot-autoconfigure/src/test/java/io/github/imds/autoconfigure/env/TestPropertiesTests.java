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

package io.github.imds.autoconfigure.env;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.TestPropertySource;

import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that properties of a test win over instance metadata, as all others do.
 */
@SpringBootTest(properties = "imds.instance-id=of-the-test", webEnvironment = SpringBootTest.WebEnvironment.NONE)
@TestPropertySource(properties = { "imds.placement.region=of-the-source", "imds.tags.instance.Name=of-the-source",
		"imds.ami_id=of-the-source", "imds.block-device-mapping.root=of-the-source" })
@SimulatedInstance
class TestPropertiesTests {

	@Test
	void winAndCostNoRequest(@Value("${imds.instance-id}") String instanceId,
			@Value("${imds.placement.region}") String region, @Value("${imds.system}") String system,
			ImdsSimulator simulator) {
		assertThat(instanceId).isEqualTo("of-the-test");
		assertThat(region).isEqualTo("of-the-source");
		assertThat(system).isEqualTo("nitro");
		assertThat(simulator.requests()).containsExactly("PUT /latest/api/token", "GET /latest/meta-data/system");
	}

	@Test
	void winInEverySpelling(@Value("${imds.tags.instance[Name]}") String tag,
			@Value("${imds.ami-id:none}") String image, @Value("${imds.block-device-mapping[root]}") String device,
			ImdsSimulator simulator) {
		assertThat(List.of(tag, image, device)).containsOnly("of-the-source");
		assertThat(simulator.requests()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
