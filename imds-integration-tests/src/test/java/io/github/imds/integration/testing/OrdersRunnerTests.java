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
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

@SimulatedInstance
class OrdersRunnerTests {

	@Test
	void contextHasBeansAndProperties(ImdsSimulator simulator) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImdsAutoConfiguration.class))
			.withPropertyValues("imds.client.endpoint=" + simulator.endpoint(), "spring.config.import=imds:")
			.withInitializer(new ConfigDataApplicationContextInitializer())
			.run((context) -> {
				assertThat(context.getBean(InstanceMetadata.class).region()).isEqualTo("eu-west-1");
				assertThat(context.getEnvironment().getProperty("imds.placement.region")).isEqualTo("eu-west-1");
			});
	}

}
