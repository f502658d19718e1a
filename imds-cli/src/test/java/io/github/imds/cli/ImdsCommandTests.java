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
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.category.MetadataCategory;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsCommand}.
 */
class ImdsCommandTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	@SuppressWarnings("unchecked")
	void printsEverythingWithoutSecrets() {
		Map<String, Object> everything = (Map<String, Object>) json(run("--no-token-cache"));
		assertThat(everything).containsOnlyKeys("dynamic", "meta-data", "user-data")
			.containsEntry("user-data", "******");
		assertThat((Map<String, Object>) everything.get("meta-data"))
			.containsEntry("instance-id", "i-0123456789abcdef0")
			.containsEntry("ami-launch-index", 0)
			.containsEntry("kernel-id", null)
			.containsEntry("security-groups", List.of("web", "ssh from office"))
			.extractingByKey("iam")
			.asString()
			.contains("security-credentials={orders-service=******}", "AIPAABCDEFGHIJKLMN123");
		assertThat(output()).doesNotContain("ASIAFIXTURE", "never", "DB_PASSWORD");
		assertThat(errors()).isEmpty();
	}

	@Test
	void printsCategoriesByTheirPaths() {
		int status = run("--no-token-cache", "meta-data/placement/region", "meta-data/kernel-id",
				"meta-data/placement/", "/latest/meta-data/mac");
		assertThat(json(status)).isEqualTo(JSON.readValue("""
				{
				  "meta-data/placement/region": "eu-west-1",
				  "meta-data/kernel-id": null,
				  "meta-data/placement/": {
				    "availability-zone": "eu-west-1b",
				    "availability-zone-id": "euw1-az2",
				    "group-name": "orders-spread",
				    "partition-number": 2,
				    "region": "eu-west-1"
				  },
				  "/latest/meta-data/mac": "0a:1b:2c:3d:4e:5f"
				}""", Object.class));
	}

	@Test
	void readsWhatTheCatalogueDoesNotKnow() {
		this.simulator.put("meta-data/new/thing", "value");
		assertThat(json(run("--no-token-cache", "meta-data/new/thing")))
			.isEqualTo(Map.of("meta-data/new/thing", "value"));
		this.output.reset();
		assertThat(json(run("--no-token-cache", "meta-data/new/")))
			.isEqualTo(Map.of("meta-data/new/", Map.of("thing", "value")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/iam/security-credentials/orders-service",
			"meta-data/iam/security-credentials/orders-service/", "/latest/meta-data/iam/security-credentials/",
			"meta-data/identity-credentials", "user-data", "/user-data", "latest/user-data" })
	void masksSecretsHoweverTheyAreSpelled(String category) {
		assertThat(run("--no-token-cache", category, "meta-data/mac")).isZero();
		assertThat(output()).doesNotContain("ASIAFIXTURE", "never", "DB_PASSWORD").contains("0a:1b");
	}

	@Test
	void showsSecretsOnRequest() {
		run("--no-token-cache", "--show-secrets", "meta-data/iam/security-credentials", "user-data");
		assertThat(output()).contains("ASIAFIXTUREROLE00001", "DB_PASSWORD=fixture-user-data-secret");
	}

	@Test
	void printsUserDataThatIsNoTextAsBase64() {
		this.simulator.put("user-data", new byte[] { 0x1f, (byte) 0x8b, 0 });
		assertThat(json(run("--no-token-cache", "--show-secrets", "user-data")))
			.isEqualTo(Map.of("user-data", Map.of("base64", "H4sA")));
	}

	@Test
	void printsWhatMatches() {
		assertThat(json(run("--no-token-cache", "-E", "placement/(region|partition)")))
			.isEqualTo(Map.of("meta-data/placement/region", "eu-west-1", "meta-data/placement/partition-number", 2));
		this.output.reset();
		assertThat(json(run("--no-token-cache", "-E", "security-credentials/orders")))
			.isEqualTo(Map.of("meta-data/iam/security-credentials/orders-service", "******"));
		this.output.reset();
		assertThat(json(run("--no-token-cache", "-E", "nothing"))).isEqualTo(Map.of());
	}

	@Test
	void listsTheCatalogueWithoutARequest() {
		assertThat(json(run("-L")))
			.isEqualTo(Arrays.stream(MetadataCategory.values()).map(MetadataCategory::pattern).toList());
		this.output.reset();
		assertThat(json(run("-l", "^meta-data/spot")))
			.isEqualTo(List.of("meta-data/spot/instance-action", "meta-data/spot/termination-time"));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void writesUserDataByteForByte() {
		byte[] bytes = new byte[70_000];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i * 7);
		}
		this.simulator.put("user-data", bytes);
		assertThat(run("--no-token-cache", "-U")).isZero();
		assertThat(this.output.toByteArray()).isEqualTo(bytes);
	}

	@Test
	void writesNoUserDataToATerminal() {
		assertThat(run(true, "--no-token-cache", "-U")).isEqualTo(2);
		assertThat(errors()).contains("terminal");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void absentMetadataIsAFailureIfNothingElseWasAsked() {
		assertThat(run("--no-token-cache", "meta-data/kernel-id")).isEqualTo(1);
		assertThat(errors()).isEqualToIgnoringNewLines("imds: this instance has no meta-data/kernel-id");
		this.simulator.remove("user-data");
		assertThat(run("--no-token-cache", "-U")).isEqualTo(1);
		assertThat(output()).isEmpty();
	}

	@Test
	void aServiceThatDoesNotAnswerIsAFailureWithoutAStackTrace() {
		this.simulator.enabled(false);
		assertThat(run("--no-token-cache", "meta-data/mac")).isEqualTo(1);
		assertThat(errors()).contains("--http-endpoint enabled").doesNotContain("\tat ");
		assertThat(output()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-E a -L|-E and -L", "-L -l a|-L and -l", "-U meta-data/mac|CATEGORY and -U",
			"-E a meta-data/mac|CATEGORY and -E", "-l a -U|-l and -U", "-t x --no-token-cache|--no-token-cache",
			"--simulate|--simulate", "-E [|-E", "--timeout soon|--timeout", "--timeout 0|timeout",
			"--unknown|--unknown", "../mac|..", "--imds nowhere|endpoint" })
	void wrongArgumentsAreNamed(String line) {
		String[] parts = line.split("\\|");
		assertThat(run(parts[0].split(" "))).isEqualTo(2);
		assertThat(errors()).contains(parts[1]).contains("try --help").doesNotContain("\tat ");
		assertThat(output()).isEmpty();
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void keepsTheTokenInTheDirectory(@TempDir Path directory) {
		run("-t", directory.toString(), "meta-data/mac");
		run("-t", directory.toString(), "meta-data/mac");
		assertThat(directory).isDirectoryContaining("glob:**.json");
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		run("--no-token-cache", "meta-data/mac");
		assertThat(this.simulator.tokenRequests()).isEqualTo(2);
	}

	@Test
	void asksTheNextEndpoint() {
		ImdsCommand.run(console(false), "--no-token-cache", "--imds", "http://127.0.0.1:1," + this.simulator.endpoint(),
				"meta-data/mac");
		assertThat(output()).contains("0a:1b:2c:3d:4e:5f");
	}

	@Test
	void showsHelpAndVersion() {
		assertThat(run("-h")).isZero();
		assertThat(output()).contains("Usage: imds", "--simulate");
		assertThat(run("-V")).isZero();
		assertThat(output()).contains("imds ");
		assertThat(errors()).isEmpty();
	}

	@Test
	void theProcessSimulatesAnInstanceAndWritesNothingButJson() throws Exception {
		Process process = process("--simulate", "-v", "--timeout", "30", "meta-data/instance-id");
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(errors).isZero();
		assertThat(JSON.readValue(output, Object.class))
			.isEqualTo(Map.of("meta-data/instance-id", "i-0123456789abcdef0"));
		assertThat(errors).contains("GET http://127.0.0.1:", "/latest/meta-data/instance-id answered 200");
	}

	@Test
	void aPipeThatClosesEarlyIsNoStackTrace() throws Exception {
		this.simulator.put("user-data", new byte[900_000]);
		Process process = process("--imds", this.simulator.endpoint().toString(), "--no-token-cache", "-U");
		try (InputStream stream = process.getInputStream()) {
			assertThat(stream.read()).isZero();
		}
		String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(errors).isEmpty();
	}

	@Test
	void jqReadsTheOutput(@TempDir Path directory) throws Exception {
		Assumptions.assumeTrue(Arrays.stream(System.getenv("PATH").split(":"))
			.anyMatch((path) -> Files.isExecutable(Path.of(path, "jq"))), "jq is not installed");
		run("--no-token-cache", "meta-data/placement/");
		Path file = Files.write(directory.resolve("output.json"), this.output.toByteArray());
		Process jq = new ProcessBuilder("jq", "-r", ".\"meta-data/placement/\".\"partition-number\"", file.toString())
			.start();
		assertThat(new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("2\n");
	}

	private static Process process(String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), ImdsCommand.class.getName()));
		command.addAll(List.of(args));
		return new ProcessBuilder(command).start();
	}

	private int run(String... args) {
		return run(false, args);
	}

	private int run(boolean terminal, String... args) {
		List<String> all = new ArrayList<>(List.of(args));
		if (!all.contains("--imds")) {
			all.addAll(0, List.of("--imds", this.simulator.endpoint().toString()));
		}
		return ImdsCommand.run(console(terminal), all.toArray(String[]::new));
	}

	private Console console(boolean terminal) {
		return new Console(new PrintStream(this.output, true, StandardCharsets.UTF_8),
				new PrintStream(this.errors, true, StandardCharsets.UTF_8), terminal);
	}

	private Object json(int status) {
		assertThat(status).as(errors()).isZero();
		return JSON.readValue(this.output.toByteArray(), Object.class);
	}

	private String output() {
		return this.output.toString(StandardCharsets.UTF_8);
	}

	private String errors() {
		return this.errors.toString(StandardCharsets.UTF_8);
	}

}
