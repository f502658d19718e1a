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
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource.StubPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.PlaceholderResolutionException;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ImdsPlaceholderFailureAnalyzer} with applications that are really
 * started.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsPlaceholderFailureAnalyzerTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	private Path config;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void switchedOffByOurSetting(CapturedOutput output) {
		assertFails("imds.instance-id", "--imds.client.enabled=false");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"Could not resolve placeholder 'imds.instance-id' in value \"${imds.instance-id}\" <-- \"${value}\"",
				"Instance metadata is not used: imds.client.enabled=false.",
				"Write a default after a colon, such as '${imds.instance-id:none}', or set the property yourself.");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void switchedOffByTheSettingOfAwsTools(CapturedOutput output) {
		System.setProperty("aws.disableEc2Metadata", "true");
		try {
			assertFails("imds.instance-id");
		}
		finally {
			System.clearProperty("aws.disableEc2Metadata");
		}
		assertThat(output).contains("Instance metadata is not used: aws.disableEc2Metadata=true.");
	}

	@Test
	void unreachable(CapturedOutput output) {
		URI endpoint = this.simulator.endpoint();
		this.simulator.close();
		assertFails("imds.instance-id");
		assertThat(output)
			.contains("No session token from " + endpoint + ": no connection", "'${imds.instance-id:none}'")
			.doesNotContain("client cannot be used");
	}

	@Test
	void switchedOffForTheInstance(CapturedOutput output) {
		this.simulator.enabled(false);
		assertFails("imds.instance-id");
		assertThat(output).contains("the metadata service is switched off for this instance",
				"--http-endpoint enabled'.");
	}

	@Test
	void tagsAreNotEnabled(CapturedOutput output) {
		this.simulator.remove("meta-data/tags");
		assertFails("imds.tags.instance[team:owner]");
		assertThat(output).contains("Could not resolve placeholder 'imds.tags.instance[team:owner]'",
				"'aws ec2 modify-instance-metadata-options --instance-metadata-tags enabled'",
				"'${imds.tags.instance[team\\:owner]:none}'");
	}

	@ParameterizedTest
	@CsvSource({ "imds.placement.host-id, meta-data/placement/host-id",
			"imds.tags.instance.Stage, meta-data/tags/instance/Stage",
			"imds.network.interfaces.macs[0a:00:00:00:00:00].subnet-id,"
					+ "meta-data/network/interfaces/macs/0a:00:00:00:00:00/subnet-id",
			"imds.network.primary.network-card, meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/network-card",
			"imds.spot.instance-action.time, meta-data/spot/instance-action",
			"imds.meta-data.new.category, meta-data/new/category" })
	void absentOnThisInstance(String name, String path, CapturedOutput output) {
		assertFails(name);
		assertThat(output).contains("This instance does not have '" + path + "'.", "Write a default after a colon");
	}

	@Test
	void absentInDocument(CapturedOutput output) {
		assertFails("imds.iam.info.unknown");
		assertThat(output).contains("The JSON document 'meta-data/iam/info' has no such value.", "kebab case");
	}

	@Test
	void aFieldInCamelCase(CapturedOutput output) {
		assertFails("imds.iam.info.instanceProfileArn");
		assertThat(output).contains("Did you mean 'imds.iam.info.instance-profile-arn'?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "${user.home}", "#{systemProperties}" })
	void noPropertyBecauseSpringWouldEvaluateIt(String value, CapturedOutput output) {
		this.simulator.tag("Name", value);
		assertFails("imds.tags.instance.Name");
		assertThat(output)
			.contains("'meta-data/tags/instance/Name' holds a placeholder or an expression",
					"The ImdsClient bean returns it unchanged.")
			.doesNotContain(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.user-data", "imds.iam.security-credentials.orders-service",
			"imds.meta-data.iam.security-credentials.orders-service",
			"imds.identity-credentials.ec2.security-credentials.ec2-instance" })
	void secret(String name, CapturedOutput output) {
		assertFails(name);
		assertThat(output).contains("is a secret, and secrets are never properties.",
				"read it with the ImdsClient bean");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void directory(CapturedOutput output) {
		assertFails("imds.placement");
		assertThat(output).contains("'meta-data/placement' is a directory and has no value of its own.",
				"such as 'imds.placement.availability-zone', 'imds.placement.availability-zone-id'");
	}

	@Test
	void unknownNameIsExplained(CapturedOutput output) {
		assertFails("imds.instanceId");
		assertThat(output).contains("No documented instance metadata has this name.",
				"Did you mean 'imds.instance-id'? Write names as the metadata service does.");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void unknownNameWithoutSimilarNameIsExplained(CapturedOutput output) {
		assertFails("imds.nothing.like.it");
		assertThat(output).contains("No documented instance metadata has this name.").doesNotContain("Did you mean");
	}

	@Test
	void namesThePropertyThatAnotherOneRefersTo(CapturedOutput output) throws IOException {
		Files.writeString(this.config.resolve("application.yml"), """
				stage: ${imds.tags.instance[Stage]}
				value: at ${stage}
				""");
		assertFails("stage");
		assertThat(output).contains("Could not resolve placeholder 'imds.tags.instance[Stage]'", "<-- \"at ${stage}\"",
				"'${imds.tags.instance[Stage]:none}'");
	}

	@Test
	void neededByTheNameOfTheApplication(CapturedOutput output) throws IOException {
		Files.writeString(this.config.resolve("application.yml"),
				"spring.application.name: orders-${imds.placement.host-id}");
		assertFails("other:none");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"This instance does not have 'meta-data/placement/host-id'.");
	}

	@Test
	void neededBeforeThereIsAContext(CapturedOutput output) throws IOException {
		Files.writeString(this.config.resolve("application.yml"),
				"logging.file.name: %s/${imds.placement.host-id}.log".formatted(this.config));
		assertFails("other:none");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"It was needed before the application context existed.");
	}

	@Test
	void invalidSettings() {
		StandardEnvironment environment = environment("imds.client.max-attempts", "0");
		assertThat(analyze(environment, "imds.instance-id").getDescription())
			.contains("because the metadata service cannot be asked: ", "max-attempts");
	}

	@Test
	void noMetadataInTheEnvironment() {
		assertThat(analyze(new StandardEnvironment(), "imds.instance-id").getDescription())
			.contains("Instance metadata is not part of the environment");
	}

	@Test
	void theServiceIsBack() {
		StandardEnvironment environment = environment("imds.client.endpoint", this.simulator.endpoint().toString());
		assertThat(analyze(environment, "imds.instance-id")).satisfies((analysis) -> {
			assertThat(analysis.getDescription()).contains("could not be read when it was needed");
			assertThat(analysis.getAction()).isEqualTo("Start the application again.");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "other", "imds", "imdsx.instance-id", "imds.client.endpoint", "imds.lifecycle.enabled" })
	void leavesOtherPlaceholdersToOthers(String name) {
		assertThat(new ImdsPlaceholderFailureAnalyzer(null).analyze(failure(name))).isNull();
	}

	@Test
	void leavesAPropertyThatRefersToItselfToOthers() {
		StandardEnvironment environment = environment("imds.instance-id", "${imds.instance-id}");
		Throwable failure = catchThrowableOfType(PlaceholderResolutionException.class,
				() -> environment.getProperty("imds.instance-id"));
		assertThat(failure).hasMessageContaining("Circular");
		assertThat(new ImdsPlaceholderFailureAnalyzer(environment).analyze(failure)).isNull();
	}

	private void assertFails(String name, String... arguments) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.properties("value=${" + name.replaceAll(":(?!none)", "\\\\:") + "}")
				.run(Stream
					.concat(Stream.of("--imds.client.endpoint=" + this.simulator.endpoint(),
							"--spring.config.location=file:" + this.config + "/"), Stream.of(arguments))
					.toArray(String[]::new))
				.close());
	}

	private static StandardEnvironment environment(String name, String value) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, value)));
		environment.getPropertySources().addLast(new StubPropertySource(ImdsPropertySource.NAME));
		return environment;
	}

	private static FailureAnalysis analyze(StandardEnvironment environment, String name) {
		FailureAnalysis analysis = new ImdsPlaceholderFailureAnalyzer(environment).analyze(failure(name));
		assertThat(analysis).isNotNull();
		return analysis;
	}

	private static Throwable failure(String name) {
		return catchThrowableOfType(PlaceholderResolutionException.class,
				() -> new StandardEnvironment().resolveRequiredPlaceholders("${" + name + "}"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ImdsAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class })
	static class Application {

		@Bean
		String value(@Value("${value}") String value) {
			return value;
		}

	}

}
