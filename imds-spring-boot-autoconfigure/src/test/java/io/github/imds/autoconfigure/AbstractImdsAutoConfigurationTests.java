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

package io.github.imds.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.imds.test.ImdsSimulator;

/**
 * Base class of the tests for {@link ImdsAutoConfiguration}: starts applications on a
 * simulated instance.
 */
abstract class AbstractImdsAutoConfigurationTests {

	final ImdsSimulator simulator = ImdsSimulator.start();

	final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImdsAutoConfiguration.class))
		.withPropertyValues("imds.client.endpoint=" + this.simulator.endpoint());

	@AfterEach
	void close() {
		this.simulator.close();
	}

	ConfigurableApplicationContext start(Class<?> configuration) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE)
			.run("--imds.client.endpoint=" + this.simulator.endpoint(),
					"--spring.application.name=${imds.tags.instance[Name]}");
	}

}
