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

package io.github.imds.autoconfigure.actuate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsEndpointAutoConfiguration},
 * {@link ImdsHealthContributorAutoConfiguration} and
 * {@link ImdsInfoContributorAutoConfiguration}.
 */
class ActuateAutoConfigurationTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImdsAutoConfiguration.class, ImdsEndpointAutoConfiguration.class,
				ImdsHealthContributorAutoConfiguration.class, ImdsInfoContributorAutoConfiguration.class))
		.withPropertyValues("imds.client.endpoint=" + this.simulator.endpoint());

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void endpointIsAbsentUnlessExposed() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(ImdsEndpoint.class)
			.doesNotHaveBean(ImdsEndpointWebExtension.class));
	}

	@Test
	void endpointIsThereOnTheWebWhenExposed() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=imds").run((context) -> {
			assertThat(context).hasSingleBean(ImdsEndpoint.class).hasSingleBean(ImdsEndpointWebExtension.class);
			assertThat(this.simulator.requests()).isEmpty();
		});
	}

	@Test
	void endpointIsNotOnTheWebWhenExposedOverJmxOnly() {
		this.contextRunner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=imds")
			.run((context) -> assertThat(context).hasSingleBean(ImdsEndpoint.class)
				.doesNotHaveBean(ImdsEndpointWebExtension.class));
	}

	@Test
	void endpointIsAbsentWithoutAccess() {
		this.contextRunner
			.withPropertyValues("management.endpoints.web.exposure.include=*", "management.endpoint.imds.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(ImdsEndpoint.class));
	}

	@Test
	void healthIsThereByDefaultAndAbsentOnRequest() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(ImdsHealthIndicator.class)
			.hasBean("imdsHealthContributor"));
		this.contextRunner.withPropertyValues("management.health.imds.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ImdsHealthIndicator.class));
		this.contextRunner.withPropertyValues("management.health.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ImdsHealthIndicator.class));
	}

	@Test
	void healthNeedsNoClientBeforeSomebodyAsks() {
		this.contextRunner.run((context) -> {
			String[] clients = context.getBeanNamesForType(ImdsClient.class);
			assertThat(clients).hasSize(1).noneMatch(context.getBeanFactory()::containsSingleton);
			assertThat(context.getBean(ImdsHealthIndicator.class).health().getDetails()).containsKey("reason");
			assertThat(clients).allMatch(context.getBeanFactory()::containsSingleton);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "imdsHealthIndicator", "imdsHealthContributor" })
	void healthBacksOffWhenTheApplicationHasItsOwn(String name) {
		HealthIndicator own = () -> null;
		this.contextRunner.withBean(name, HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
	}

	@Test
	void infoIsThereOnRequestOnly() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
		this.contextRunner.withPropertyValues("management.info.defaults.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
		this.contextRunner.withPropertyValues("management.info.imds.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(ImdsInfoContributor.class));
	}

	@Test
	void endpointAndInfoAreAbsentWithoutTheActuator() {
		application("org.springframework.boot.actuate").run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(ImdsClient.class)
			.doesNotHaveBean("imdsEndpoint")
			.doesNotHaveBean("imdsInfoContributor"));
		application("org.springframework.boot.actuate.autoconfigure")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ImdsClient.class)
				.doesNotHaveBean("imdsEndpoint")
				.doesNotHaveBean("imdsInfoContributor"));
	}

	@Test
	void healthIsAbsentWithoutItsLibrary() {
		application("org.springframework.boot.health").run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean("imdsHealthContributor")
			.hasBean("imdsEndpoint")
			.hasBean("imdsInfoContributor"));
	}

	@Test
	void everythingIsThereInAnApplicationThatExposesIt() {
		application("none").run((context) -> assertThat(context).hasNotFailed()
			.hasBean("imdsHealthContributor")
			.hasBean("imdsEndpoint")
			.hasBean("imdsInfoContributor"));
	}

	@Test
	void nothingIsThereWithoutAClient() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ImdsEndpointAutoConfiguration.class,
					ImdsHealthContributorAutoConfiguration.class, ImdsInfoContributorAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=*", "management.info.imds.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ImdsEndpoint.class)
				.doesNotHaveBean(ImdsEndpointWebExtension.class)
				.doesNotHaveBean(ImdsHealthIndicator.class)
				.doesNotHaveBean(ImdsInfoContributor.class));
	}

	/**
	 * An application without some packages. Auto-configurations that lack a class are
	 * filtered, as at run time.
	 */
	private ApplicationContextRunner application(String... absentPackages) {
		return new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withClassLoader(new FilteredClassLoader(absentPackages))
			.withPropertyValues("imds.client.endpoint=" + this.simulator.endpoint(), "spring.jmx.enabled=true",
					"management.endpoints.jmx.exposure.include=imds", "management.info.imds.enabled=true");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ImdsAutoConfiguration.class, ImdsEndpointAutoConfiguration.class,
			ImdsHealthContributorAutoConfiguration.class, ImdsInfoContributorAutoConfiguration.class })
	static class Application {

	}

}
