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

package io.github.imds.autoconfigure.actuate.info;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsInfoContributorAutoConfiguration}.
 */
class ImdsInfoContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ImdsAutoConfiguration.class, ImdsInfoContributorAutoConfiguration.class))
		.withPropertyValues("imds.client.enabled=false");

	private final ApplicationContextRunner enabledContextRunner = this.contextRunner
		.withPropertyValues("management.info.imds.enabled=true");

	@ParameterizedTest
	@ValueSource(strings = { "none=none", "management.info.defaults.enabled=true" })
	void backsOffUnlessEnabled(String property) {
		this.contextRunner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void configuresContributorWhenEnabled() {
		this.enabledContextRunner.run((context) -> assertThat(context).hasSingleBean(ImdsInfoContributor.class)
			.hasBean("imdsInfoContributor"));
	}

	@Test
	void beanOfTheSameNameReplacesContributor() {
		InfoContributor custom = (builder) -> builder.withDetail("custom", true);
		this.enabledContextRunner.withBean("imdsInfoContributor", InfoContributor.class, () -> custom)
			.run((context) -> assertThat(context).getBean(InfoContributor.class).isSameAs(custom));
	}

	@Test
	void beanOfTheSameTypeReplacesContributor() {
		ImdsInfoContributor custom = new ImdsInfoContributor(
				InstanceMetadata.of(ImdsClient.builder().disabled("custom").build()));
		this.enabledContextRunner.withBean("custom", ImdsInfoContributor.class, () -> custom)
			.run((context) -> assertThat(context).getBean(InfoContributor.class).isSameAs(custom));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.actuate.autoconfigure" })
	void backsOffWithoutActuator(String absentPackage) {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withClassLoader(new FilteredClassLoader(absentPackage))
			.withPropertyValues("management.info.imds.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ImdsClient.class)
				.doesNotHaveBean("imdsInfoContributor"));
	}

	@Test
	void backsOffWithoutClient() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ImdsInfoContributorAutoConfiguration.class))
			.withPropertyValues("management.info.imds.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ImdsInfoContributor.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ImdsAutoConfiguration.class, ImdsInfoContributorAutoConfiguration.class })
	static class Application {

	}

}
