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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application without instance metadata.
 */
@SpringBootTest(properties = "imds.client.enabled=false")
@AutoConfigureMockMvc
class SwitchedOffTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void defaultsAreShown() {
		assertThat(this.mvc.get().uri("/").accept(MediaType.APPLICATION_JSON)).hasStatusOk()
			.bodyJson()
			.isLenientlyEqualTo("""
					{
						"application": "orders-local",
						"instanceId": "local",
						"sample": { "stage": "dev", "region": "none", "zone": "none" },
						"instanceType": "unknown"
					}
					""")
			.extractingPath("$.source")
			.asString()
			.startsWith("No instance metadata. ")
			.endsWith("imds.client.enabled=false");
	}

	@Test
	void readingAPathSaysWhyItCannotBeRead() {
		assertThat(this.mvc.get().uri("/?path=meta-data/mac").accept(MediaType.TEXT_HTML))
			.hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyText()
			.contains("instance metadata is disabled");
	}

}
