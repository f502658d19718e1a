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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;

import io.github.imds.autoconfigure.actuate.TestServer;
import io.github.imds.autoconfigure.actuate.TestServer.Answer;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

/**
 * Tests for {@link ImdsEndpoint} over HTTP, in Spring MVC and in Spring WebFlux. Nothing
 * is cached, so that a request that asks the service is seen there.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
class ImdsEndpointWebTests {

	private static final ImdsSimulator simulator = ImdsSimulator.start();

	private static TestServer server;

	@Parameter
	private WebApplicationType type;

	@BeforeParameterizedClassInvocation
	static void start(WebApplicationType type) {
		server = TestServer.start(simulator, type, "management.endpoint.imds.show-values=always",
				"management.endpoint.imds.cache.time-to-live=0", "management.endpoint.health.show-details=always",
				"management.endpoint.configprops.show-values=always", "management.info.imds.enabled=true");
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@AfterAll
	static void close() {
		simulator.close();
	}

	@BeforeEach
	void reset() {
		simulator.reset();
	}

	@Test
	void overviewIsShown() {
		Answer answer = server.get("/actuator/imds");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsOnlyKeys("service", "metadata")
			.extractingByKey("service")
			.asInstanceOf(MAP)
			.containsEntry("enabled", true)
			.containsEntry("endpoint", simulator.endpoint().toString())
			.containsOnlyKeys("enabled", "reason", "endpoint", "tokenExpiresAt");
		assertThat(answer.body()).contains("\"mac\":\"0a:1b:2c:3d:4e:5f\"").doesNotContain("DB_PASSWORD");
	}

	@Test
	void patternSelects() {
		Answer answer = server.get("/actuator/imds?pattern=meta-data/*/domain");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json()).containsEntry("metadata",
				Map.of("meta-data", Map.of("services", Map.of("domain", "amazonaws.com"))));
	}

	@Test
	void valueIsShown() {
		assertThat(server.get("/actuator/imds/meta-data/placement/region"))
			.isEqualTo(new Answer(200, "{\"path\":\"meta-data/placement/region\",\"value\":\"eu-west-1\"}"));
	}

	@Test
	void directoryIsShown() {
		assertThat(server.get("/actuator/imds/meta-data/services/").json()).isEqualTo(
				Map.of("path", "meta-data/services", "value", Map.of("domain", "amazonaws.com", "partition", "aws")));
	}

	@Test
	void encodedTagKeyIsFound() {
		simulator.tag("cost center+100%", "42");
		assertThat(server.get("/actuator/imds/meta-data/tags/instance/cost%20center+100%25").json())
			.containsEntry("path", "meta-data/tags/instance/cost center+100%")
			.containsEntry("value", "42");
	}

	@Test
	void userDataIsShownByPath() {
		assertThat(server.get("/actuator/imds/user-data").body()).contains("DB_PASSWORD");
	}

	@Test
	void absentMetadataIsNotFound() {
		assertThat(server.get("/actuator/imds/meta-data/spot/instance-action")).isEqualTo(new Answer(404, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/meta-data/%7Bkey%7D", "?pattern=%7Bname%7D" })
	void badRequestSaysWhy(String path) {
		Answer answer = server.get("/actuator/imds" + path);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json()).containsOnlyKeys("failure")
			.hasEntrySatisfying("failure",
					(failure) -> assertThat((String) failure).contains("a character that no path has"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "//", "/..%2f..", "/..%2Fenv", "/../env", "/%2e%2e/env", "/./meta-data/mac",
			"/meta-data/%2e%2e/user-data", "/meta-data%2Fmac", "/meta-data%5Cmac", "/meta-data\\mac", "/{}", "/%7B%7D",
			"/meta-data/%7Bkey%7D", "/%00", "/meta-data/%00", "/meta-data/a%0ab", "/meta-data/a%0d%0aX:%20y", "/%",
			"/%zz", "/%c0%ae%c0%ae/env", "?pattern=%7Bname:.*%7D", "?pattern=meta-data/%7B*rest%7D", "?pattern=../**",
			"?pattern=*a*a*a*a*a*a*b", "/meta-data/mac?path=user-data", "/meta-data/mac?path=user-data&path=x" })
	void badPathIsRefusedAndNothingIsSent(String path) {
		Answer answer = server.get("/actuator/imds" + path);
		assertThat(answer.status()).isIn(400, 404);
		assertThat(answer.body()).doesNotContain("0a:1b", "DB_PASSWORD", "propertySources");
		assertThat(simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_300, 5_000, 10_000, 100_000 })
	void longPathIsRefusedAndNothingIsSent(int length) {
		for (String path : List.of("a".repeat(length), "a/".repeat(length / 2),
				"meta-data/mac/%61".repeat(length / 17))) {
			assertThat(server.get("/actuator/imds/" + path).status()).isIn(400, 404, 414, 431);
		}
		assertThat(simulator.requests()).isEmpty();
	}

	@Test
	void emptySegmentsDoNotChangeThePath() {
		assertThat(server.get("/actuator/imds//meta-data//mac").json()).containsEntry("path", "meta-data/mac");
		assertThat(simulator.requests()).noneMatch((request) -> request.contains("//"));
	}

	@Test
	void unreachableServiceIsUnavailable() {
		simulator.enabled(false);
		Answer value = server.get("/actuator/imds/meta-data/mac");
		assertThat(value.status()).isEqualTo(503);
		assertThat(value.json()).containsEntry("path", "meta-data/mac")
			.hasEntrySatisfying("failure", (failure) -> assertThat((String) failure).contains("switched off"));
		Answer overview = server.get("/actuator/imds");
		assertThat(overview.status()).isEqualTo(200);
		assertThat(overview.json()).containsOnlyKeys("service")
			.extractingByKey("service")
			.asInstanceOf(MAP)
			.containsEntry("enabled", true)
			.containsKey("failure");
	}

	@Test
	void settingsAreShown() {
		assertThat(server.get("/actuator/configprops/imds.client").body()).contains("\"prefix\":\"imds.client\"",
				"\"endpoint\":[\"" + simulator.endpoint() + "\"]");
	}

	@Test
	void healthAndInfoAreShown() {
		server.get("/actuator/imds");
		assertThat(server.get("/actuator/health/imds").json()).containsEntry("status", "UP")
			.extractingByKey("details")
			.asInstanceOf(MAP)
			.containsEntry("endpoint", simulator.endpoint().toString());
		assertThat(server.get("/actuator/info").json()).extractingByKey("ec2")
			.asInstanceOf(MAP)
			.containsEntry("id", "i-0123456789abcdef0");
	}

}
