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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for instance metadata as properties of an application that is really started.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsEnvironmentTests {

	private static final String INSTANCE_ID = "i-0123456789abcdef0";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	private Path config;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void injectsValuesInEveryWay() {
		try (ConfigurableApplicationContext context = run(Values.class)) {
			assertThat(context.getBean(ConstructorValue.class).instanceId()).isEqualTo(INSTANCE_ID);
			assertThat(context.getBean("region")).isEqualTo("eu-west-1");
			assertThat(context.getBean(Settings.class)).isEqualTo(new Settings("nitro", new Settings.Placement(2)));
			assertThat(context.getBean("onEc2")).isEqualTo("yes");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[team:cost.Center]")).isEqualTo("42");
			assertThat(context.getEnvironment().getProperty("imds.ami-launch-index", Integer.class)).isZero();
		}
	}

	@Test
	void servesConfigDataWhileItIsRead() throws IOException {
		write("application.yml", """
				spring:
				  application.name: orders-${imds.instance-id:local}
				  profiles.active: ${imds.placement.region:none}
				  config.import: optional:file:%s/${imds.placement.region}.yml
				""".formatted(this.config));
		write("eu-west-1.yml", "imported: from ${imds.placement.availability-zone}");
		write("application-eu-west-1.yml", "profile: of ${imds.placement.region}");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getApplicationName()).isEmpty();
			assertThat(context.getId()).isEqualTo("orders-" + INSTANCE_ID);
			assertThat(context.getEnvironment().getProperty("spring.application.name"))
				.isEqualTo("orders-" + INSTANCE_ID);
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("eu-west-1");
			assertThat(context.getEnvironment().getProperty("imported")).isEqualTo("from eu-west-1b");
			assertThat(context.getEnvironment().getProperty("profile")).isEqualTo("of eu-west-1");
		}
	}

	@ParameterizedTest
	@CsvSource({ "auto, enabled: an endpoint is set", "false, disabled: imds.client.enabled=false" })
	void logsWhetherMetadataIsUsedAlthoughItWasReadBeforeLogging(String enabled, String decision, CapturedOutput output)
			throws IOException {
		write("application.yml", "spring.application.name: orders-${imds.instance-id:local}");
		run(Empty.class, "--logging.level.io.github.imds=debug", "--imds.client.enabled=" + enabled).close();
		assertThat(output).contains("Instance metadata is " + decision);
	}

	@Test
	void servesProfilesThatAnArgumentNames() {
		try (ConfigurableApplicationContext context = run(Empty.class,
				"--spring.profiles.active=${imds.placement.region:none}")) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("eu-west-1");
		}
	}

	@Test
	void aValueOfTheUserWinsEvenWhileConfigDataIsRead() throws IOException {
		write("application.yml", """
				imds.placement.region: mine
				spring.profiles.active: ${imds.placement.region:none}
				""");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("mine");
			assertThat(context.getEnvironment().getProperty("imds.placement.region")).isEqualTo("mine");
		}
	}

	@Test
	void aValueOfAFileWins() throws IOException {
		write("application.yml", "imds.instance-id: mine\nspring.application.name: ${imds.instance-id}");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getId()).isEqualTo("mine");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void aValueOfAnArgumentWins() {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.instance-id=mine")) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("mine");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void onlyDefaultPropertiesHaveLowerPrecedence() {
		SpringApplication application = application(Empty.class);
		application.setDefaultProperties(
				Map.of("imds.instance-id", "default", "imds.kernel-id", "default", "other", "default"));
		try (ConfigurableApplicationContext context = application.run(arguments())) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo(INSTANCE_ID);
			assertThat(environment.getProperty("imds.kernel-id")).isEqualTo("default");
			assertThat(environment.getProperty("other")).isEqualTo("default");
			List<String> names = new ArrayList<>();
			environment.getPropertySources().forEach((source) -> names.add(source.getName()));
			assertThat(names).containsSubsequence("random", "imds", "defaultProperties");
		}
	}

	@Test
	void defaultPropertiesStayCompleteWhileConfigDataIsRead() {
		SpringApplication application = application(Empty.class);
		application
			.setDefaultProperties(Map.of("spring.profiles.group.all[0]", "one", "spring.profiles.active", "all"));
		try (ConfigurableApplicationContext context = application.run(arguments())) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("all", "one");
		}
	}

	@Test
	void readsThreePropertiesWithOneTokenHoweverOften() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			for (int i = 0; i < 10; i++) {
				assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo(INSTANCE_ID);
				assertThat(context.getEnvironment().getProperty("imds.public-ipv4")).isEqualTo("203.0.113.25");
				assertThat(context.getEnvironment().getProperty("imds.kernel-id")).isNull();
			}
		}
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
				"GET /latest/meta-data/instance-id", "GET /latest/meta-data/public-ipv4",
				"GET /latest/meta-data/kernel-id");
	}

	@Test
	void aChangingValueIsReadAgainAfterItsTime() {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.client.cache.time-to-live=0s")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.tags.instance.Environment")).isEqualTo("staging");
			this.simulator.tag("Environment", "production").put("meta-data/instance-id", "another");
			await().until(() -> "production".equals(environment.getProperty("imds.tags.instance.Environment")));
			environment.getProperty("imds.instance-id");
			this.simulator.put("meta-data/instance-id", "yet another");
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo("another");
		}
	}

	@Test
	void aChangingValueIsNotReadAgainWhateverItsTime() {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.client.cache.time-to-live=999999d")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
			assertThat(environment.getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
		}
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
	}

	@Test
	void keepsValuesWhileTheServiceIsAway() {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.client.cache.time-to-live=0s")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getProperty("imds.tags.instance.Name");
			environment.getProperty("imds.instance-id");
			this.simulator.close();
			assertThat(environment.getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo(INSTANCE_ID);
			assertThat(environment.getProperty("imds.placement.region")).isNull();
		}
	}

	@Test
	void anApplicationThatDoesNotMentionMetadataMakesNoRequest() {
		SpringApplication application = new SpringApplicationBuilder(WebAndActuator.class).build();
		String[] arguments = Stream
			.concat(Stream.of(arguments()),
					Stream.of("--server.port=0", "--management.endpoints.web.exposure.include=*"))
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = application.run(arguments)) {
			assertThat(context.getBean(ImdsClient.class)).isNotNull();
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void readsItsSettingsFromConfigData() throws IOException {
		write("application.yml", """
				imds.client:
				  endpoint: %s
				  token.ttl: 1m
				name: ${imds.tags.instance.Name:none}
				""".formatted(this.simulator.endpoint()));
		try (ConfigurableApplicationContext context = application(Empty.class)
			.run("--spring.config.location=file:" + this.config + "/")) {
			assertThat(context.getEnvironment().getProperty("name")).isEqualTo("orders-7");
		}
		assertThat(this.simulator.wireMock().getAllServeEvents())
			.extracting((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token-ttl-seconds"))
			.contains("60");
	}

	@Test
	void readsTheTimeOfATokenInSecondsAsRequestsDo() {
		try (ConfigurableApplicationContext context = run(Values.class, "--imds.client.token.ttl=60")) {
			assertThat(context.getBean("region")).isEqualTo("eu-west-1");
		}
		assertThat(this.simulator.wireMock().getAllServeEvents())
			.extracting((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token-ttl-seconds"))
			.contains("60");
	}

	@Test
	void readsItsSettingsFromDefaultPropertiesBeforeAnImport() throws IOException {
		write("eu-west-1.yml", "imported: here");
		SpringApplication application = application(Empty.class);
		application.setDefaultProperties(Map.of("imds.client.endpoint", this.simulator.endpoint().toString()));
		try (ConfigurableApplicationContext context = application.run(
				"--spring.config.location=file:" + this.config + "/",
				"--spring.config.import=optional:file:" + this.config + "/${imds.placement.region:none}.yml")) {
			assertThat(context.getEnvironment().getProperty("imported")).isEqualTo("here");
		}
	}

	@Test
	void looksAtItsSettingsAgainOnceConfigDataIsRead() throws IOException {
		try (ImdsSimulator another = ImdsSimulator.builder().put("meta-data/instance-id", "i-another").start()) {
			write("application.yml", """
					spring.profiles.active: ${imds.placement.region}
					spring.config.import: optional:file:%s/none.yml
					""".formatted(this.config));
			write("application-eu-west-1.yml", "imds.client.version: 2021-07-15");
			try (ConfigurableApplicationContext context = run(Empty.class)) {
				assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo(INSTANCE_ID);
				assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
			}
			assertThat(another.requests()).isEmpty();
		}
		assertThat(this.simulator.requests()).contains("GET /latest/meta-data/placement/region",
				"GET /2021-07-15/meta-data/instance-id", "GET /2021-07-15/meta-data/mac");
	}

	@Test
	void switchedOffThereIsNothing() {
		try (ConfigurableApplicationContext context = run(Defaults.class, "--imds.client.enabled=false")) {
			assertThat(context.getBean("instanceId")).isEqualTo("local");
			assertThatExceptionOfType(ImdsUnavailableException.class)
				.isThrownBy(() -> context.getBean(ImdsClient.class).get("meta-data/instance-id"))
				.withMessageContaining("imds.client.enabled=false");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void refusedConnectionsCostTheAttemptsOfOneCallAndNoNoise(CapturedOutput output) {
		URI endpoint = this.simulator.endpoint();
		this.simulator.close();
		SpringApplication application = application(Defaults.class);
		try (ConfigurableApplicationContext context = application.run("--imds.client.endpoint=" + endpoint,
				"--spring.config.location=file:" + this.config + "/", "--logging.level.io.github.imds=debug")) {
			assertThat(context.getBean("instanceId")).isEqualTo("local");
			assertThat(context.getBean("region")).isEqualTo("none");
			assertThat(context.getEnvironment().getProperty("imds.mac")).isNull();
		}
		assertThat(output.toString().split("PUT " + endpoint + "/latest/api/token failed", -1)).hasSize(3 + 1);
		assertThat(output).doesNotContain("WARN", "ERROR", "\tat ");
	}

	@Test
	void refusedConnectionsAreSilentByDefault(CapturedOutput output) {
		URI endpoint = this.simulator.endpoint();
		this.simulator.close();
		try (ConfigurableApplicationContext context = application(Defaults.class)
			.run("--imds.client.endpoint=" + endpoint, "--spring.config.location=file:" + this.config + "/")) {
			assertThat(context.getBean("instanceId")).isEqualTo("local");
		}
		assertThat(output).doesNotContainIgnoringCase("imds.client")
			.doesNotContain("169.254", "metadata", endpoint.toString());
	}

	@Test
	void settingThatChangesToAnInvalidValueLosesNoProperty(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Values.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			String id = environment.getProperty("imds.instance-id");
			assertThat(id).isNotNull();
			environment.getPropertySources()
				.addFirst(new MapPropertySource("changed", Map.of("imds.client.timeout", "nonsense")));
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo(id);
			assertThat(context.getBean(ImdsClient.class).get("meta-data/instance-id")).contains(id);
			assertThat(output).containsOnlyOnce("the former ones remain in use").contains("'imds.client.timeout'");
		}
	}

	@ParameterizedTest
	@CsvSource({ "imds.client.token.ttl,0s", "imds.client.token.ttl,21601s", "imds.client.endpoint,169.254.169.254",
			"imds.client.endpoint,localhost:1338", "imds.client.connect-timeout,0ms", "imds.client.max-attempts,0",
			"imds.client.version,newest", "imds.client.concurrency,0", "imds.client.connection-attempt-delay,-1ms",
			"imds.client.retry.delay,-1ms", "imds.client.retry.max-delay,-1ms",
			"imds.client.circuit-breaker.open-duration,-1ms", "imds.client.circuit-breaker.max-open-duration,30d",
			"imds.client.timeout,9223372036854775807s", "imds.client.cache.time-to-live,-1s" })
	void anInvalidSettingStopsTheStartAndIsNamed(String name, String value, CapturedOutput output) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> run(Empty.class, "--" + name + "=" + value).close())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo(name));
		assertThat(output).contains("APPLICATION FAILED TO START", "configuration property '" + name + "'");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "on", "1", "tru" })
	void aBooleanThatSpringBootDoesNotKnowStopsTheStartAndTheValidOnesAreNamed(String value, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(Empty.class, "--imds.client.enabled=" + value).close());
		assertThat(output).contains("APPLICATION FAILED TO START", "imds.client.enabled", "AUTO", "FALSE", "TRUE");
	}

	@ParameterizedTest
	@CsvSource({ "TRUE, true", "False, false", "'', true", "Auto, true" })
	void aBooleanThatSpringBootKnowsIsTaken(String value, boolean enabled) {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.client.enabled=" + value)) {
			assertThat(context.getEnvironment().containsProperty("imds.instance-id")).isEqualTo(enabled);
		}
	}

	@Test
	void anInvalidSettingOfAllAwsToolsIsOneWarning(CapturedOutput output) {
		System.setProperty("aws.ec2MetadataServiceEndpoint", "169.254.169.254");
		try (ConfigurableApplicationContext context = application(Defaults.class)
			.run("--spring.config.location=file:" + this.config + "/")) {
			assertThat(context.getBean("instanceId")).isEqualTo("local");
			assertThat(context.getEnvironment().getProperty("imds.placement.region")).isNull();
		}
		finally {
			System.clearProperty("aws.ec2MetadataServiceEndpoint");
		}
		assertThat(output).containsOnlyOnce("WARN").containsOnlyOnce("endpoint must be a URI").doesNotContain("\tat ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "#{T(java.lang.Runtime).getRuntime().exec('true')}", "${user.home}",
			"prefix ${spring.datasource.password:} suffix", "${", "a #{ b" })
	void valueThatSpringWouldEvaluateIsNotAProperty(String value, CapturedOutput output) {
		this.simulator.tag("Name", value);
		try (ConfigurableApplicationContext context = run(TagValue.class)) {
			assertThat(context.getBean("name")).isEqualTo("none");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isNull();
			assertThat(context.getBean(ImdsClient.class).get("meta-data/tags/instance/Name")).contains(value);
		}
		assertThat(output).containsOnlyOnce("WARN").contains("'meta-data/tags/instance/Name'").doesNotContain(value);
	}

	@Test
	void canBeReadByManyThreads() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(Stream.generate(() -> "imds.instance-id")
				.limit(64)
				.parallel()
				.map(context.getEnvironment()::getProperty)
				.distinct()).containsExactly(INSTANCE_ID);
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
	}

	private ConfigurableApplicationContext run(Class<?> configuration, String... arguments) {
		return application(configuration)
			.run(Stream.concat(Stream.of(arguments()), Stream.of(arguments)).toArray(String[]::new));
	}

	private String[] arguments() {
		return new String[] { "--imds.client.endpoint=" + this.simulator.endpoint(),
				"--spring.config.location=file:" + this.config + "/" };
	}

	private static SpringApplication application(Class<?> configuration) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE).build();
	}

	private void write(String file, String content) throws IOException {
		Files.writeString(this.config.resolve(file), content);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	@EnableConfigurationProperties(Settings.class)
	@Import(ConstructorValue.class)
	static class Values {

		@Bean
		String region(@Value("${imds.placement.region}") String region) {
			return region;
		}

		@Bean
		@ConditionalOnProperty("imds.instance-id")
		String onEc2() {
			return "yes";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Defaults {

		@Bean
		String instanceId(@Value("${imds.instance-id:local}") String instanceId) {
			return instanceId;
		}

		@Bean
		String region(@Value("${imds.placement.region:none}") String region) {
			return region;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class TagValue {

		@Bean
		String name(@Value("${imds.tags.instance.Name:none}") String name) {
			return name;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WebAndActuator {

	}

	record ConstructorValue(@Value("${imds.instance-id}") String instanceId) {

	}

	@ConfigurationProperties("imds")
	record Settings(String system, Placement placement) {

		record Placement(int partitionNumber) {

		}

	}

}
