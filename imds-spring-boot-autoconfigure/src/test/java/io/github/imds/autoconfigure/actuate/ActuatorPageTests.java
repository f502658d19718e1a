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

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.GeneratedFile;
import io.github.imds.autoconfigure.actuate.TestServer.Answer;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code docs/actuator.md}, whose responses are those of an application.
 */
class ActuatorPageTests {

	private static final Pattern RESPONSE = Pattern
		.compile("(<!-- (GET|hidden GET|disabled GET) (/\\S+) -->\n```json\n).*?(```\n)", Pattern.DOTALL);

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final GeneratedFile file = new GeneratedFile(Path.of("../docs/actuator.md"));

	@Test
	void responsesAreReal() throws IOException {
		try (ImdsSimulator simulator = ImdsSimulator.builder().tree(instance()).start();
				TestServer shown = start(simulator, "management.endpoint.imds.show-values=always");
				TestServer hidden = start(simulator, "management.endpoint.imds.show-values=never");
				TestServer disabled = start(simulator, "imds.client.enabled=false")) {
			Map<String, TestServer> servers = Map.of("GET", shown, "hidden GET", hidden, "disabled GET", disabled);
			Matcher matcher = RESPONSE.matcher(this.file.read());
			String page = matcher.replaceAll((match) -> Matcher.quoteReplacement(match.group(1)
					+ response(servers.get(match.group(2)), match.group(3), simulator) + "\n" + match.group(4)));
			assertThat(matcher.reset().results()).hasSizeGreaterThan(6);
			this.file.assertHolds(page);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Amazon EC2", "LENOVO" })
	void reasonsAreReal(String vendor, @TempDir Path root) throws IOException {
		Path file = root.resolve("sys/class/dmi/id/sys_vendor");
		Files.createDirectories(file.getParent());
		Files.writeString(file, vendor);
		assertReason(ImdsClient.builder().detectHardware(root));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void reasonOfUnknownHardwareIsReal(@TempDir Path root) throws IOException {
		assertReason(ImdsClient.builder().detectHardware(root));
	}

	@Test
	void reasonOfAnEndpointIsReal() throws IOException {
		assertReason(ImdsClient.builder().endpoints(URI.create("http://127.0.0.1:1338")));
	}

	private void assertReason(ImdsClientBuilder builder) throws IOException {
		assertThat(this.file.read()).contains("`" + builder.detect().reason() + "`");
	}

	private static TestServer start(ImdsSimulator simulator, String property) {
		return TestServer.start(simulator, WebApplicationType.SERVLET, property,
				"management.endpoint.health.show-details=always", "management.info.imds.enabled=true");
	}

	/**
	 * Return what a server answers, as it would on an instance at a certain time.
	 */
	private static String response(TestServer server, String path, ImdsSimulator simulator) {
		Answer answer = server.get(path);
		assertThat(answer.status()).as(path).isEqualTo(200);
		DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
				Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
			.withObjectIndenter(indenter)
			.withArrayIndenter(indenter);
		return MAPPER.writer()
			.with(printer)
			.writeValueAsString(answer.json())
			.replace(simulator.endpoint().toString(), "http://169.254.169.254")
			.replaceAll("(\"tokenExpiresAt\": )\"[^\"]*\"", "$1\"2026-03-01T16:00:00Z\"");
	}

	private static Map<String, String> instance() {
		Map<String, String> tree = new LinkedHashMap<>();
		tree.put("dynamic/instance-identity/document", """
				{
				  "accountId": "123456789012",
				  "architecture": "arm64",
				  "availabilityZone": "eu-west-1b",
				  "imageId": "ami-0a887e401f7654935",
				  "instanceId": "i-0123456789abcdef0",
				  "instanceType": "m7g.large",
				  "pendingTime": "2026-03-01T09:58:43Z",
				  "privateIp": "10.0.1.36",
				  "region": "eu-west-1",
				  "version": "2017-09-30"
				}""");
		tree.put("meta-data/ami-id", "ami-0a887e401f7654935");
		tree.put("meta-data/iam/security-credentials/orders-service", "{}");
		tree.put("meta-data/instance-id", "i-0123456789abcdef0");
		tree.put("meta-data/instance-type", "m7g.large");
		tree.put("meta-data/placement/availability-zone", "eu-west-1b");
		tree.put("meta-data/placement/region", "eu-west-1");
		tree.put("meta-data/security-groups", "web\nssh from office");
		tree.put("meta-data/tags/instance/Name", "orders-7");
		tree.put("meta-data/tags/instance/api-token", "a secret");
		tree.put("user-data", "#!/bin/bash\nsystemctl start orders\n");
		return tree;
	}

}
