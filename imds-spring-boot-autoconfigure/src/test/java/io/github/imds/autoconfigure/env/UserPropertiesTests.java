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

import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertySourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a value of the user wins over metadata, wherever and however it is written.
 */
class UserPropertiesTests extends AbstractImdsEnvironmentTests {

	@ParameterizedTest
	@CsvSource({ "IMDS_TAGS_INSTANCE_NAME, imds.tags.instance[Name]",
			"IMDS_TAGS_INSTANCE_NAME, imds.tags.instance.Name",
			"IMDS_PLACEMENT_AVAILABILITYZONE," + "imds.placement.availability-zone",
			"IMDS_PUBLICKEYS_0_OPENSSHKEY, imds.public-keys[0].openssh-key",
			"IMDS_NETWORK_PRIMARY_SUBNETID, imds.network.primary.subnet-id" })
	void anEnvironmentVariable(String variable, String asked) {
		StandardEnvironment environment = environment(Map.of(variable, "mine"));
		try (ConfigurableApplicationContext context = application(Empty.class).environment(environment)
			.run(arguments())) {
			assertThat(context.getEnvironment().resolvePlaceholders("${" + asked + ":none}")).isEqualTo("mine");
		}
	}

	@Test
	void aNestedKeyOfAFile() throws IOException {
		write("application.yml", """
				imds: {tags: {instance: {Name: mine}}}
				v: ${imds.tags.instance[Name]:none}
				""");
		try (ConfigurableApplicationContext context = application(Empty.class).run(arguments())) {
			assertThat(context.getEnvironment().getProperty("v")).isEqualTo("mine");
		}
	}

