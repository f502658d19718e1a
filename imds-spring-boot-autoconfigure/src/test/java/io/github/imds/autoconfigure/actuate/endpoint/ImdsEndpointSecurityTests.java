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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.github.imds.autoconfigure.actuate.TestServer;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@link ImdsEndpoint} with Spring Security: users and the values that they
 * see.
 */
class ImdsEndpointSecurityTests {

	private static final ImdsSimulator simulator = ImdsSimulator.builder()
		.put("meta-data/tags/instance/api-token", "hunter2")
		.start();

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, simulator, WebApplicationType.SERVLET,
				"management.endpoint.imds.show-values=when-authorized", "management.endpoint.imds.roles=OPERATOR");
	}

	@AfterAll
	static void close() {
		server.close();
		simulator.close();
	}

	@Test
	void operatorSeesValuesAndUserData() {
		assertThat(get("operator", "/actuator/imds")).contains("m7g.large");
		assertThat(get("operator", "/actuator/imds?pattern=meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(get("operator", "/actuator/imds/meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(get("operator", "/actuator/imds/user-data")).contains("DB_PASSWORD");
	}

	@Test
	void operatorDoesNotSeeSecrets() {
		assertThat(get("operator", "/actuator/imds")).contains("\"api-token\":\"******\"")
			.contains("\"orders-service\":\"******\"")
			.contains("\"user-data\":\"******\"")
			.doesNotContain("hunter2");
		assertThat(get("operator", "/actuator/imds/meta-data/iam/security-credentials/orders-service"))
			.contains("\"value\":\"******\"");
		assertThat(get("operator", "/actuator/imds/meta-data/tags/instance/api-token"))
			.contains("\"value\":\"******\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nobody", "guest" })
	void othersSeeNamesOnly(String user) {
		assertThat(get(user, "/actuator/imds")).contains("\"mac\":\"******\"").doesNotContain("m7g.large");
		assertThat(get(user, "/actuator/imds?pattern=meta-data/mac")).contains("\"mac\":\"******\"");
		assertThat(get(user, "/actuator/imds/meta-data/mac")).contains("\"value\":\"******\"");
		assertThat(get(user, "/actuator/imds/user-data")).contains("\"value\":\"******\"");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void securityOfSpringBootAdmitsUsersOnly(WebApplicationType type) {
		try (TestServer defaults = TestServer.start(SecuredApplication.class, simulator, type,
				"spring.security.user.name=operator", "spring.security.user.password=operator",
				"management.endpoint.imds.show-values=when-authorized")) {
			assertThat(defaults.get("/actuator/health").status()).isEqualTo(200);
			simulator.clearRequests();
			assertThat(defaults.get("/actuator/imds").status()).isEqualTo(401);
			assertThat(defaults.get("/actuator/imds/meta-data/mac").status()).isEqualTo(401);
			assertThat(defaults.get("/actuator/health/imds").body()).doesNotContain(simulator.endpoint().toString());
			assertThat(simulator.requests()).isEmpty();
			assertThat(defaults.get("/actuator/imds/meta-data/mac", authorization("operator")).body())
				.contains("0a:1b:2c:3d:4e:5f");
		}
	}

	private static String get(String user, String path) {
		return (user.equals("nobody") ? server.get(path) : server.get(path, authorization(user))).body();
	}

	private static String authorization(String user) {
		return "Authorization: Basic "
				+ Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SecuredApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SecurityFilterChain everybodyMayAsk(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("operator").password("{noop}operator").roles("OPERATOR").build(),
					User.withUsername("guest").password("{noop}guest").roles("USER").build());
		}

	}

}
