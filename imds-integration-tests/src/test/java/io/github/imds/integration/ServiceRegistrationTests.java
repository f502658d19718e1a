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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.github.imds.autoconfigure.lifecycle.InstanceLifecycle;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * Tests for the recipe in {@code docs/lifecycle.md} that takes a registration with Eureka
 * or Consul out of service.
 */
@Timeout(120)
class ServiceRegistrationTests {

	@Test
	void registrationIsOutOfServiceWhileTheNoticeStands() throws InterruptedException {
		try (ImdsSimulator simulator = ImdsSimulator.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.web(WebApplicationType.NONE)
					.properties("imds.client.endpoint=" + simulator.endpoint(), "imds.lifecycle.enabled=true",
							"imds.lifecycle.interval=10ms", "spring.jmx.enabled=false",
							"spring.cloud.service-registry.auto-registration.enabled=false")
					.run()) {
			BlockingQueue<?> statuses = context.getBean(Statuses.class).received;
			simulator.put("meta-data/spot/instance-action",
					"{\"action\": \"terminate\", \"time\": \"2999-01-01T00:00:00Z\"}");
			assertThat(statuses.take()).isEqualTo("OUT_OF_SERVICE");
			simulator.remove("meta-data/spot");
			assertThat(statuses.take()).isEqualTo("UP");
		}
	}

	@Test
	void codeIsThatOfThePage() throws IOException {
		String test = Files
			.readString(Path.of("src/test/java/io/github/imds/integration/ServiceRegistrationTests.java"));
		String code = test.substring(test.lastIndexOf("\t@Component"), test.lastIndexOf("\n}"))
			.replace("static class", "class")
			.replaceAll("(?m)^\t", "")
			.strip();
		assertThat(Files.readString(Path.of("../docs/lifecycle.md"))).contains(code);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(RegistrationStatus.class)
	static class Application {

		@Bean
		Statuses statuses() {
			return new Statuses();
		}

		@Bean
		Registration registration() {
			return mock(Registration.class);
		}

		@Bean
		@SuppressWarnings("unchecked")
		ServiceRegistry<Registration> registry(Statuses statuses) {
			ServiceRegistry<Registration> registry = mock(ServiceRegistry.class);
			willAnswer((call) -> statuses.received.add(call.getArgument(1))).given(registry).setStatus(any(), any());
			return registry;
		}

	}

	static class Statuses {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	}

	@Component
	static class RegistrationStatus {

		private final ServiceRegistry<Registration> registry;

		private final Registration registration;

		private final InstanceLifecycle lifecycle;

		private boolean out;

		RegistrationStatus(ServiceRegistry<Registration> registry, Registration registration,
				InstanceLifecycle lifecycle) {
			this.registry = registry;
			this.registration = registration;
			this.lifecycle = lifecycle;
		}

		@EventListener
		void changed(AvailabilityChangeEvent<ReadinessState> event) {
			boolean out = this.lifecycle.refusingTrafficFor().isPresent();
			if (out != this.out) {
				this.registry.setStatus(this.registration, out ? "OUT_OF_SERVICE" : "UP");
				this.out = out;
			}
		}

	}

}