	/**
	 * Spring Boot resolves placeholders by the very name while it reads config data.
	 */
	@Test
	void aNestedKeyInBracketsWhileConfigDataIsRead() throws IOException {
		write("application.yml", """
				imds: {tags: {instance: {"[Name]": mine}}}
				spring.profiles.active: ${imds.tags.instance[Name]:none}
				""");
		try (ConfigurableApplicationContext context = application(Empty.class).run(arguments())) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("mine");
		}
	}

	@Test
	void aDocumentOfAProfile() throws IOException {
		write("application.yml", """
				v: ${imds.tags.instance[Name]:none}
				spring.profiles.active: one,two
				---
				spring.config.activate.on-profile: one
				imds.tags.instance.name: of a document
				""");
		write("application-two.yml", "imds.placement.availabilityZone: of a file");
		try (ConfigurableApplicationContext context = application(Empty.class).run(arguments())) {
			assertThat(context.getEnvironment().getProperty("v")).isEqualTo("of a document");
			assertThat(context.getEnvironment().getProperty("imds.placement.availability-zone")).isEqualTo("of a file");
		}
	}

	@ParameterizedTest
	@CsvSource({ "imds.tags.instance.name, imds.tags.instance[Name]",
			"IMDS.TAGS.INSTANCE.NAME, imds.tags.instance[Name]", "imds.tags.instance.na_me, imds.tags.instance[Name]",
			"imds.tags.instance[Name], imds.tags.instance.Name", "imds.publicIpv4, imds.public-ipv4",
			"imds.tags.instance.cost-center, imds.tags.instance[cost-center]",
			"imds.tags.instance[team:cost.Center], imds.tags.instance[team:cost.Center]" })
	void anArgument(String set, String asked) {
		try (ConfigurableApplicationContext context = application(Empty.class).run(arguments("--" + set + "=mine"))) {
			assertThat(context.getEnvironment().getProperty(asked)).isEqualTo("mine");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "imds.tags.instance.Name, imds.tags.instance[Name]",
			"imds.tags.instance[Name], imds.tags.instance.Name", "imds.instance-id, imds.instance-id",
			"imds.tags.instance.name, imds.tags.instance[Name]" })
	void aSourceThatCannotListItsNames(String set, String asked) {
		try (ConfigurableApplicationContext context = application(Empty.class).run(arguments())) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getProperty(asked);
			environment.getPropertySources().addFirst(new UnlistedSource(set));
			assertThat(environment.getProperty(asked)).isEqualTo("mine");
		}
	}

	@Test
	void aSourceThatAsksTheEnvironmentInItsTurn() {
		try (ConfigurableApplicationContext context = application(Empty.class).run(arguments())) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getPropertySources().addFirst(new PropertySource<>("asking", "imds.tags.instance.Name") {

				@Override
				public @Nullable Object getProperty(String name) {
					return name.equals(this.source) ? "mine and " + environment.getProperty("imds.tags.instance[Name]")
							+ " on " + environment.getProperty("imds.instance-id") : null;
				}

			});
			assertThat(environment.getProperty("imds.tags.instance[Name]"))
				.isEqualTo("mine and orders-7 on i-0123456789abcdef0");
		}
	}

	@Test
	void aValueWithAPlaceholderIsResolved() {
		try (ConfigurableApplicationContext context = application(Empty.class)
			.run(arguments("--imds.tags.instance.Name=on ${imds.instance-id}"))) {
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]"))
				.isEqualTo("on i-0123456789abcdef0");
		}
	}

	@Test
	void valueOfAnotherTagDoesNotWin() {
		try (ConfigurableApplicationContext context = application(Empty.class)
			.run(arguments("--imds.tags.instance.Name2=mine", "--imds.tags.name=mine", "--tags.instance.Name=mine"))) {
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
		}
	}

	@Test
	void aPropertySourceOfAConfigurationClass() {
		try (ConfigurableApplicationContext context = application(Empty.class).sources(OwnSource.class)
			.run(arguments())) {
			assertThat(context.getBean("injected")).isEqualTo("mine");
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("mine");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isEqualTo("mine");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void aSourceThatAnInitializerPutsLast() {
		try (ConfigurableApplicationContext context = application(Empty.class)
			.initializers((created) -> created.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("last", Map.of("imds.instance-id", "mine"))))
			.run(arguments())) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("mine");
		}
	}

	/**
	 * Spring Boot has another environment for the context than for config data then.
	 */
	@Test
	void aSourceOfAnInitializerAfterTheTypeOfTheApplicationHasChanged() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Empty.class)
			.initializers((created) -> created.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("late", Map.of("imds.tags.instance.Name", "mine"))))
			.run(arguments("--spring.main.web-application-type=none"))) {
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isEqualTo("mine");
		}
	}

	@Test
	void aDefaultPropertyIsNotMeantInAnySpelling() {
		try (ConfigurableApplicationContext context = application(Empty.class)
			.properties("imds.tags.instance.Name=default", "imds.instance-id=default")
			.run(arguments())) {
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0123456789abcdef0");
		}
	}

	@Test
	void tagOfTheUserWithoutMetadata() throws IOException {
		write("application.yml", """
				imds: {client: {enabled: false}, tags: {instance: {Name: mine}}}
				v: ${imds.tags.instance[Name]:none}
				""");
		try (ConfigurableApplicationContext context = application(Empty.class).run(arguments())) {
			assertThat(context.getEnvironment().getProperty("v")).isEqualTo("mine");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Owner]")).isNull();
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isNull();
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void aValueOfTheUserWinsEvenWhileConfigDataIsRead() throws IOException {
		write("application.yml", """
				imds.placement.region: mine
				spring.profiles.active: ${imds.placement.region:none}
				""");
		try (ConfigurableApplicationContext context = run(WithClient.class)) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("mine");
			assertThat(context.getEnvironment().getProperty("imds.placement.region")).isEqualTo("mine");
		}
	}

	@Test
	void aValueOfAFileWins() throws IOException {
		write("application.yml", "imds.instance-id: mine\nspring.application.name: ${imds.instance-id}");
		try (ConfigurableApplicationContext context = run(WithClient.class)) {
			assertThat(context.getId()).isEqualTo("mine");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void aValueOfAnArgumentWins() {
		try (ConfigurableApplicationContext context = run(WithClient.class, "--imds.instance-id=mine")) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("mine");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void aSystemPropertyOfTheUserWins() {
		System.setProperty("imds.instance-id", "mine");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("mine");
		}
		finally {
			System.clearProperty("imds.instance-id");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void anEnvironmentVariableOfTheUserWins() {
		StandardEnvironment environment = environment(
				Map.of("IMDS_INSTANCE_ID", "mine", "IMDS_ACCOUNT_ID", "my account"));
		try (ConfigurableApplicationContext context = application(Empty.class).environment(environment)
			.run(arguments())) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("mine");
			assertThat(context.getEnvironment().getProperty("imds.account-id")).isEqualTo("my account");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@org.springframework.context.annotation.PropertySource(value = "own", factory = OwnSourceFactory.class)
	static class OwnSource {

		@Bean
		String injected(@Value("${imds.instance-id}") String instanceId) {
			return instanceId;
		}

	}

	static class OwnSourceFactory implements PropertySourceFactory {

		@Override
		public PropertySource<?> createPropertySource(@Nullable String name, EncodedResource resource) {
			return new MapPropertySource("own", Map.of("imds.instance-id", "mine", "imds.tags.instance.Name", "mine"));
		}

	}

	private static final class UnlistedSource extends PropertySource<String> {

		UnlistedSource(String name) {
			super("unlisted", name);
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return name.equals(this.source) ? "mine" : null;
		}

	}

}
