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

package io.github.imds.autoconfigure.env;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestoreLifecycle}, which a checkpoint stops and its restoring starts.
 */
class RestoreLifecycleTests {

	@Test
	void anotherInstanceIsSeenAfterTheApplicationIsRestored(@TempDir Path config) {
		try (ImdsSimulator simulator = ImdsSimulator.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.web(WebApplicationType.NONE)
					.run("--imds.client.endpoint=" + simulator.endpoint(),
							"--spring.config.location=file:" + config + "/")) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0123456789abcdef0");
			assertThat(context.getBean(InstanceMetadata.class).instanceId()).isEqualTo("i-0123456789abcdef0");
			context.stop();
			simulator.instanceId("i-0ffffffffffffffff").revokeTokens().clearRequests();
			context.start();
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0ffffffffffffffff");
			assertThat(context.getBean(InstanceMetadata.class).instanceId()).isEqualTo("i-0ffffffffffffffff");
			assertThat(simulator.tokenRequests()).isEqualTo(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ImdsAutoConfiguration.class)
	static class Application {

	}

}
