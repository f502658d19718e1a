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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.imds.GeneratedFile;
import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.Support;
import io.github.imds.category.MetadataCategory.ValueType;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code docs/properties.md}, whose table follows from the catalogue.
 */
class PropertiesPageTests {

	private static final String BEGIN = "<!-- The table follows from MetadataCategory, see PropertiesPageTests -->\n";

	private static final String END = "<!-- End of the table -->\n";

	private final GeneratedFile file = new GeneratedFile(Path.of("../docs/properties.md"));

	@Test
	void tableFollowsFromTheCatalogue() throws IOException {
		String page = this.file.read();
		String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
		String after = page.substring(page.indexOf(END));
		this.file.assertHolds(before + table() + after);
	}

	@Test
	void examplesWork(@TempDir Path config) throws IOException {
		Files.writeString(config.resolve("application.yml"), """
				spring:
				  application.name: orders-${imds.instance-id:local}
				  profiles.active: ${imds.tags.instance[Environment]:dev}
				  config.import: "optional:imds:tags/instance"
				logging.file.name: %s/orders-${imds.instance-id:local}.log
				management.metrics.tags:
				  zone: ${imds.placement.availability-zone:none}
				""".formatted(config));
		try (ImdsSimulator simulator = ImdsSimulator.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Examples.class)
					.web(WebApplicationType.NONE)
					.run("--imds.client.endpoint=" + simulator.endpoint(),
							"--spring.config.location=file:" + config + "/")) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("staging");
			assertThat(config.resolve("orders-i-0123456789abcdef0.log")).exists();
			assertThat(Binder.get(context.getEnvironment())
				.bind("management.metrics.tags", Bindable.mapOf(String.class, String.class))
				.get()).containsEntry("zone", "eu-west-1b");
			assertThat(context.getBean(Network.class)).isEqualTo(
					new Network("subnet-0123456789abcdef0", List.of("sg-0aa11bb22cc33dd44", "sg-0ee55ff66aa77bb88")));
			assertThat(context.getBean(Tags.class).instance()).containsEntry("Name", "orders-7")
				.containsEntry("team:cost.Center", "42");
			assertThat(context.getBean("securityGroups")).asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactly("web", "ssh from office");
		}
	}

	@Test
	void tagsHaveTheNamesThatThePageSays() {
		try (ImdsSimulator simulator = ImdsSimulator.builder()
			.put("meta-data/tags/instance/owner", "one")
			.put("meta-data/tags/instance/Owner", "two")
			.put("meta-data/tags/instance/cost.center", "three")
			.put("meta-data/tags/instance/client", "four")
			.put("meta-data/tags/instance/imds.client.enabled", "false")
			.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Object.class)
					.web(WebApplicationType.NONE)
					.run("--imds.client.endpoint=" + simulator.endpoint())) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.tags.instance[owner]")).isEqualTo("one");
			assertThat(environment.getProperty("imds.tags.instance.owner")).isEqualTo("one");
			assertThat(environment.getProperty("imds.tags.instance[Owner]")).isEqualTo("two");
			assertThat(environment.getProperty("imds.tags.instance.Owner")).isEqualTo("two");
			assertThat(environment.getProperty("imds.tags.instance[cost.center]")).isEqualTo("three");
			assertThat(environment.getProperty("imds.tags.instance.cost.center")).isNull();
			assertThat(environment.getProperty("imds.tags.instance[client]")).isEqualTo("four");
			assertThat(environment.getProperty("imds.client.enabled")).isNull();
		}
	}

	private static String table() {
		return Stream.of(MetadataCategory.values()).map(PropertiesPageTests::row).collect(Collectors.joining("\n", """

				| path | property | type | changes | since | description | status |
				|---|---|---|---|---|---|---|
				""", "\n\n"));
	}

	private static String row(MetadataCategory category) {
		String names = category.sensitive() ? "none"
				: ImdsPropertyName.namesOf(category)
					.map((name) -> "`" + name + parts(category) + "`")
					.collect(Collectors.joining("<br>"));
		String support = (category.support() != Support.DOCUMENTED) ? category.support().name().toLowerCase(Locale.ROOT)
				: "";
		return "| "
				+ String.join(" | ", "`" + category.pattern() + "`", names,
						category.valueType().name().toLowerCase(Locale.ROOT), category.changing() ? "yes" : "",
						category.since().orElse(""), category.description(), category.sensitive() ? "secret" : support)
				+ " |";
	}

	private static String parts(MetadataCategory category) {
		if (category.valueType() != ValueType.JSON) {
			return "";
		}
		return DescribedProperty.isArray(category) ? "[0].…" : ".…";
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties({ Network.class, Tags.class })
	static class Examples {

		@Bean
		List<String> securityGroups(@Value("${imds.security-groups:}") List<String> securityGroups) {
			return securityGroups;
		}

	}

	@ConfigurationProperties("imds.network.primary")
	record Network(@Nullable String subnetId, @DefaultValue List<String> securityGroupIds) {

	}

	@ConfigurationProperties("imds.tags")
	record Tags(@DefaultValue Map<String, String> instance) {

	}

}
