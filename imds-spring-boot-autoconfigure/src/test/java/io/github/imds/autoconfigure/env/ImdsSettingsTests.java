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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the settings {@code imds.client.*} of an application that is really started:
 * when they are read, when they are read again, and when they are invalid.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsSettingsTests extends AbstractImdsEnvironmentTests {

	@ParameterizedTest
	@CsvSource({ "auto, enabled: an endpoint is set", "false, disabled: imds.client.enabled=false" })
	void logsWhetherMetadataIsUsedAlthoughItWasReadBeforeLogging(String enabled, String decision, CapturedOutput output)
			throws IOException {
		write("application.yml", "spring.application.name: orders-${imds.instance-id:local}");
		run(WithClient.class, "--logging.level.io.github.imds=debug", "--imds.client.enabled=" + enabled).close();
		assertThat(output).contains("Instance metadata is " + decision);
	}

	@Test
	void readsItsSettingsFromConfigData() throws IOException {
		write("application.yml", """
				imds.client:
				  endpoint: %s
				  token.ttl: 1m
				name: ${imds.tags.instance.Name:none}
				""".formatted(this.simulator.endpoint()));
		try (ConfigurableApplicationContext context = application(WithClient.class).run(location())) {
			assertThat(context.getEnvironment().getProperty("name")).isEqualTo("orders-7");
		}
		assertThat(this.simulator.wireMock().getAllServeEvents())
			.extracting((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token-ttl-seconds"))
			.contains("60");
	}

	@Test
	void readsTheTimeOfATokenInSecondsAsRequestsDo() {
		try (ConfigurableApplicationContext context = run(Defaults.class, "--imds.client.token.ttl=60")) {
			assertThat(context.getBean("region")).isEqualTo("eu-west-1");
		}
		assertThat(this.simulator.wireMock().getAllServeEvents())
			.extracting((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token-ttl-seconds"))
			.contains("60");
	}

	@Test
	void readsItsSettingsFromDefaultPropertiesBeforeAnImport() throws IOException {
		write("eu-west-1.yml", "imported: here");
		SpringApplicationBuilder application = application(WithClient.class)
			.properties(Map.of("imds.client.endpoint", this.simulator.endpoint().toString()));
		try (ConfigurableApplicationContext context = application.run(location(),
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
			try (ConfigurableApplicationContext context = run(WithClient.class)) {
				assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo(INSTANCE_ID);
				assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
			}
			assertThat(another.requests()).isEmpty();
		}
		assertThat(this.simulator.requests()).contains("GET /latest/meta-data/placement/region",
				"GET /2021-07-15/meta-data/instance-id", "GET /2021-07-15/meta-data/mac");
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

	@Test
	void settingThatChangesToAnInvalidValueLosesNoProperty(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Defaults.class)) {
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
	void sourceIsRemovedWithoutMetadata() {
		try (ConfigurableApplicationContext context = run(Empty.class, "--imds.client.enabled=false")) {
			assertThat(context.getEnvironment().getPropertySources().contains("imds")).isFalse();
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
			.isThrownBy(() -> run(WithClient.class, "--" + name + "=" + value).close())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo(name));
		assertThat(output).contains("APPLICATION FAILED TO START", "configuration property '" + name + "'");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "on", "1", "tru" })
	void aBooleanThatSpringBootDoesNotKnowStopsTheStartAndTheValidOnesAreNamed(String value, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(WithClient.class, "--imds.client.enabled=" + value).close());
		assertThat(output).contains("APPLICATION FAILED TO START", "imds.client.enabled", "AUTO", "FALSE", "TRUE");
	}

	@ParameterizedTest
	@CsvSource({ "TRUE, true", "False, false", "'', true", "Auto, true" })
	void aBooleanThatSpringBootKnowsIsTaken(String value, boolean enabled) {
		try (ConfigurableApplicationContext context = run(WithClient.class, "--imds.client.enabled=" + value)) {
			assertThat(context.getEnvironment().containsProperty("imds.instance-id")).isEqualTo(enabled);
		}
	}

	@Test
	void anInvalidSettingOfAllAwsToolsIsOneWarning(CapturedOutput output) {
		System.setProperty("aws.ec2MetadataServiceEndpoint", "169.254.169.254");
		try (ConfigurableApplicationContext context = application(Defaults.class).run(location())) {
			assertThat(context.getBean("instanceId")).isEqualTo("local");
			assertThat(context.getEnvironment().getProperty("imds.placement.region")).isNull();
		}
		finally {
			System.clearProperty("aws.ec2MetadataServiceEndpoint");
		}
		assertThat(output).containsOnlyOnce("WARN").containsOnlyOnce("endpoint must be a URI").doesNotContain("\tat ");
	}

	private static SpringApplicationBuilder initialized(String name, Object value) {
		return application(Empty.class).initializers((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("late", Map.of(name, value))));
	}

}
