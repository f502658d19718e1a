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

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;
import io.github.imds.test.SimulatedInstanceConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for local runs on a simulated instance.
 */
class LocalRunTests {

	private static final String[] ARGS = { "--server.port=0", "--spring.main.banner-mode=off",
			"--spring.application.name=orders-${imds.instance-id:local}" };

	@Test
	void applicationRunsOnTheDefaultInstance() {
		ImdsSimulator simulator;
		try (ConfigurableApplicationContext context = run(SimulatedInstanceConfiguration.class)) {
			simulator = context.getBean(ImdsSimulator.class);
			assertThat(context.getEnvironment().getProperty("spring.application.name"))
				.isEqualTo("orders-i-0123456789abcdef0");
			assertThat(context.getBean(InstanceMetadata.class).region()).isEqualTo("eu-west-1");
			assertThat(context.getBean(ImdsClient.class).get("meta-data/ami-id")).isPresent();
		}
		assertThat(simulator.wireMock().isRunning()).isFalse();
	}

	@Test
	void applicationRunsOnADeclaredInstance() {
		try (ConfigurableApplicationContext context = run(VirginianInstance.class)) {
			assertThat(context.getBean(InstanceMetadata.class).availabilityZone()).isEqualTo("us-east-1b");
		}
	}

	@Test
	void restartedApplicationHasANewInstance() {
		try (ConfigurableApplicationContext first = run(SimulatedInstanceConfiguration.class)) {
			first.getBean(ImdsSimulator.class).tag("Environment", "changed");
		}
		try (ConfigurableApplicationContext second = run(SimulatedInstanceConfiguration.class)) {
			assertThat(second.getEnvironment().getProperty("imds.tags.instance[Environment]")).isEqualTo("staging");
		}
	}

	private static ConfigurableApplicationContext run(Class<?> configuration) {
		return SpringApplication.from(OrdersApplication::main).with(configuration).run(ARGS).getApplicationContext();
	}

	@TestConfiguration(proxyBeanMethods = false)
	@SimulatedInstance("placement/region=us-east-1")
	static class VirginianInstance {

	}

}
