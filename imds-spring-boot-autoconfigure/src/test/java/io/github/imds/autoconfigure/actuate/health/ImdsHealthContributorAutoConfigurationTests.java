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

package io.github.imds.autoconfigure.actuate.health;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.client.ImdsClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsHealthContributorAutoConfiguration}.
 */
class ImdsHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ImdsAutoConfiguration.class, ImdsHealthContributorAutoConfiguration.class))
		.withPropertyValues("imds.client.enabled=false");

	@Test
	void configuresIndicator() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(ImdsHealthIndicator.class)
			.hasBean("imdsHealthContributor"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.imds.enabled=false", "management.health.defaults.enabled=false" })
	void backsOffWhenDisabled(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(ImdsHealthIndicator.class));
	}

	@Test
	void buildsNoClientBeforeFirstHealthCheck() {
		this.contextRunner.run((context) -> {
			String[] clients = context.getBeanNamesForType(ImdsClient.class);
			assertThat(clients).hasSize(1).noneMatch(context.getBeanFactory()::containsSingleton);
			assertThat(context.getBean(ImdsHealthIndicator.class).health().getDetails()).containsKey("reason");
			assertThat(clients).allMatch(context.getBeanFactory()::containsSingleton);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "imdsHealthIndicator", "imdsHealthContributor" })
	void beanOfTheSameNameReplacesIndicator(String name) {
		HealthIndicator custom = () -> null;
		this.contextRunner.withBean(name, HealthIndicator.class, () -> custom)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(custom));
	}

	@Test
	void beanOfTheSameTypeReplacesIndicator() {
		ImdsHealthIndicator custom = new ImdsHealthIndicator(() -> ImdsClient.builder().disabled("custom").build());
		this.contextRunner.withBean("custom", ImdsHealthIndicator.class, () -> custom)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(custom));
	}

	@Test
	void backsOffWithoutHealth() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ImdsClient.class)
				.doesNotHaveBean("imdsHealthContributor"));
	}

	@Test
	void backsOffWithoutClient() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ImdsHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ImdsHealthIndicator.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ImdsAutoConfiguration.class, ImdsHealthContributorAutoConfiguration.class })
	static class Application {

	}

}
