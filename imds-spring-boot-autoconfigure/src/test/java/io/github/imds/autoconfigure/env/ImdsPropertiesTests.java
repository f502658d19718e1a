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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names that metadata has as properties, and for the ways to use them, in
 * an application that is really started.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsPropertiesTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	private Path config;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					imds.instance-id                                             | i-0123456789abcdef0
					imds.ami-launch-index                                        | 0
					imds.security-groups                                         | web,ssh from office
					imds.tags.instance[team:cost.Center]                         | 42
					imds.tags.instance.Owner                                     | Zoë Ångström, 東京
					imds.block-device-mapping.ebs1                               | sdb
					imds.block-device-mapping[root]                              | /dev/xvda
					imds.public-keys[1].openssh-key                              | ssh-rsa AAAAB3NzaC1yc2EAAAADAQABFixture team=blue
					imds.network.interfaces.macs[0a:1b:2c:3d:4e:60].local-ipv4s  | 10.0.2.44
					imds.network.primary.subnet-id                               | subnet-0123456789abcdef0
					imds.network.primary.local-ipv4s                             | 10.0.1.36,10.0.1.37
					imds.network.primary.ipv4-associations[203.0.113.25]         | 10.0.1.36
					imds.network.primary.ipv6-prefix                             | -
					imds.iam.info.instance-profile-id                            | AIPAABCDEFGHIJKLMN123
					imds.dynamic.instance-identity.document.account-id           | 123456789012
					imds.dynamic.instance-identity.document.kernel-id            | -
					imds.dynamic.fws.instance-monitoring                         | enabled
					imds.account-id                                              | 123456789012
					imds.region                                                  | eu-west-1
					imds.architecture                                            | arm64
					imds.meta-data.hibernation.configured                        | false
					imds.spot.instance-action.action                             | -
					imds.events.maintenance.scheduled[0].code                    | -
					""")
	void everythingHasAName(String name, String value) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty(name)).isEqualTo(value);
		}
	}

	@Test
	void readsWhatTheCatalogueDoesNotKnow() {
		this.simulator.put("meta-data/new/thing", "value");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty("imds.meta-data.new.thing")).isEqualTo("value");
			assertThat(context.getEnvironment().getProperty("imds.new.thing")).isNull();
		}
	}

	@Test
	void severalFieldsOfADocumentCostOneRequest() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			Stream
				.of("account-id", "region", "architecture", "dynamic.instance-identity.document.image-id",
						"dynamic.instance-identity.document.unknown")
				.forEach((name) -> environment.getProperty("imds." + name));
		}
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
				"GET /latest/dynamic/instance-identity/document");
	}

	@Test
	void primaryInterfaceIsAskedForOnlyWithANameOfAnInterface() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty("imds.network.primary.unknown")).isNull();
			assertThat(this.simulator.requests()).isEmpty();
			assertThat(context.getEnvironment().getProperty("imds.network.primary.vpc-id"))
				.isEqualTo("vpc-0fedcba9876543210");
		}
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token", "GET /latest/meta-data/mac",
				"GET /latest/meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/vpc-id");
	}

	@Test
	void bindsRecordsAndLists() {
		try (ConfigurableApplicationContext context = run(Records.class)) {
			assertThat(context.getBean(Instance.class)).isEqualTo(new Instance("i-0123456789abcdef0", 0,
					List.of("web", "ssh from office"), new Instance.Placement("eu-west-1", 2), new Instance.Iam(
							new Instance.Iam.Info("arn:aws:iam::123456789012:instance-profile/orders-service"))));
			Binder binder = Binder.get(context.getEnvironment());
			assertThat(binder.bind("imds.network.primary.security-group-ids", Bindable.listOf(String.class)).get())
				.containsExactly("sg-0aa11bb22cc33dd44", "sg-0ee55ff66aa77bb88");
			assertThat(binder.bind("imds.tags.instance[Name]", String.class).get()).isEqualTo("orders-7");
		}
	}

	@Test
	void worksWithExpressionsConditionsLoggingAndMetrics(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Everywhere.class,
				"--logging.pattern.level=%5p [${imds.instance-id:none}]",
				"--management.metrics.tags.zone=${imds.placement.availability-zone:none}")) {
			assertThat(context.getBean("length")).isEqualTo("eu-west-1".length());
			assertThat(context.getBean("escaped")).isEqualTo("42");
			assertThat(context.containsBean("staging")).isTrue();
			assertThat(context.containsBean("production")).isFalse();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.counter("test").getId().getTag("zone")).isEqualTo("eu-west-1b");
		}
		assertThat(output).contains("INFO [i-0123456789abcdef0]");
	}

	@Test
	void probedNamesCauseNoRequest() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WebAndActuator.class).run(arguments(
				"--server.port=0", "--management.endpoints.web.exposure.include=*",
				"--spring.application.name=orders-${imds.instance-id:local}", "--stage=${imds.tags.instance[Name]:dev}",
				"--management.metrics.tags.zone=${imds.placement.availability-zone:none}"))) {
			assertThat(context.getBean(Network.class).subnetId()).isEqualTo("subnet-0123456789abcdef0");
			assertThat(context.getEnvironment().getProperty("stage")).isEqualTo("orders-7");
		}
		assertThat(this.simulator.requests()).containsExactlyInAnyOrder("PUT /latest/api/token",
				"GET /latest/meta-data/instance-id", "GET /latest/meta-data/tags/instance/Name",
				"GET /latest/meta-data/placement/availability-zone", "GET /latest/meta-data/mac",
				"GET /latest/meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/subnet-id");
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
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("IMDS_INSTANCE_ID", "mine", "IMDS_ACCOUNT_ID", "my account")));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Empty.class)
			.web(WebApplicationType.NONE)
			.environment(environment)
			.run(arguments())) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("mine");
			assertThat(context.getEnvironment().getProperty("imds.account-id")).isEqualTo("my account");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void tagKeysAreTakenAsTheyAre() {
		this.simulator.tag("name", "lower case").tag("client.enabled", "a tag").tag("imds.client.enabled", "another");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
			assertThat(environment.getProperty("imds.tags.instance[name]")).isEqualTo("lower case");
			assertThat(environment.getProperty("imds.tags.instance[client.enabled]")).isEqualTo("a tag");
			assertThat(environment.getProperty("imds.tags.instance.client.enabled")).isNull();
			assertThat(environment.getProperty("imds.tags.instance[imds.client.enabled]")).isEqualTo("another");
			assertThat(environment.getProperty("imds.client.enabled")).isNull();
		}
	}

	@Test
	void fieldThatSpringWouldEvaluateIsNotAProperty(CapturedOutput output) {
		this.simulator
			.put("meta-data/iam/info", "{\"InstanceProfileArn\": \"#{1 + 1}\", \"InstanceProfileId\": \"id\"}")
			.put("meta-data/security-groups", "web\n${user.home}");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.iam.info.instance-profile-arn")).isNull();
			assertThat(environment.getProperty("imds.iam.info.instance-profile-id")).isEqualTo("id");
			assertThat(environment.getProperty("imds.security-groups")).isNull();
		}
		assertThat(output).contains("'meta-data/iam/info'", "'meta-data/security-groups'")
			.doesNotContain("1 + 1", "user.home");
	}

	@ParameterizedTest
	@CsvSource({ "imds.tags.instance.Name, imds.tags.instance[Name]",
			"imds.tags.instance.name, imds.tags.instance[Name]", "imds.tags.instance[Name], imds.tags.instance.Name",
			"imds.instanceId, imds.instance-id", "imds.block-device-mapping.root, imds.block-device-mapping[root]",
			"imds.tags.instance.cost_center, imds.tags.instance[cost_center]" })
	void aValueOfTheUserWinsInEverySpelling(String set, String asked) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getProperty(asked);
			environment.getPropertySources().addFirst(new MapPropertySource("own", Map.of(set, "mine")));
			assertThat(environment.resolvePlaceholders("${" + asked + ":none}")).isEqualTo("mine");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "imds.instanceId | imds.instance-id",
			"imds.placement.regoin | imds.placement.region",
			"imds.tags.instance[aws:ec2:id] | imds.tags.instance[aws\\:ec2\\:id]",
			"imds.network.interfaces.macs[0a:1b:2c:3d:4e:60].subnet-id"
					+ " | imds.network.interfaces.macs[0a\\:1b\\:2c\\:3d\\:4e\\:60].subnet-id",
			"imds.instance_id | imds.instance-id", "imds.InstanceId | imds.instance-id",
			"imds.INSTANCE-ID | imds.instance-id", "imds.placment.region | imds.placement.region",
			"imds.placement/region | imds.placement.region", "imds.meta-data/placement/region | imds.placement.region",
			"imds.meta-data.placment/region | imds.placement.region",
			"imds.meta-data.placment.region | imds.placement.region", "imds.metadata.instance-id | imds.instance-id",
			"imds.dynamic.instance-identity.document.accountId"
					+ " | imds.dynamic.instance-identity.document.account-id",
			"imds.iam.info.InstanceProfileArn | imds.iam.info.instance-profile-arn",
			"imds.tag.instance[Name] | imds.tags.instance[", "imds.instanceid | imds.instance-id",
			"imds.placement.availabilityzone | imds.placement.availability-zone",
			"imds.tags.Name | imds.tags.instance[", "imds.tags.instance.cost.center | imds.tags.instance[" })
	void impossibleNameCausesOneWarning(String name, String meant, CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			for (int i = 0; i < 3; i++) {
				context.getEnvironment().resolvePlaceholders("${" + name + ":local}");
			}
		}
		assertThat(output).containsOnlyOnce("WARN").contains(meant);
	}

	@Test
	void probedNamesCauseNoWarning(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Records.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.resolvePlaceholders("${imds.instance-id:local} ${imds.tags.instance[none]:x}");
			environment.getProperty("imds.tags");
			Binder.get(environment).bind("imds.ancestor-ami-ids", Bindable.listOf(String.class));
		}
		assertThat(output).doesNotContain("WARN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{T(java.lang.System).exit(1)}", "#", "$", "a#", "{" })
	void partOfAnExpressionIsNotAProperty(String value) {
		this.simulator.tag("X", value);
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().resolvePlaceholders("build-#${imds.tags.instance[X]:none}"))
				.isEqualTo("build-#none");
		}
	}

	@Test
	void namesMadeUpOutsideAreBounded() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			for (int i = 0; i < 2 * PropertyValues.MAX_SIZE; i++) {
				context.getEnvironment().getProperty("imds.meta-data.foo." + i);
			}
		}
		assertThat(this.simulator.valueRequests()).isEqualTo(PropertyValues.MAX_SIZE);
	}

	@Test
	void namesMadeUpOutsideDoNotTakeThePlaceOfThoseOfTheCatalogue() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			for (int i = 0; i < PropertyValues.MAX_SIZE; i++) {
				environment.getProperty("imds.tags.instance[" + i + "]");
			}
			assertThat(environment.getProperty("imds.tags.instance[Name]")).isNull();
			assertThat(environment.getProperty("imds.placement.region")).isEqualTo("eu-west-1");
			assertThat(environment.getProperty("imds.account-id")).isEqualTo("123456789012");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.tags.instance[..]", "imds.block-device-mapping[a?b]", "imds.meta-data.x[a#b]" })
	void aNameThatLeadsToNoPathIsAbsentAndSaysNothingOfTheClient(String name, CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty(name)).isNull();
		}
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(output).doesNotContain("client cannot be used");
	}

	@Test
	void iteratingOverAllSourcesCausesNoRequest() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			EnumerablePropertySource<?> source = (EnumerablePropertySource<?>) context.getEnvironment()
				.getPropertySources()
				.get("imds");
			for (String name : source.getPropertyNames()) {
				assertThat(source.getProperty(name)).isNull();
			}
			assertThat(source.getPropertyNames()).isSameAs(source.getPropertyNames());
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void sourceIsRemovedWithoutMetadata() {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.client.enabled=false")) {
			assertThat(context.getEnvironment().getPropertySources().contains("imds")).isFalse();
		}
	}

	@Test
	void settingsOfAnInitializerCountAndOneWarningNamesWhatWasReadBefore(CapturedOutput output) {
		try (ImdsSimulator late = ImdsSimulator.builder().put("meta-data/instance-id", "i-late").start();
				ConfigurableApplicationContext context = initialized("imds.client.endpoint", late.endpoint().toString())
					.run(arguments("--spring.application.name=${imds.instance-id}"))) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-late");
		}
		assertThat(output).containsOnlyOnce("WARN").contains("'imds.instance-id'");
	}

	@Test
	void aSettingThatComesLateBringsTheSourceBack() {
		try (ConfigurableApplicationContext context = initialized("imds.client.enabled", "true")
			.run(arguments("--imds.client.enabled=false"))) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0123456789abcdef0");
		}
	}

	@Test
	void aSettingThatComesLateCountsAlsoAfterTheTypeOfTheApplicationHasChanged() {
		try (ImdsSimulator late = ImdsSimulator.builder().put("meta-data/instance-id", "i-late").start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Empty.class)
					.initializers((created) -> created.getEnvironment()
						.getPropertySources()
						.addFirst(new MapPropertySource("late",
								Map.of("imds.client.endpoint", late.endpoint().toString()))))
					.run(arguments("--spring.main.web-application-type=none"))) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-late");
		}
	}

	private static SpringApplicationBuilder initialized(String name, Object value) {
		return new SpringApplicationBuilder(Empty.class).web(WebApplicationType.NONE)
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("late", Map.of(name, value))));
	}

	@Test
	void aDueValueNeverKeepsALookUpWaiting() {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.client.cache.time-to-live=1ms")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
			this.simulator.enabled(false);
			int requests = this.simulator.requests().size();
			for (int i = 0; i < 1000; i++) {
				assertThat(environment.getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
			}
			assertThat(this.simulator.requests().size() - requests).isLessThanOrEqualTo(5);
		}
	}

	private ConfigurableApplicationContext run(Class<?> configuration, String... arguments) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE).run(arguments(arguments));
	}

	private String[] arguments(String... more) {
		return Stream.concat(Stream.of("--imds.client.endpoint=" + this.simulator.endpoint(),
				"--spring.config.location=file:" + this.config + "/"), Stream.of(more))
			.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Instance.class)
	static class Records {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everywhere {

		@Bean
		Integer length(@Value("#{'${imds.region}'.length()}") Integer length) {
			return length;
		}

		@Bean
		String escaped(@Value("${imds.tags.instance[team\\:cost.Center]:none}") String escaped) {
			return escaped;
		}

		@Bean
		@ConditionalOnProperty(name = "imds.tags.instance[Environment]", havingValue = "staging")
		String staging() {
			return "staging";
		}

		@Bean
		@ConditionalOnProperty(name = "imds.tags.instance[Environment]", havingValue = "production")
		String production() {
			return "production";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties(Network.class)
	static class WebAndActuator {

	}

	@ConfigurationProperties("imds.network.primary")
	record Network(String subnetId) {

	}

	@ConfigurationProperties("imds")
	record Instance(String instanceId, int amiLaunchIndex, List<String> securityGroups, Placement placement, Iam iam) {

		record Placement(String region, int partitionNumber) {

		}

		record Iam(Info info) {

			record Info(String instanceProfileArn) {

			}

		}

	}

}
