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

package io.github.imds.autoconfigure.actuate;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.imds.autoconfigure.actuate.TestServer.Answer;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ReadOption;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no endpoint and no log line shows a secret, even if all are told to show
 * everything, after the application has read all there is.
 */
@ExtendWith(OutputCaptureExtension.class)
class ActuatorSecretsTests {

	private static final String[] SECRETS = { "never-show-me", "never/show/me", "ASIAFIXTURE", "DB_PASSWORD",
			"fixture-user-data-secret", "hunter2" };

	private final ImdsSimulator simulator = ImdsSimulator.builder()
		.put("meta-data/tags/instance/db-password", "hunter2")
		.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void nothingSecretIsShownOrLogged(CapturedOutput output) {
		Map<String, String> bodies;
		try (TestServer server = TestServer.start(Application.class, this.simulator, WebApplicationType.SERVLET,
				TestServer.WITHOUT_SECURITY, "logging.level.root=trace", "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=*", "management.endpoint.imds.show-values=always",
				"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always",
				"management.endpoint.health.show-details=always", "management.info.imds.enabled=true",
				"management.info.env.enabled=true", "spring.application.name=${imds.tags.instance[Name]}")) {
			readEverything(server);
			bodies = crawl(server);
			assertThat(server.get("/actuator/imds/user-data").body()).contains("DB_PASSWORD");
		}
		assertThat(bodies.keySet()).contains("/actuator/env", "/actuator/configprops", "/actuator/imds",
				"/actuator/beans", "/actuator/health", "/actuator/info", "/actuator/metrics", "/actuator/httpexchanges",
				"/actuator/loggers", "/actuator/mappings", "/actuator/conditions", "/actuator/threaddump");
		assertThat(bodies.get("/actuator/imds")).contains("m7g.large", "orders-7");
		Set<String> tokens = tokens();
		assertThat(tokens).isNotEmpty();
		assertThat(bodies).allSatisfy((path, body) -> assertThat(body).doesNotContain(SECRETS).doesNotContain(tokens));
		assertThat(output.toString()).contains("TRACE").doesNotContain(SECRETS).doesNotContain(tokens);
	}

	private static void readEverything(TestServer server) {
		ImdsClient client = server.context().getBean(ImdsClient.class);
		assertThat(client.everything(ReadOption.INCLUDE_SENSITIVE).toString()).contains("ASIAFIXTURE", "hunter2");
		assertThat(client.get("user-data")).get().asString().contains("DB_PASSWORD");
		assertThat(server.context().getBean(InstanceMetadata.class).credentials()).isPresent();
	}

	/**
	 * Get all links of the Actuator, with values for their templates.
	 */
	private static Map<String, String> crawl(TestServer server) {
		List<String> paths = new ArrayList<>(List.of("/actuator/imds?pattern=**/security-credentials/**",
				"/actuator/imds/meta-data", "/actuator/imds/meta-data/iam",
				"/actuator/imds/meta-data/iam/security-credentials",
				"/actuator/imds/meta-data/iam/security-credentials/orders-service",
				"/actuator/imds/meta-data/identity-credentials/ec2/security-credentials/ec2-instance",
				"/actuator/imds/meta-data/tags/instance/db-password", "/actuator/health/imds",
				"/actuator/configprops/imds", "/actuator/env/imds.client.endpoint", "/actuator/env/imds.instance-id",
				"/actuator/env/imds.user-data", "/actuator/env/imds.tags.instance%5BName%5D"));
		children(server.get("/actuator").json().get("_links")).forEach((name, link) -> {
			if (!name.equals("heapdump") && Boolean.FALSE.equals(children(link).get("templated"))) {
				paths.add(URI.create((String) children(link).get("href")).getPath());
			}
		});
		((List<?>) server.get("/actuator/metrics").json().get("names"))
			.forEach((name) -> paths.add("/actuator/metrics/" + name));
		Map<String, String> bodies = new LinkedHashMap<>();
		for (String path : paths) {
			Answer answer = server.get(path);
			assertThat(answer.status()).as(path).isIn(200, 404);
			bodies.put(path, answer.body());
		}
		return bodies;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> children(Object json) {
		return (Map<String, Object>) json;
	}

	private Set<String> tokens() {
		return this.simulator.wireMock()
			.getAllServeEvents()
			.stream()
			.map((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token"))
			.filter((token) -> token != null)
			.collect(Collectors.toSet());
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestServer.Application.class)
	static class Application {

		@Bean
		HttpExchangeRepository httpExchangeRepository() {
			return new InMemoryHttpExchangeRepository();
		}

	}

}
