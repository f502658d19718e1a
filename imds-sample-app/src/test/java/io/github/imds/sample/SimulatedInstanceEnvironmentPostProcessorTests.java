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

package io.github.imds.sample;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

import io.github.imds.autoconfigure.ImdsProperties;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SimulatedInstanceEnvironmentPostProcessor}.
 */
class SimulatedInstanceEnvironmentPostProcessorTests {

	private final DefaultBootstrapContext bootstrapContext = new DefaultBootstrapContext();

	private final SimulatedInstanceEnvironmentPostProcessor postProcessor = new SimulatedInstanceEnvironmentPostProcessor(
			(destination) -> LogFactory.getLog(getClass()), this.bootstrapContext);

	@TempDir
	private Path root;

	@Test
	void instanceIsMissingOnOtherHardware() throws Exception {
		writeVendor("QEMU");
		assertThat(isInstanceMissing(Map.of())).isTrue();
	}

	@Test
	void instanceIsThereOnHardwareOfEc2() throws Exception {
		writeVendor("Amazon EC2");
		assertThat(isInstanceMissing(Map.of())).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "imds.client.endpoint, http://127.0.0.1:1", "imds.client.enabled, true",
			"imds.client.enabled, false" })
	void settingOfTheStarterCounts(String name, String value) throws Exception {
		writeVendor("QEMU");
		assertThat(isInstanceMissing(Map.of(name, value))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "aws.ec2MetadataServiceEndpoint=http://127.0.0.1:1", "aws.disableEc2Metadata=true" })
	void settingOfAwsToolsCounts(String property) throws Exception {
		writeVendor("QEMU");
		assertThat(TestPropertyValues.of(property).applyToSystemProperties(() -> isInstanceMissing(Map.of())))
			.isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.client.endpoint=http://127.0.0.1:1", "imds.client.enabled=false" })
	void nothingIsSimulatedIfASettingSaysWhatToUse(String property) {
		StandardEnvironment environment = new StandardEnvironment();
		TestPropertyValues.of(property).applyTo(environment);
		this.postProcessor.postProcessEnvironment(environment, new SpringApplication());
		assertThat(environment.getPropertySources().contains("simulatedInstance")).isFalse();
	}

	@Test
	void nothingIsSimulatedWhileTheApplicationIsProcessedAheadOfTime() {
		StandardEnvironment environment = new StandardEnvironment();
		TestPropertyValues.of("spring.aot.processing=true").applyToSystemProperties(() -> {
			this.postProcessor.postProcessEnvironment(environment, new SpringApplication());
			return null;
		});
		assertThat(environment.getPropertySources().contains("simulatedInstance")).isFalse();
	}

	@Test
	void simulatorIsABeanUntilTheContextIsClosed() throws Exception {
		MockEnvironment environment = new MockEnvironment();
		this.postProcessor.simulateInstance(environment);
		URI endpoint = URI.create(environment.getRequiredProperty("imds.client.endpoint"));
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			this.bootstrapContext.close(context);
			context.refresh();
			assertThat(context.getBean(ImdsSimulator.class).endpoint()).isEqualTo(endpoint);
			connect(endpoint);
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(endpoint));
	}

	private void writeVendor(String vendor) throws IOException {
		Path directory = Files.createDirectories(this.root.resolve("sys/class/dmi/id"));
		Files.writeString(directory.resolve("sys_vendor"), vendor + "\n");
	}

	private boolean isInstanceMissing(Map<String, String> properties) {
		ImdsProperties settings = new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("imds.client",
				ImdsProperties.class);
		return SimulatedInstanceEnvironmentPostProcessor.isInstanceMissing(settings, this.root);
	}

	private static void connect(URI endpoint) throws IOException {
		new Socket(endpoint.getHost(), endpoint.getPort()).close();
	}

}
