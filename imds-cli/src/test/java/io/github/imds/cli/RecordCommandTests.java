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

package io.github.imds.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecordCommand}.
 */
class RecordCommandTests {

	private static final String DOCUMENT = "dynamic/instance-identity/document";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> record(String... options) {
		List<String> args = new ArrayList<>(
				List.of("record", "--no-token-cache", "--imds", this.simulator.endpoint().toString()));
		args.addAll(Arrays.asList(options));
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int status = ImdsCommand.run(new Console(output, new PrintStream(errors, true), false),
				args.toArray(String[]::new));
		assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
		assertThat(status).isZero();
		return JsonMapper.shared().readValue(output.toByteArray(), Map.class);
	}

	@Test
	void aFileThatCannotBeWrittenIsNamedWithTheReason(@TempDir Path directory) {
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		String file = directory.resolve("none").resolve("instance.json").toString();
		int status = ImdsCommand.run(new Console(new ByteArrayOutputStream(), new PrintStream(errors, true), false),
				"record", "--no-token-cache", "--imds", this.simulator.endpoint().toString(), "-o", file);
		assertThat(status).isEqualTo(1);
		assertThat(errors.toString(StandardCharsets.UTF_8)).contains(file, "directory does not exist");
	}

	@Test
	void recordsNothingThatIdentifiesTheInstance() {
		String text = record().toString();
		String original = record("--keep-names").toString();
		for (String form : List.of("\\b\\d{12}\\b", "\\b[a-z]+-[0-9a-f]{17}\\b", "\\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\\b",
				"ssh-\\w+ \\S+", "\\b10(\\.\\d+){3}(?!/)\\b", "\\bA[A-Z]{2}A[A-Z0-9]{12,}\\b")) {
			Set<String> originals = matches(form, original);
			originals.remove("ASIAMADEUPMADEUP0001");
			assertThat(originals).as(form).isNotEmpty();
			assertThat(text).as(form).doesNotContain(originals);
		}
		assertThat(text).doesNotContain("orders", "ASIAFIXTURE", "never", "DB_PASSWORD", "ssh from office")
			.contains("eu-west-1b", "m7g.large");
	}

	private static Set<String> matches(String regex, String text) {
		return Pattern.compile(regex)
			.matcher(text)
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toCollection(HashSet::new));
	}

	@Test
	void replacesTheSameValueByTheSameEverywhere() {
		this.simulator.put("meta-data/new", "arn:aws:sqs:eu-west-1:123456789012:queue, 10.0.1.36, 123456789012345");
		Map<String, Object> recorded = record();
		String document = recorded.get(DOCUMENT).toString();
		String account = matches("(?<=\"accountId\" : \")\\d{12}", document).iterator().next();
		assertThat(account).isNotEqualTo("123456789012");
		String mac = recorded.get("meta-data/mac").toString();
		String address = recorded.get("meta-data/local-ipv4").toString();
		assertThat(recorded.get("meta-data/iam/info").toString()).contains(":" + account + ":instance-profile/role-1");
		assertThat(recorded).containsKey("meta-data/iam/security-credentials/role-1")
			.containsEntry("meta-data/network/interfaces/macs/" + mac + "/owner-id", account)
			.containsEntry("meta-data/new",
					"arn:aws:sqs:eu-west-1:" + account + ":queue, " + address + ", 123456789012345")
			.containsEntry("meta-data/hostname", "ip-" + address.replace('.', '-') + ".eu-west-1.compute.internal");
		assertThat(document).contains("\"privateIp\" : \"" + address + "\"",
				"\"instanceId\" : \"" + recorded.get("meta-data/instance-id") + "\"");
		String subnet = recorded.get("meta-data/network/interfaces/macs/" + mac + "/subnet-ipv4-cidr-block").toString();
		assertThat(subnet).endsWith(".0/24");
		assertThat(address).startsWith(subnet.substring(0, subnet.length() - "0/24".length()));
	}

	@Test
	void replacesHostNamesOfTheOwnersDomain() {
		this.simulator.put("meta-data/hostname", "web1.corp.acme.com")
			.put("meta-data/local-hostname", "web1.corp.acme.com ip-10-0-1-36.corp.acme.com");
		Map<String, Object> recorded = record();
		assertThat(recorded.toString()).doesNotContain("acme", "web1");
		assertThat(recorded.get("meta-data/local-hostname").toString())
			.startsWith(recorded.get("meta-data/hostname").toString());
	}

	@Test
	void recordsUserDataOnRequestOnly() {
		this.simulator.put("user-data", new byte[] { 0x1f, (byte) 0x8b, 0 });
		assertThat(record()).doesNotContainKey("user-data");
		assertThat(record("-U")).containsEntry("user-data", Map.of("base64", "H4sA"));
	}

	@Test
	void recordsCredentialsOnRequestOnly() {
		assertThat(record("--keep-names").toString()).doesNotContain("ASIAFIXTURE", "never");
		assertThat(this.simulator.requests()).noneMatch((request) -> request.endsWith("/orders-service"));
		assertThat(record("--show-secrets").toString()).contains("ASIAFIXTUREROLE00001");
	}

	@Test
	void replaysTheSameTreeButForWhatWasReplaced() {
		Map<String, Object> recorded = record();
		Map<String, String> bodies = recorded.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().toString()));
		try (ImdsSimulator replay = ImdsSimulator.builder().tree(bodies).start();
				ImdsClient original = ImdsClient.builder().endpoints(this.simulator.endpoint()).build();
				ImdsClient replayed = ImdsClient.builder().endpoints(replay.endpoint()).build()) {
			assertThat(shape(replayed.tree(""))).isEqualTo(shape(original.tree("")));
		}
	}

	/**
	 * Return the types of a tree, without its names and values.
	 */
	private static String shape(Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.values().stream().map(RecordCommandTests::shape).sorted().toList().toString();
		}
		return (value != null) ? value.getClass().getSimpleName() : "null";
	}

}
