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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import io.github.imds.client.ImdsClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code spring.config.import=imds:} in an application that is really started.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsConfigDataTests extends AbstractImdsEnvironmentTests {

	private static final String TOKEN_REQUEST = "PUT /latest/api/token";

	@Test
	void importsEverything() throws IOException {
		try (ConfigurableApplicationContext context = runImporting("imds:")) {
			EnumerablePropertySource<?> snapshot = snapshot(context, "imds:");
			assertThat(snapshot.getPropertyNames()).contains("imds.instance-id", "imds.placement.partition-number",
					"imds.security-groups", "imds.tags.instance[team:cost.Center]", "imds.block-device-mapping[root]",
					"imds.network.interfaces.macs[0a:1b:2c:3d:4e:5f].subnet-id",
					"imds.network.interfaces.macs[0a:1b:2c:3d:4e:5f].ipv4-associations[203.0.113.25]",
					"imds.network.interfaces.macs[0a:1b:2c:3d:4e:60].device-number", "imds.network.primary.subnet-id",
					"imds.public-keys[0].name", "imds.public-keys[0].openssh-key", "imds.iam.info.instance-profile-arn",
					"imds.dynamic.fws.instance-monitoring", "imds.dynamic.instance-identity.document.account-id",
					"imds.account-id", "imds.region", "imds.architecture");
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo("i-0123456789abcdef0");
			assertThat(environment.getProperty("imds.placement.partition-number", int.class)).isEqualTo(2);
			assertThat(environment.getProperty("imds.security-groups", String[].class)).containsExactly("web",
					"ssh from office");
			assertThat(environment.getProperty("imds.network.primary.local-ipv4s")).isEqualTo("10.0.1.36,10.0.1.37");
			assertThat(environment.getProperty("imds.account-id")).isEqualTo("123456789012");
			assertThat(environment.containsProperty("imds.kernel-id")).isFalse();
		}
	}

	@Test
	void readsEachValueOnceWithOneTokenInTheWholeApplication() throws IOException {
		try (ConfigurableApplicationContext context = runImporting("imds:")) {
			List<String> requests = this.simulator.requests();
			assertThat(requests).doesNotHaveDuplicates().containsOnlyOnce(TOKEN_REQUEST);
			for (String name : snapshot(context, "imds:").getPropertyNames()) {
				assertThat(context.getEnvironment().getProperty(name)).as(name).isNotNull();
			}
			assertThat(context.getEnvironment().getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
			assertThat(this.simulator.requests()).hasSameSizeAs(requests);
			assertThat(context.getEnvironment().getProperty("imds.kernel-id")).isNull();
			assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
			assertThat(this.simulator.requests()).hasSize(requests.size() + 2);
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void importDoesNotChangeAnyProperty() throws IOException {
		this.simulator.put("meta-data/new/Thing", "unknown").put("meta-data/client/enabled", "false");
		Map<String, Object> imported = new LinkedHashMap<>();
		try (ConfigurableApplicationContext context = runImporting("imds:")) {
			EnumerablePropertySource<?> snapshot = snapshot(context, "imds:");
			for (String name : snapshot.getPropertyNames()) {
				imported.put(name, snapshot.getProperty(name));
			}
		}
		imported.keySet().removeIf((name) -> name.matches("imds\\.public-keys\\[.*]\\.name"));
		assertThat(imported.remove("imds.events.maintenance.scheduled")).isEqualTo("");
		assertThat(imported.remove("imds.events.maintenance.history")).isEqualTo("");
		write("application.yml", "");
		try (ConfigurableApplicationContext context = run(WithClient.class)) {
			assertThat(imported).hasSizeGreaterThan(100)
				.containsKeys("imds.meta-data.new[Thing]", "imds.meta-data.client.enabled")
				.allSatisfy((name, value) -> assertThat(context.getEnvironment().getProperty(name)).as(name)
					.isEqualTo(value));
		}
	}

	@Test
	void importsWhatIsBelowAPath() throws IOException {
		try (ConfigurableApplicationContext context = runImporting("imds:tags/instance")) {
			assertThat(snapshot(context, "imds:tags/instance").getPropertyNames()).containsExactlyInAnyOrder(
					"imds.tags.instance[Environment]", "imds.tags.instance[Name]", "imds.tags.instance[Owner]",
					"imds.tags.instance[aws:autoscaling:groupName]", "imds.tags.instance[team:cost.Center]");
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(6);
	}

	@ParameterizedTest
	@CsvSource({ "imds:dynamic, imds.dynamic.fws.instance-monitoring, imds.instance-id",
			"imds:dynamic/instance-identity/document, imds.account-id, imds.instance-id",
			"imds:meta-data, imds.instance-id, imds.account-id", "imds:meta-data/placement/, imds.placement.region, x",
			"imds:placement, imds.placement.region, imds.instance-id",
			"imds:placement/region, imds.placement.region, imds.placement.availability-zone",
			"imds:network/interfaces/macs/0a:1b:2c:3d:4e:5f, imds.network.interfaces.macs[0a:1b:2c:3d:4e:5f].vpc-id, x",
			"imds:public-keys/1, imds.public-keys[1].openssh-key, imds.public-keys[0].openssh-key" })
	void aPathIsBelowMetaDataUnlessItSaysOtherwise(String location, String present, String absent) throws IOException {
		try (ConfigurableApplicationContext context = runImporting(location)) {
			assertThat(snapshot(context, location).getPropertyNames()).contains(present).doesNotContain(absent);
		}
	}

	@Test
	void readsTheSettingsOfTheImportingFile() throws IOException {
		write("application.yml", """
				spring.config.import: imds:placement
				imds.client:
				  endpoint: %s
				  token.ttl: 1m
				""".formatted(this.simulator.endpoint()));
		try (ConfigurableApplicationContext context = application(WithClient.class).run(location())) {
			assertThat(context.getEnvironment().getProperty("imds.placement.region")).isEqualTo("eu-west-1");
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0123456789abcdef0");
			assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.wireMock().getAllServeEvents())
			.extracting((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token-ttl-seconds"))
			.contains("60");
	}

	@ParameterizedTest
	@CsvSource({ "imds.client.cache.time-to-live=1m, 1", "imds.client.version=2021-07-15, 1",
			"imds.client.token.ttl=1m, 2" })
	void keepsItsTokenWhenOtherSettingsComeLater(String setting, int tokenRequests) throws IOException {
		write("application.properties", """
				spring.config.import=imds:placement
				imds.client.endpoint=%s
				spring.profiles.active=later
				""".formatted(this.simulator.endpoint()));
		write("application-later.properties", setting);
		try (ConfigurableApplicationContext context = application(WithClient.class).run(location())) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0123456789abcdef0");
			assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(tokenRequests);
		assertThat(this.simulator.requests()).filteredOn((request) -> request.endsWith("placement/region")).hasSize(1);
	}

	@Test
	void isReadOnceHoweverOftenItIsImported() throws IOException {
		write("application.yml", """
				spring.config.import: imds:placement, imds:meta-data/placement/
				spring.profiles.active: other
				""");
		write("application-other.yml", "spring.config.import: optional:imds:placement");
		run(WithClient.class).close();
		assertThat(this.simulator.requests()).doesNotHaveDuplicates().contains("GET /latest/meta-data/placement/");
	}

	@Test
	void aSnapshotWinsOverTheDocumentThatImportsItAndLosesToWhatComesLater() throws IOException {
		write("application.yml", """
				spring.config.import: imds:placement
				spring.profiles.active: later
				imds.placement:
				  region: of the importing document
				  host-id: of the importing document
				---
				imds.placement.availability-zone: of a later document
				""");
		write("application-later.yml", "imds.placement.group-name: of a profile");
		try (ConfigurableApplicationContext context = run(WithClient.class, "--imds.placement.partition-number=7")) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.placement.region")).isEqualTo("eu-west-1");
			assertThat(environment.getProperty("imds.placement.host-id")).isEqualTo("of the importing document");
			assertThat(environment.getProperty("imds.placement.availability-zone")).isEqualTo("of a later document");
			assertThat(environment.getProperty("imds.placement.group-name")).isEqualTo("of a profile");
			assertThat(environment.getProperty("imds.placement.partition-number")).isEqualTo("7");
			assertThat(Binder.get(environment).bind("imds.placement", Bindable.mapOf(String.class, String.class)).get())
				.containsEntry("region", "eu-west-1")
				.containsEntry("availability-zone", "of a later document")
				.containsEntry("group-name", "of a profile")
				.containsEntry("partition-number", "7");
		}
	}

	@Test
	void anEnvironmentVariableWins() throws IOException {
		write("application.yml", "spring.config.import: imds:placement");
		StandardEnvironment variables = environment(Map.of("IMDS_PLACEMENT_REGION", "mine"));
		try (ConfigurableApplicationContext context = application(WithClient.class).environment(variables)
			.run(arguments())) {
			assertThat(context.getEnvironment().getProperty("imds.placement.region")).isEqualTo("mine");
		}
	}

	@Test
	void canBeImportedByAnArgument() {
		try (ConfigurableApplicationContext context = run(WithClient.class, "--spring.config.import=imds:placement")) {
			assertThat(snapshot(context, "imds:placement").getProperty("imds.placement.region")).isEqualTo("eu-west-1");
		}
	}

	@Test
	void doesNotChange() throws IOException {
		try (ConfigurableApplicationContext context = runImporting("imds:", "--imds.client.cache.time-to-live=0s")) {
			this.simulator.tag("Name", "changed");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance.Name")).isEqualTo("orders-7");
			assertThat(snapshot(context, "imds:")).isInstanceOfSatisfying(SnapshotPropertySource.class,
					(snapshot) -> assertThat(snapshot.isImmutable()).isTrue());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds:", "imds:iam" })
	void secretsAppearNowhere(String location, CapturedOutput output) throws IOException {
		StringBuilder known = new StringBuilder();
		try (ConfigurableApplicationContext context = runImporting(location, "--logging.level.root=trace")) {
			EnumerablePropertySource<?> snapshot = snapshot(context, location);
			for (String name : snapshot.getPropertyNames()) {
				known.append(name).append('=').append(snapshot.getProperty(name)).append('\n');
			}
		}
		assertThat(known.toString()).contains("imds.iam.info.instance-profile-arn")
			.doesNotContain("security-credentials", "user-data");
		assertThat(known + output.toString()).contains("TRACE")
			.doesNotContain("ASIAFIXTURE", "never/show/me", "never-show-me", "DB_PASSWORD");
		assertThat(this.simulator.requests()).noneMatch((request) -> request.contains("security-credentials"))
			.noneMatch((request) -> request.contains("user-data"));
	}

	@Test
	void worksWhereOnlyConfigDataIsRead() throws IOException {
		write("application.yml", """
				spring.config.import: imds:placement
				imds.client.endpoint: %s
				""".formatted(this.simulator.endpoint()));
		new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
			.withSystemProperties("spring.config.location=file:" + this.config + "/")
			.run((context) -> assertThat(context.getEnvironment().getProperty("imds.placement.region"))
				.isEqualTo("eu-west-1"));
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds:", "optional:imds:", "imds:tags/instance" })
	void importsNothingWhileTheApplicationIsProcessedAheadOfTime(String location) throws IOException {
		write("application.yml", """
				spring.config.import: '%s'
				imds.client.endpoint: ${SET_WHERE_IT_RUNS}
				""".formatted(location));
		System.setProperty("spring.aot.processing", "true");
		try (ConfigurableApplicationContext context = application(Nothing.class).run(location())) {
			assertThat(context.getEnvironment().getPropertySources()).extracting("name").doesNotContain(location);
		}
		finally {
			System.clearProperty("spring.aot.processing");
		}
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
