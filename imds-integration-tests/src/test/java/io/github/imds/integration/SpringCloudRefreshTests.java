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

package io.github.imds.integration;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that Spring Cloud refreshes, with and without the bootstrap
 * context.
 */
class SpringCloudRefreshTests {

	private final ImdsSimulator simulator = ImdsSimulator.builder()
		.put("meta-data/tags/instance/Stage", "staging")
		.start();

	private ConfigurableApplicationContext context;

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refreshOfAnUnchangedInstanceChangesNothing(boolean bootstrap) throws Exception {
		start(bootstrap);
		for (int i = 0; i < 3; i++) {
			assertThat(refresh().statusCode()).isEqualTo(200);
			assertThat(stage()).isEqualTo("staging");
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.context.getEnvironment().getPropertySources().stream())
			.filteredOn((source) -> source.getName().equals("imds"))
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refreshReadsAChangedTag(boolean bootstrap) throws Exception {
		start(bootstrap);
		assertThat(stage()).isEqualTo("staging");
		this.simulator.tag("Stage", "production");
		assertThat(refresh().statusCode()).isEqualTo(200);
		assertThat(stage()).isEqualTo("production");
		assertThat(this.context.getEnvironment().getProperty("imds.tags.instance[Stage]")).isEqualTo("production");
	}

	@Test
	void refreshReadsImportedTagsAgain(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("application.properties"), "spring.config.import=imds:tags/instance\n");
		start(false, "--spring.config.additional-location=" + directory.toUri());
		assertThat(tags()).containsEntry("Stage", "staging");
		for (String stage : List.of("production", "retired")) {
			this.simulator.tag("Stage", stage);
			assertThat(refresh().statusCode()).isEqualTo(200);
			assertThat(tags()).containsEntry("Stage", stage);
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refreshWhileTheServiceIsAwayKeepsTheLastValue(boolean bootstrap) throws Exception {
		start(bootstrap);
		assertThat(stage()).isEqualTo("staging");
		this.simulator.enabled(false);
		assertThat(refresh().statusCode()).isEqualTo(200);
		assertThat(stage()).isEqualTo("staging");
	}

	@ParameterizedTest
	@CsvSource({ "false, 403", "true, 403", "false, 503", "true, 503", "false, 404", "true, 404" })
	void refreshWhileTheServiceRefusesKeepsTheLastValue(boolean bootstrap, int status) throws Exception {
		start(bootstrap);
		assertThat(stage()).isEqualTo("staging");
		StubMapping refusal = this.simulator.wireMock()
			.stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(status)));
		for (int i = 0; i < 2; i++) {
			assertThat(refresh().statusCode()).isEqualTo(200);
			assertThat(stage()).isEqualTo((status != 404) ? "staging" : "dev");
		}
		this.simulator.wireMock().removeStub(refusal);
		this.simulator.tag("Stage", "production");
		assertThat(refresh().statusCode()).isEqualTo(200);
		assertThat(stage()).isEqualTo("production");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refreshWhileConnectionsAreResetKeepsTheLastValue(boolean bootstrap) throws Exception {
		start(bootstrap);
		assertThat(stage()).isEqualTo("staging");
		this.simulator.resetConnections(1_000);
		assertThat(refresh().statusCode()).isEqualTo(200);
		assertThat(stage()).isEqualTo("staging");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void metadataOfARefreshedBeanIsRead(boolean bootstrap) throws Exception {
		start(bootstrap);
		InstanceMetadata held = this.context.getBean(InstanceMetadata.class);
		for (String stage : List.of("staging", "production", "retired")) {
			this.simulator.tag("Stage", stage);
			assertThat(refresh().statusCode()).isEqualTo(200);
			assertThat(this.context.getBean(Place.class).describe()).isEqualTo(stage + " in eu-west-1");
			assertThat(held.tags()).containsEntry("Stage", stage);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void settingThatChangesTwiceAppliesAtOnceEachTime(boolean bootstrap) throws Exception {
		start(bootstrap);
		ImdsClient client = this.context.getBean(ImdsClient.class);
		try {
			for (String id : List.of("i-0aaaaaaaaaaaaaaa1", "i-0aaaaaaaaaaaaaaa2")) {
				try (ImdsSimulator other = ImdsSimulator.builder().instanceId(id).start()) {
					System.setProperty("imds.client.endpoint", other.endpoint().toString());
					assertThat(refresh().statusCode()).isEqualTo(200);
					assertThat(client.get("meta-data/instance-id")).contains(id);
					assertThat(this.context.getEnvironment().getProperty("imds.instance-id")).isEqualTo(id);
				}
			}
		}
		finally {
			System.clearProperty("imds.client.endpoint");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void environmentManagerChangesSettingsAtOnce(boolean bootstrap) throws Exception {
		start(bootstrap);
		InstanceMetadata metadata = this.context.getBean(InstanceMetadata.class);
		assertThat(metadata.instanceId()).isEqualTo("i-0123456789abcdef0");
		try (ImdsSimulator other = ImdsSimulator.builder().instanceId("i-0fffffffffffffff0").start()) {
			assertThat(post("env", "{\"name\":\"imds.client.endpoint\",\"value\":\"" + other.endpoint() + "\"}")
				.statusCode()).isEqualTo(200);
			assertThat(this.context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0fffffffffffffff0");
			assertThat(metadata.instanceId()).isEqualTo("i-0fffffffffffffff0");
			assertThat(this.context.getBean(ImdsClient.class).get("meta-data/instance-id"))
				.contains("i-0fffffffffffffff0");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void environmentManagerOverridesATag(boolean bootstrap) throws Exception {
		start(bootstrap);
		assertThat(stage()).isEqualTo("staging");
		assertThat(post("env", "{\"name\":\"imds.tags.instance[Stage]\",\"value\":\"mine\"}").statusCode())
			.isEqualTo(200);
		assertThat(this.context.getEnvironment().getProperty("imds.tags.instance[Stage]")).isEqualTo("mine");
		assertThat(refresh().statusCode()).isEqualTo(200);
		assertThat(stage()).isEqualTo("mine");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void clientOfABeanWorksAfterRefreshesWithChangedSettings(boolean bootstrap) throws Exception {
		start(bootstrap);
		ImdsClient client = this.context.getBean(ImdsClient.class);
		assertThat(client.get("meta-data/instance-id")).contains("i-0123456789abcdef0");
		try (ImdsSimulator other = ImdsSimulator.builder()
			.put("meta-data/instance-id", "i-0fffffffffffffff0")
			.start()) {
			System.setProperty("imds.client.endpoint", other.endpoint().toString());
			assertThat(refresh().statusCode()).isEqualTo(200);
			assertThat(client.get("meta-data/instance-id")).contains("i-0fffffffffffffff0");
			assertThat(this.context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0fffffffffffffff0");
			assertThat(refresh().statusCode()).isEqualTo(200);
			assertThat(client.get("meta-data/instance-id")).contains("i-0fffffffffffffff0");
		}
		finally {
			System.clearProperty("imds.client.endpoint");
		}
	}

	private void start(boolean bootstrap, String... more) {
		List<String> args = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off",
				"--management.endpoints.web.exposure.include=refresh,env",
				"--management.endpoint.env.post.enabled=true",
				"--management.endpoint.env.post.valid-keys-regex=imds\\..*"));
		args.addAll(List.of(more));
		this.context = new SpringApplicationBuilder(Application.class)
			.properties("spring.cloud.bootstrap.enabled=" + bootstrap,
					"imds.client.endpoint=" + this.simulator.endpoint())
			.run(args.toArray(String[]::new));
	}

	private String stage() {
		return this.context.getBean(Stage.class).value();
	}

	private Map<String, String> tags() {
		return Binder.get(this.context.getEnvironment())
			.bind("imds.tags.instance", Bindable.mapOf(String.class, String.class))
			.get();
	}

	private HttpResponse<String> refresh() throws Exception {
		return post("refresh", "");
	}

	private HttpResponse<String> post(String endpoint, String body) throws Exception {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Place.class)
	static class Application {

		@Bean
		@RefreshScope
		Stage stage(@Value("${imds.tags.instance[Stage]:dev}") String value) {
			return new Stage(value);
		}

	}

	@Component
	@RefreshScope
	static class Place {

		private final String stage;

		private final InstanceMetadata metadata;

		@Autowired
		Place(@Value("${imds.tags.instance[Stage]:dev}") String stage, InstanceMetadata metadata) {
			this.stage = stage;
			this.metadata = metadata;
		}

		String describe() {
			return this.stage + " in " + this.metadata.region();
		}

	}

	static class Stage {

		private final String value;

		protected Stage() {
			this("");
		}

		Stage(String value) {
			this.value = value;
		}

		String value() {
			return this.value;
		}

	}

}
