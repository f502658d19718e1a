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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.client.RestClient;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for several application contexts, one after the other and one inside the other.
 */
class ContextsTests {

	private static final String ID = "i-0123456789abcdef0";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void childContextUsesTheClientOfItsParent() {
		try (ConfigurableApplicationContext parent = application().run()) {
			ImdsClient client = parent.getBean(ImdsClient.class);
			assertThat(parent.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
			try (ConfigurableApplicationContext child = application().parent(parent).run()) {
				assertThat(child.getBean(ImdsClient.class)).isSameAs(client);
				assertThat(child.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
				assertThat(child.getEnvironment().getProperty("imds.instance-type")).isEqualTo("m7g.large");
			}
			assertThat(client.get("meta-data/instance-id")).contains(ID);
			assertThat(parent.getEnvironment().getProperty("imds.instance-type")).isEqualTo("m7g.large");
		}
	}

	@Test
	void endpointOfAChildAppliesToItsPropertiesOnly() {
		try (ConfigurableApplicationContext parent = application().run();
				ImdsSimulator other = ImdsSimulator.builder().instanceId("i-0fffffffffffffff0").start();
				ConfigurableApplicationContext child = application().parent(parent)
					.run("--imds.client.endpoint=" + other.endpoint())) {
			assertThat(child.getEnvironment().getProperty("imds.instance-id")).isEqualTo("i-0fffffffffffffff0");
			assertThat(child.getBean(ImdsClient.class).get("meta-data/instance-id")).contains(ID);
			assertThat(parent.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
		}
	}

	@Test
	void environmentOfAClosedContextServesTheNextOne() {
		ConfigurableEnvironment environment;
		try (ConfigurableApplicationContext first = application().run()) {
			environment = first.getEnvironment();
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo(ID);
		}
		try (ConfigurableApplicationContext second = application().environment(environment).run()) {
			assertThat(second.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
			assertThat(second.getEnvironment().getProperty("imds.instance-type")).isEqualTo("m7g.large");
			assertThat(second.getBean(ImdsClient.class).get("meta-data/instance-id")).contains(ID);
		}
	}

	@Test
	void managementContextUsesTheClientOfTheApplication() {
		try (ConfigurableApplicationContext context = application().web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--management.server.port=0", "--management.endpoints.web.exposure.include=imds",
					"--management.endpoint.imds.show-values=always")) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
			String port = context.getEnvironment().getRequiredProperty("local.management.port");
			assertThat(port).isNotEqualTo(context.getEnvironment().getProperty("local.server.port"));
			assertThat(RestClient.create()
				.get()
				.uri("http://localhost:{port}/actuator/imds/meta-data/mac", port)
				.retrieve()
				.body(String.class)).contains("0a:1b:2c:3d:4e:5f");
			assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		}
	}

	@Test
	void childCanCloseBeforeItsSiblingStarts() {
		try (ConfigurableApplicationContext parent = application().run()) {
			for (int i = 0; i < 2; i++) {
				try (ConfigurableApplicationContext child = application().parent(parent).run()) {
					assertThat(child.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
				}
			}
			assertThat(parent.getEnvironment().getProperty("imds.instance-type")).isEqualTo("m7g.large");
			assertThat(parent.getBean(ImdsClient.class).get("meta-data/instance-id")).contains(ID);
		}
	}

	@Test
	void environmentServesContextAfterContext() {
		ConfigurableEnvironment environment = null;
		for (int i = 0; i < 3; i++) {
			SpringApplicationBuilder application = application();
			if (environment != null) {
				application.environment(environment);
			}
			try (ConfigurableApplicationContext context = application.run()) {
				environment = context.getEnvironment();
				this.simulator.tag("Round", String.valueOf(i));
				assertThat(environment.getProperty("imds.tags.instance[Round]")).isEqualTo(String.valueOf(i));
				assertThat(context.getBean(InstanceMetadata.class).instanceId()).isEqualTo(ID);
				assertThat(environment.getPropertySources().stream())
					.filteredOn((source) -> source.getName().equals("imds"))
					.hasSize(1);
			}
		}
	}

	@Test
	void environmentServesAContextWithOtherSettings() {
		ConfigurableEnvironment environment;
		try (ConfigurableApplicationContext first = application().run()) {
			environment = first.getEnvironment();
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo(ID);
		}
		try (ImdsSimulator other = ImdsSimulator.builder().instanceId("i-0fffffffffffffff0").start();
				ConfigurableApplicationContext second = application().environment(environment)
					.run("--imds.client.endpoint=" + other.endpoint())) {
			assertThat(environment.getProperty("imds.instance-id")).isEqualTo("i-0fffffffffffffff0");
			assertThat(second.getBean(ImdsClient.class).get("meta-data/instance-id")).contains("i-0fffffffffffffff0");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void environmentOfTwoContextsServesTheOneThatIsOpen(boolean closeFirst) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		ConfigurableApplicationContext first = application().environment(environment).run();
		ConfigurableApplicationContext second = application().environment(environment).run();
		assertThat(environment.getProperty("imds.instance-id")).isEqualTo(ID);
		(closeFirst ? first : second).close();
		try (ConfigurableApplicationContext open = closeFirst ? second : first) {
			assertThat(environment.getProperty("imds.instance-type")).isEqualTo("m7g.large");
			assertThat(open.getBean(ImdsClient.class).get("meta-data/instance-id")).contains(ID);
		}
		assertThat(environment.getProperty("imds.mac")).isNull();
		try (ConfigurableApplicationContext third = application().environment(environment).run()) {
			assertThat(third.getEnvironment().getProperty("imds.mac")).isNotNull();
		}
	}

	@Test
	void contextAfterContextLeavesNoThread() {
		for (int i = 0; i < 20; i++) {
			try (ConfigurableApplicationContext context = application().run()) {
				assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
				context.getBean(ImdsClient.class).everything();
			}
		}
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("imds"));
	}

	private SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "imds.client.endpoint=" + this.simulator.endpoint());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
