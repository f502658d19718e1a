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

import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the Actuator of the sample.
 */
@SpringBootTest
@AutoConfigureMockMvc
@SimulatedInstance
class ActuatorTests {

	private static final Pattern LINK = Pattern.compile("href=\"(/actuator[^\"]*)\"");

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ImdsClient imds;

	@Test
	void linksOfThePageWork() throws UnsupportedEncodingException {
		String page = this.mvc.get().uri("/").accept(MediaType.TEXT_HTML).exchange().getResponse().getContentAsString();
		List<String> links = LINK.matcher(page).results().map((MatchResult match) -> match.group(1)).toList();
		assertThat(links).hasSizeGreaterThan(5);
		assertThat(links).allSatisfy((link) -> assertThat(this.mvc.get().uri(link)).as(link)
			.hasStatusOk()
			.bodyText()
			.doesNotContain("never-show-me", "ASIAFIXTURE", "DB_PASSWORD"));
	}

	@Test
	void metadataIsShown() {
		assertThat(this.mvc.get().uri("/actuator/imds/meta-data/placement/region")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo("""
					{ "path": "meta-data/placement/region", "value": "eu-west-1" }
					""");
		assertThat(this.mvc.get().uri("/actuator/info")).bodyJson()
			.extractingPath("$.ec2.id")
			.isEqualTo("i-0123456789abcdef0");
		assertThat(this.imds.get("meta-data/mac")).isPresent();
		assertThat(this.mvc.get().uri("/actuator/health/imds")).bodyJson().extractingPath("$.status").isEqualTo("UP");
	}

	@ParameterizedTest
	@ValueSource(strings = { "user-data", "meta-data/iam/security-credentials/orders-service" })
	void secretsAreMasked(String path) {
		assertThat(this.mvc.get().uri("/actuator/imds/" + path)).hasStatusOk()
			.bodyJson()
			.extractingPath("$.value")
			.isEqualTo("******");
	}

	@Test
	void absentMetadataIsNotFound() {
		assertThat(this.mvc.get().uri("/actuator/imds/meta-data/spot/instance-action")).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void badPathIsABadRequest(ImdsSimulator simulator) {
		assertThat(this.mvc.get().uri("/actuator/imds/meta-data/{segment}", "{}")).hasStatus(HttpStatus.BAD_REQUEST);
		assertThat(simulator.requests()).isEmpty();
	}

}
