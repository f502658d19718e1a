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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code spring.config.import=imds:} where there is nothing to import.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsConfigDataFailureTests extends AbstractImdsEnvironmentTests {

	private final URI endpoint = this.simulator.endpoint();

	@BeforeEach
	void removeTags() {
		this.simulator.remove("meta-data/tags");
	}

	@Test
	void anUnreachableServiceStopsTheStart(CapturedOutput output) {
		this.simulator.close();
		assertStartFails("imds:");
		assertThat(output)
			.contains("APPLICATION FAILED TO START", "Could not import 'imds:' (", "application.yml",
					"No session token from " + this.endpoint + ": no connection (",
					"Correct the cause of the failure. "
							+ "If the application is to start without, import 'optional:imds:'.")
			.doesNotContain("\tat ", "does not exist");
	}

	@Test
	void optionalImportIgnoresUnreachableService(CapturedOutput output) throws IOException {
		this.simulator.close();
		try (ConfigurableApplicationContext context = runImporting("optional:imds:",
				"--logging.level.io.github.imds=debug")) {
			assertNothingImported(context);
		}
		assertThat(output).contains("DEBUG", "Could not import 'optional:imds:'")
			.doesNotContain("WARN", "ERROR", "\tat ");
	}

	@Test
	void anUnreachableServiceIsSilentIfOptional(CapturedOutput output) throws IOException {
		this.simulator.close();
		runImporting("optional:imds:").close();
		assertThat(output).doesNotContain("imds:", "token", this.endpoint.toString());
	}

	@Test
	void aServiceThatIsSwitchedOffStopsTheStart(CapturedOutput output) {
		this.simulator.enabled(false);
		assertStartFails("imds:tags/instance");
		assertThat(output).contains("Could not import 'imds:tags/instance'", "--http-endpoint enabled",
				"import 'optional:imds:tags/instance'");
	}

	@Test
	void aServiceThatIsSwitchedOffIsAskedOnceIfOptional() throws IOException {
		this.simulator.enabled(false);
		try (ConfigurableApplicationContext context = runImporting("optional:imds:")) {
			assertNothingImported(context);
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isNull();
		}
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token");
	}

	@Test
	void metadataThatIsDisabledStopsTheStart(CapturedOutput output) {
		assertStartFails("imds:", "--imds.client.enabled=false");
		assertThat(output).contains("instance metadata is disabled: imds.client.enabled=false",
				"If this is an EC2 instance that should use its metadata, set 'imds.client.enabled' to 'true'. "
						+ "If the application is to start without, import 'optional:imds:'.");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void metadataThatIsDisabledByTheSettingOfAwsStopsTheStart(CapturedOutput output) {
		System.setProperty("aws.disableEc2Metadata", "true");
		try {
			assertStartFails("imds:");
		}
		finally {
			System.clearProperty("aws.disableEc2Metadata");
		}
		assertThat(output).contains("instance metadata is disabled: aws.disableEc2Metadata=true");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "optional:imds:", "optional:imds:tags/instance" })
	void optionalImportIgnoresDisabledMetadata(String location) throws IOException {
		try (ConfigurableApplicationContext context = runImporting(location, "--imds.client.enabled=false")) {
			assertNothingImported(context);
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds:tags/instance", "imds:tags", "imds:tags/instance/Name" })
	void tagsThatAreNotEnabledStopTheStart(String location, CapturedOutput output) {
		assertStartFails(location);
		assertThat(output).contains(
				"the instance has no metadata at 'meta-data/%s'".formatted(location.replace("imds:", "")),
				"--instance-metadata-tags enabled");
	}

	@ParameterizedTest
	@CsvSource({ "imds:kernel-id, meta-data/kernel-id", "imds:spot, meta-data/spot", "imds:unknown, meta-data/unknown",
			"imds:dynamic/unknown, dynamic/unknown" })
	void aPathThatIsAbsentStopsTheStart(String location, String path, CapturedOutput output) {
		assertStartFails(location);
		assertThat(output).contains("Could not import '%s'".formatted(location),
				"the instance has no metadata at '%s'".formatted(path), "Check the path. ",
				"import 'optional:%s'".formatted(location));
	}

	@ParameterizedTest
	@ValueSource(strings = { "optional:imds:tags/instance", "optional:imds:kernel-id", "optional:imds:unknown" })
	void optionalImportIgnoresAbsentPath(String location) throws IOException {
		try (ConfigurableApplicationContext context = runImporting(location)) {
			assertNothingImported(context);
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void missingImportIsIgnoredIfSpringBootIsConfiguredSo() throws IOException {
		try (ConfigurableApplicationContext context = runImporting("imds:unknown",
				"--spring.config.on-not-found=ignore")) {
			assertNothingImported(context);
		}
	}

	@ParameterizedTest
	@CsvSource({ "imds:user-data, user-data", "imds:user-data/x, user-data/x",
			"imds:iam/security-credentials, meta-data/iam/security-credentials",
			"imds:iam/security-credentials/orders-service, meta-data/iam/security-credentials/orders-service",
			"imds:meta-data/iam/security-credentials/, meta-data/iam/security-credentials",
			"imds:identity-credentials/ec2/security-credentials/ec2-instance, "
					+ "meta-data/identity-credentials/ec2/security-credentials/ec2-instance" })
	void sensitiveMetadataIsNeverImported(String location, String path, CapturedOutput output) {
		assertStartFailsInAnyCase(location);
		assertThat(output).contains("'%s' is sensitive and cannot be imported as properties".formatted(path),
				"read '%s' with the ImdsClient".formatted(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds:../x", "imds:../user-data", "imds:tags//instance", "imds:/tags", "imds:.",
			"imds:dynamic/../user-data", "imds:placement?x", "imds:placement/#x" })
	void anInvalidPathIsNeverImported(String location, CapturedOutput output) {
		assertStartFailsInAnyCase(location);
		assertThat(output).contains("Could not import '%s'".formatted(location), "Metadata path '",
				"Import a path below 'meta-data'");
	}

	@Test
	void anInvalidSettingStopsTheStartEvenIfOptional(CapturedOutput output) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> runImporting("optional:imds:", "--imds.client.max-attempts=0"));
		assertThat(output).contains("'imds.client.max-attempts'");
	}

	private void assertStartFailsInAnyCase(String location) {
		for (String variant : new String[] { location, "optional:" + location }) {
			assertThatExceptionOfType(ImdsConfigDataException.class).isThrownBy(() -> runImporting(variant));
			assertThatExceptionOfType(ImdsConfigDataException.class)
				.isThrownBy(() -> runImporting(variant, "--imds.client.enabled=false"));
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	private void assertStartFails(String location, String... arguments) {
		assertThatExceptionOfType(ConfigDataResourceNotFoundException.class)
			.isThrownBy(() -> runImporting(location, arguments))
			.withCauseInstanceOf(ImdsConfigDataException.class);
	}

	private static void assertNothingImported(ConfigurableApplicationContext context) {
		assertThat(context.getEnvironment().getPropertySources()).extracting("name")
			.noneMatch((name) -> ((String) name).startsWith("imds:"));
	}

}
