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

package io.github.imds.sample;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that operators see the requests of the sample as metrics.
 */
@SpringBootTest(properties = "management.endpoints.web.exposure.include=metrics")
@AutoConfigureMockMvc
@SimulatedInstance
class MetricsTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void requestsAreTimedWithoutTheirPath() {
		assertThat(this.mvc.get().uri("/?path=meta-data/tags/instance/Name")).hasStatusOk();
		assertThat(this.mvc.get().uri("/actuator/metrics/imds.client.requests")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.availableTags[*].tag")
			.asArray()
			.contains("method", "outcome", "status")
			.doesNotContain("category", "uri");
		assertThat(this.mvc.get().uri("/actuator/metrics/imds.client.requests?tag=method:GET")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.measurements[0].value")
			.asNumber()
			.satisfies((requests) -> assertThat(requests.doubleValue()).isPositive());
	}

	@Test
	void readsBeforeTheStartAreCounted() {
		assertThat(this.mvc.get().uri("/actuator/metrics/imds.properties.gets?tag=result:miss")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.measurements[0].value")
			.asNumber()
			.satisfies((misses) -> assertThat(misses.doubleValue()).isPositive());
		assertThat(this.mvc.get().uri("/actuator/metrics/imds.client.tokens?tag=type:first")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.measurements[0].value")
			.asNumber()
			.satisfies((tokens) -> assertThat(tokens.doubleValue()).isPositive());
	}

}
