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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.imds.autoconfigure.actuate.TestServer;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that WebFlux on Tomcat answers each request, those that fail included. It closes
 * the connection at times where an operation of any endpoint throws.
 */
class ReactiveTomcatTests {

	private static final ImdsSimulator simulator = ImdsSimulator.start();

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(Application.class, simulator, WebApplicationType.REACTIVE,
				TestServer.WITHOUT_SECURITY, "management.endpoint.imds.show-values=always",
				"management.endpoint.imds.cache.time-to-live=0");
		simulator.enabled(false);
	}

	@AfterAll
	static void close() {
		server.close();
		simulator.close();
	}

	@RepeatedTest(50)
	void unreachableServiceIsUnavailable() {
		assertThat(server.get("/actuator/imds/meta-data/mac").status()).isEqualTo(503);
	}

	@RepeatedTest(50)
	void invalidPathIsRefused() {
		assertThat(server.get("/actuator/imds/meta-data/%7Bkey%7D").status()).isEqualTo(400);
	}

	@RepeatedTest(50)
	void invalidPatternIsRefused() {
		assertThat(server.get("/actuator/imds?pattern=%7Bname%7D").status()).isEqualTo(400);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		TomcatReactiveWebServerFactory tomcat() {
			return new TomcatReactiveWebServerFactory();
		}

	}

}
