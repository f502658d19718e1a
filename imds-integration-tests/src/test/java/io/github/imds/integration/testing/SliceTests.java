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

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that slices have the beans and properties of the simulated instance.
 */
class SliceTests {

	@Nested
	@JsonTest
	@SimulatedInstance
	class Json {

		@Test
		void instanceIsThere(@Autowired InstanceMetadata instance, @Value("${imds.region}") String region,
				ImdsSimulator simulator) {
			assertThat(region).isEqualTo("eu-west-1");
			simulator.region("us-west-2");
			assertThat(instance.region()).isEqualTo("us-west-2");
		}

	}

	@Nested
	@JdbcTest
	@SimulatedInstance("placement/availability-zone=us-west-2b")
	class Jdbc {

		@Test
		void instanceIsThere(@Autowired InstanceMetadata instance, @Autowired JdbcTemplate jdbc,
				@Value("${imds.region}") String region) {
			assertThat(jdbc.queryForObject("select '" + region + "'", String.class)).isEqualTo("us-west-2");
			assertThat(instance.availabilityZone()).isEqualTo("us-west-2b");
		}

	}

}
