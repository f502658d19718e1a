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

package io.github.imds.docs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the configuration of {@code docs/recipes.md}, each run as it is shown.
 */
@ExtendWith(OutputCaptureExtension.class)
class RecipesTests {

	private static final Page PAGE = Page.of(Path.of("../docs/recipes.md"));

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void kafkaConsumersKnowTheirRack() {
		run("Kafka", 0,
				(environment) -> assertThat(environment.getProperty("spring.kafka.consumer.properties[client.rack]"))
					.isEqualTo("euw1-az2"));
	}

	@Test
	void cassandraPrefersTheDataCentreOfTheRegion() {
		run("Cassandra", 0, (environment) -> assertThat(environment.getProperty("spring.cassandra.local-datacenter"))
			.isEqualTo("eu-west-1"));
	}

	@Test
	void eurekaKnowsInstanceAndZone() {
		run("Eureka", 0, (environment) -> {
			assertThat(environment.getProperty("eureka.instance.instance-id")).isEqualTo("orders:i-0123456789abcdef0");
			assertThat(environment.getProperty("eureka.instance.metadata-map.zone")).isEqualTo("eu-west-1b");
			assertThat(environment.getProperty("eureka.instance.metadata-map.instance-type")).isEqualTo("m7g.large");
		});
	}

	@Test
	void loadBalancerPrefersTheZone() {
		run("Spring Cloud LoadBalancer", 0,
				(environment) -> assertThat(environment.getProperty("spring.cloud.loadbalancer.zone"))
					.isEqualTo("eu-west-1b"));
	}

	@Test
	void metricsCarryInstanceRegionAndZone() {
		run("Common tags of metrics", 0, (environment) -> {
			assertThat(environment.getProperty("management.metrics.tags.instance-id")).isEqualTo("i-0123456789abcdef0");
			assertThat(environment.getProperty("management.metrics.tags.region")).isEqualTo("eu-west-1");
			assertThat(environment.getProperty("management.metrics.tags.zone")).isEqualTo("eu-west-1b");
		});
	}

	@Test
	void openTelemetryResourceIsTheInstance() {
		run("OpenTelemetry resource", 0,
				(environment) -> assertThat(environment
					.getProperty("management.opentelemetry.resource-attributes[cloud.availability_zone]"))
					.isEqualTo("eu-west-1b"));
	}

	@Test
	void logsInElasticCommonSchemaNameTheInstance(CapturedOutput output) {
		run("Structured logging", 0, (environment) -> {
		}, "--spring.main.log-startup-info=true");
		assertThat(output).contains("\"node\":{\"name\":\"i-0123456789abcdef0\"}").contains("eu-west-1b");
	}

	@Test
	void logsForLogstashNameTheInstance(CapturedOutput output) {
		run("Structured logging", 1, (environment) -> {
		}, "--spring.main.log-startup-info=true");
		assertThat(output).contains("\"instance_id\":\"i-0123456789abcdef0\"");
	}

	@Test
	void logbackNamesTheInstance(CapturedOutput output) throws IOException {
		Path file = this.directory.resolve("logback-spring.xml");
		Files.writeString(file, blocks("xml", "Logback").get(0).code());
		start("", (environment) -> {
		}, "--logging.config=" + file.toUri(), "--spring.main.log-startup-info=true");
		assertThat(output).contains(" i-0123456789abcdef0 INFO ");
	}

	@Test
	void log4j2NamesTheInstance() throws IOException {
		Path file = this.directory.resolve("log4j2-spring.xml");
		Files.writeString(file, blocks("xml", "Log4j2").get(0).code());
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classPathWithLog4j2(), SpringApplication.class.getName(),
				"--spring.main.sources=" + Application.class.getName(), "--spring.main.web-application-type=none",
				"--imds.client.endpoint=" + this.simulator.endpoint(), "--logging.config=" + file.toUri())
			.redirectErrorStream(true)
			.start();
		process.getOutputStream().close();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.contains(" i-0123456789abcdef0 INFO ")
			.doesNotContain(" ERROR ", " WARN ");
	}

	@Test
	void onlyTheTaggedInstanceChangesTheSchema() {
		run("Flyway and Liquibase on one instance", 0, (environment) -> {
			assertThat(environment.getProperty("spring.flyway.enabled", Boolean.class)).isFalse();
			assertThat(environment.getProperty("spring.liquibase.enabled", Boolean.class)).isFalse();
		});
		this.simulator.tag("Migrations", "true");
		run("Flyway and Liquibase on one instance", 0,
				(environment) -> assertThat(environment.getProperty("spring.flyway.enabled", Boolean.class)).isTrue());
	}

	@Test
	void profileComesFromTheTag() {
		run("Active profiles from a tag", 0, (environment) -> {
			assertThat(environment.getActiveProfiles()).containsExactly("stage-staging");
			assertThat(environment.getProperty("orders.database")).isEqualTo("staging-db");
		});
	}

	@Test
	void tagCannotChooseSeveralProfiles() {
		this.simulator.tag("Environment", "dev,admin");
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> run("Active profiles from a tag", 0, (environment) -> {
			}))
			.withStackTraceContaining("stage-dev,admin");
	}

	@Test
	void everyRecipeWorksOffEc2() {
		for (Page.Block block : PAGE.blocks("yaml")) {
			start(block.code(), (environment) -> assertThat(environment.getProperty("imds.instance-id")).isNull(),
					"--imds.client.enabled=false");
		}
	}

	private void run(String heading, int index, Consumer<ConfigurableEnvironment> assertions, String... arguments) {
		start(blocks("yaml", heading).get(index).code(), assertions, arguments);
	}

	private void start(String yaml, Consumer<ConfigurableEnvironment> assertions, String... arguments) {
		Path file = this.directory.resolve("application.yml");
		try {
			Files.writeString(file, yaml);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		SpringApplication application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.application();
		String[] all = Stream
			.concat(Stream.of("--spring.config.location=" + file.toUri(),
					"--imds.client.endpoint=" + this.simulator.endpoint()), Stream.of(arguments))
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = application.run(all)) {
			assertions.accept(context.getEnvironment());
		}
	}

	/**
	 * Return the class path of this test with Log4j2 in place of Logback.
	 */
	private static String classPathWithLog4j2() {
		return Stream
			.concat(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
				.filter((entry) -> !entry.contains("logback-") && !entry.contains("log4j-to-slf4j")),
					Stream.of("target/log4j2/*"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static List<Page.Block> blocks(String language, String heading) {
		List<Page.Block> blocks = PAGE.blocks(language)
			.stream()
			.filter((block) -> block.heading().equals(heading))
			.toList();
		assertThat(blocks).as(heading).isNotEmpty();
		return blocks;
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
