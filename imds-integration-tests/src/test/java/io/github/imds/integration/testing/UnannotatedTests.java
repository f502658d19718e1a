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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a class without annotation never sees a simulated instance.
 */
@SpringBootTest(properties = "imds.client.enabled=false")
class UnannotatedTests {

	@Test
	void thereIsNoSimulatedInstance(@Autowired Environment environment, @Autowired ApplicationContext context) {
		assertThat(environment.getProperty("imds.client.endpoint")).isNull();
		assertThat(environment.getProperty("imds.instance-id", "none")).isEqualTo("none");
		assertThat(context.getBeanProvider(ImdsSimulator.class).getIfAvailable()).isNull();
		assertThat(System.getProperty("imds.client.endpoint")).isNull();
		assertThat(System.getProperty("aws.ec2MetadataServiceEndpoint")).isNull();
	}

}
