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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

import io.github.imds.client.ImdsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for when properties that are instance metadata are there, and for how many
 * requests they cost, in an application that is really started.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsEnvironmentTests extends AbstractImdsEnvironmentTests {

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
		try (ConfigurableApplicationContext context = run(WithClient.class)) {
			assertThat(context.getApplicationName()).isEmpty();
			assertThat(context.getId()).isEqualTo("orders-" + INSTANCE_ID);
			assertThat(context.getEnvironment().getProperty("spring.application.name"))
				.isEqualTo("orders-" + INSTANCE_ID);
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("eu-west-1");
			assertThat(context.getEnvironment().getProperty("imported")).isEqualTo("from eu-west-1b");
			assertThat(context.getEnvironment().getProperty("profile")).isEqualTo("of eu-west-1");
		}
	}

	@Test
	void servesProfilesThatAnArgumentNames() {
		try (ConfigurableApplicationContext context = run(WithClient.class,
				"--spring.profiles.active=${imds.placement.region:none}")) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("eu-west-1");
		}
	}

	@Test
	void onlyDefaultPropertiesHaveLowerPrecedence() {
		SpringApplicationBuilder application = application(WithClient.class)
			.properties(Map.of("imds.instance-id", "default", "imds.kernel-id", "default", "other", "default"));
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
		SpringApplicationBuilder application = application(WithClient.class)
			.properties(Map.of("spring.profiles.group.all[0]", "one", "spring.profiles.active", "all"));
		try (ConfigurableApplicationContext context = application.run(arguments())) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("all", "one");
		}
	}

	@Test
	void readsThreePropertiesWithOneTokenHoweverOften() {
		try (ConfigurableApplicationContext context = run(WithClient.class)) {
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
	void aChangingValueIsReadAgainAfterItsTime() {
		try (ConfigurableApplicationContext context = run(WithClient.class, "--imds.client.cache.time-to-live=0s")) {
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
		try (ConfigurableApplicationContext context = run(WithClient.class,
				"--imds.client.cache.time-to-live=999999d")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
			assertThat(environment.getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
		}
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
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

	@Test
	void keepsValuesWhileTheServiceIsAway() {
		try (ConfigurableApplicationContext context = run(WithClient.class, "--imds.client.cache.time-to-live=0s")) {
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
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WebAndActuator.class)
			.run(arguments("--server.port=0", "--management.endpoints.web.exposure.include=*"))) {
			assertThat(context.getBean(ImdsClient.class)).isNotNull();
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void probedNamesCauseNoRequest() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WebAndActuatorThatBinds.class)
			.run(arguments("--server.port=0", "--management.endpoints.web.exposure.include=*",
					"--spring.application.name=orders-${imds.instance-id:local}",
					"--stage=${imds.tags.instance[Name]:dev}",
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
	void refusedConnectionsCostTheAttemptsOfOneCallAndNoNoise(CapturedOutput output) {
		URI endpoint = this.simulator.endpoint();
		this.simulator.close();
		try (ConfigurableApplicationContext context = run(Defaults.class, "--logging.level.io.github.imds=debug")) {
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
		try (ConfigurableApplicationContext context = run(Defaults.class)) {
			assertThat(context.getBean("instanceId")).isEqualTo("local");
		}
		assertThat(output).doesNotContainIgnoringCase("imds.client")
			.doesNotContain("169.254", "metadata", endpoint.toString());
	}

	@Test
	void canBeReadByManyThreads() {
		try (ConfigurableApplicationContext context = run(WithClient.class)) {
			assertThat(Stream.generate(() -> "imds.instance-id")
				.limit(64)
				.parallel()
				.map(context.getEnvironment()::getProperty)
				.distinct()).containsExactly(INSTANCE_ID);
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WebAndActuator {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties(Network.class)
	static class WebAndActuatorThatBinds {

	}

	@ConfigurationProperties("imds.network.primary")
	record Network(String subnetId) {

	}

}
