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

package io.github.imds.integration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications whose requests run on virtual threads.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTests {

	@Test
	void requestsReadMetadata() {
		try (ImdsSimulator simulator = ImdsSimulator.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(
						"--server.port=0", "--spring.threads.virtual.enabled=true",
						"--imds.client.endpoint=" + simulator.endpoint())) {
			String answer = RestClient.create()
				.get()
				.uri("http://localhost:" + context.getEnvironment().getProperty("local.server.port"))
				.retrieve()
				.body(String.class);
			assertThat(answer).isEqualTo("true i-0123456789abcdef0 m7g.large");
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Controller.class)
	static class Application {

	}

	@RestController
	static class Controller {

		private final Environment environment;

		private final ImdsClient imds;

		Controller(Environment environment, ImdsClient imds) {
			this.environment = environment;
			this.imds = imds;
		}

		@GetMapping("/")
		String read() throws ReflectiveOperationException {
			// The code is compiled for an earlier version
			Object virtual = Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
			return virtual + " " + this.environment.getProperty("imds.instance-id") + " "
					+ this.imds.get("meta-data/instance-type").orElseThrow();
		}

	}

}
