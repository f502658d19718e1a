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

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsEndpointAutoConfiguration}.
 */
class ImdsEndpointAutoConfigurationTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImdsAutoConfiguration.class, ImdsEndpointAutoConfiguration.class))
		.withPropertyValues("imds.client.endpoint=" + this.simulator.endpoint());

	private final WebApplicationContextRunner exposedContextRunner = this.contextRunner
		.withPropertyValues("management.endpoints.web.exposure.include=imds");

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void backsOffUnlessExposed() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(ImdsEndpoint.class)
			.doesNotHaveBean(ImdsEndpointWebExtension.class));
	}

	@Test
	void configuresEndpointAndWebExtensionWhenExposed() {
		this.exposedContextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ImdsEndpoint.class).hasSingleBean(ImdsEndpointWebExtension.class);
			assertThat(this.simulator.requests()).isEmpty();
		});
	}

	@Test
	void configuresNoWebExtensionWhenExposedOverJmxOnly() {
		this.contextRunner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=imds")
			.run((context) -> assertThat(context).hasSingleBean(ImdsEndpoint.class)
				.doesNotHaveBean(ImdsEndpointWebExtension.class));
	}

	@Test
	void backsOffWithoutAccess() {
		this.exposedContextRunner.withPropertyValues("management.endpoint.imds.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(ImdsEndpoint.class));
	}

	@Test
	void customEndpointReplacesEndpoint() {
		this.exposedContextRunner
			.withBean("custom", ImdsEndpoint.class,
					() -> new ImdsEndpoint(ImdsClient.builder().disabled("custom").build(), List.of(), Show.ALWAYS,
							Duration.ZERO))
			.run((context) -> {
				assertThat(context).hasSingleBean(ImdsEndpoint.class).hasSingleBean(ImdsEndpointWebExtension.class);
				assertThat(context.getBean(ImdsEndpoint.class).imds(null).service().reason()).isEqualTo("custom");
			});
	}

	@Test
	void customWebExtensionReplacesWebExtension() {
		this.exposedContextRunner.withUserConfiguration(CustomWebExtension.class)
			.run((context) -> assertThat(context).hasSingleBean(ImdsEndpoint.class)
				.getBean(ImdsEndpointWebExtension.class)
				.isInstanceOf(CustomWebExtension.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.actuate.autoconfigure" })
	void backsOffWithoutActuator(String absentPackage) {
		new WebApplicationContextRunner().withUserConfiguration(Application.class)
			.withClassLoader(new FilteredClassLoader(absentPackage))
			.withPropertyValues("management.endpoints.web.exposure.include=imds")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ImdsClient.class)
				.doesNotHaveBean("imdsEndpoint"));
	}

	@Test
	void backsOffWithoutClient() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImdsEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ImdsEndpoint.class)
				.doesNotHaveBean(ImdsEndpointWebExtension.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ImdsAutoConfiguration.class, ImdsEndpointAutoConfiguration.class })
	static class Application {

	}

	static class CustomWebExtension extends ImdsEndpointWebExtension {

		CustomWebExtension() {
			super(new ImdsEndpoint(ImdsClient.builder().disabled("custom").build(), List.of(), Show.ALWAYS,
					Duration.ZERO), Show.ALWAYS, Set.of());
		}

	}

}
