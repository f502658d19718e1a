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
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import com.github.tomakehurst.wiremock.client.WireMock;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
		Map<String, Object> everything = json(run("--no-token-cache")).actual();
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
	void printsCategoriesByTheirCanonicalPaths() {
		int status = run("--no-token-cache", "meta-data/placement/region", "meta-data/placement/",
				"/latest/meta-data/mac", "instance-id", "document");
		json(status)
			.containsOnlyKeys("meta-data/placement/region", "meta-data/placement", "meta-data/mac",
					"meta-data/instance-id", "dynamic/instance-identity/document")
			.containsEntry("meta-data/placement/region", "eu-west-1")
			.containsEntry("meta-data/placement",
					Map.of("availability-zone", "eu-west-1b", "availability-zone-id", "euw1-az2", "group-name",
							"orders-spread", "partition-number", 2, "region", "eu-west-1"))
			.containsEntry("meta-data/mac", "0a:1b:2c:3d:4e:5f")
			.containsEntry("meta-data/instance-id", "i-0123456789abcdef0");
	}

	@ParameterizedTest
	@CsvSource({ "region,meta-data/placement/region", "placement/region,meta-data/placement/region",
			"mac,meta-data/mac", "hostname,meta-data/hostname", "tags/instance/Name,meta-data/tags/instance/Name",
			"pkcs7,dynamic/instance-identity/pkcs7", "/latest/meta-data/mac/,meta-data/mac", "new,meta-data/new" })
	void findsCategoriesByTheirShortNames(String name, String path) {
		this.simulator.put("meta-data/new", "value");
		json(run("--no-token-cache", name)).containsOnlyKeys(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "info|meta-data/iam/info, meta-data/identity-credentials/ec2/info",
			"subnet-id|meta-data/network/interfaces/macs/{mac}/subnet-id", "''|names no category" })
	void ambiguousNamesAreErrors(String line) {
		String[] parts = line.split("\\|");
		assertThat(run("--no-token-cache", parts[0].replace("'", ""))).isEqualTo(2);
		assertThat(errors()).contains(parts[1]);
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void printsTheOthersIfACategoryIsAbsent() {
		assertThat(run("--no-token-cache", "kernel-id", "mac")).isEqualTo(1);
		json(0).containsEntry("meta-data/kernel-id", null).containsEntry("meta-data/mac", "0a:1b:2c:3d:4e:5f");
		assertThat(errors()).isEqualTo("imds: this instance has no meta-data/kernel-id\n");
		this.output.reset();
		assertThat(run("--no-token-cache", "-r", "kernel-id", "mac", "region")).isEqualTo(1);
		assertThat(output()).isEqualTo("0a:1b:2c:3d:4e:5f\neu-west-1\n");
	}

	@Test
	void printsTheOthersIfAValueCannotBeRead() {
		this.simulator.wireMock()
			.stubFor(WireMock.get("/latest/meta-data/mac").willReturn(WireMock.aResponse().withStatus(400)));
		assertThat(run("--no-token-cache", "-r", "mac", "region")).isEqualTo(1);
		assertThat(output()).isEqualTo("eu-west-1\n");
		assertThat(errors()).contains("400");
	}

	@Test
	void printsValuesAsTheServiceHasThem() {
		String document = "{ \"region\" : \"eu-west-1\",\n  \"odd\" : 1.00 }\n";
		this.simulator.put("dynamic/instance-identity/document", document);
		assertThat(run("--no-token-cache", "-r", "document", "security-groups", "ami-launch-index")).isZero();
		assertThat(output()).isEqualTo(document + "web\nssh from office\n0\n");
		this.output.reset();
		assertThat(run("--no-token-cache", "-r", "-E", "placement/(region|partition)")).isZero();
		assertThat(output()).hasLineCount(2).contains("eu-west-1\n", "2\n");
	}

	@Test
	void readsWhatTheCatalogueDoesNotKnow() {
		this.simulator.put("meta-data/new/thing", "value");
		json(run("--no-token-cache", "meta-data/new/thing")).isEqualTo(Map.of("meta-data/new/thing", "value"));
		this.output.reset();
		json(run("--no-token-cache", "meta-data/new/")).isEqualTo(Map.of("meta-data/new", Map.of("thing", "value")));
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
	void printsBinaryUserDataAsBase64() {
		this.simulator.put("user-data", new byte[] { 0x1f, (byte) 0x8b, 0 });
		json(run("--no-token-cache", "--show-secrets", "user-data"))
			.isEqualTo(Map.of("user-data", Map.of("base64", "H4sA")));
	}

	@Test
	void printsWhatMatches() {
		json(run("--no-token-cache", "-E", "placement/(region|partition)"))
			.isEqualTo(Map.of("meta-data/placement/region", "eu-west-1", "meta-data/placement/partition-number", 2));
		this.output.reset();
		json(run("--no-token-cache", "-E", "security-credentials/orders"))
			.isEqualTo(Map.of("meta-data/iam/security-credentials/orders-service", "******"));
		this.output.reset();
		json(run("--no-token-cache", "-E", "nothing")).isEqualTo(Map.of());
	}

	@Test
	void listsTheCatalogueWithoutARequest() {
		assertThat(list(run("-L")))
			.isEqualTo(Arrays.stream(MetadataCategory.values()).map(MetadataCategory::pattern).toList());
		this.output.reset();
		assertThat(list(run("-l", "^meta-data/spot")))
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
	void absentMetadataIsAFailure() {
		assertThat(run("--no-token-cache", "meta-data/kernel-id")).isEqualTo(1);
		this.simulator.remove("user-data");
		assertThat(run("--no-token-cache", "-U")).isEqualTo(1);
		assertThat(output()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-r", "--format env", "--format properties" })
	void leavesSecretsOutOfFormatsThatProgramsReadAsTheyAre(String format) {
		List<String> args = new ArrayList<>(List.of("--no-token-cache"));
		args.addAll(List.of(format.split(" ")));
		args.addAll(List.of("user-data", "mac", "iam/security-credentials/orders-service"));
		assertThat(run(args.toArray(String[]::new))).isEqualTo(1);
		assertThat(output()).contains("0a").doesNotContain("***", "ASIAFIXTURE", "never", "DB_PASSWORD");
		assertThat(errors()).contains("user-data is secret", "--show-secrets");
	}

	@Test
	void printsPropertiesThatJavaReads() throws Exception {
		this.simulator.tag("odd key:=#!", " \\a'b\nü\u2028 ");
		assertThat(run("--no-token-cache", "--format", "properties")).isZero();
		Properties properties = new Properties();
		properties.load(new StringReader(output()));
		assertThat(properties).containsEntry("meta-data/tags/instance/odd key:=#!", " \\a'b\nü\u2028 ")
			.containsEntry("meta-data/security-groups[1]", "ssh from office")
			.containsEntry("dynamic/instance-identity/document/region", "eu-west-1")
			.doesNotContainKey("meta-data/kernel-id")
			.doesNotContainKey("user-data");
	}

	@Test
	void printsVariablesThatAShellEvaluates() throws Exception {
		String value = "$(touch /tmp/x) `id` 'q' \\ \"d\"\nnext\n!";
		this.simulator.tag("Odd", value);
		assertThat(run("--no-token-cache", "--format", "env")).isZero();
		assertThat(output()).contains("IMDS_INSTANCE_ID='i-0123456789abcdef0'\n",
				"IMDS_DYNAMIC_INSTANCE_IDENTITY_DOCUMENT_ACCOUNT_ID='123456789012'\n");
		Process shell = new ProcessBuilder("sh", "-c",
				output() + "\nprintf '%s' \"$IMDS_TAGS_INSTANCE_ODD\"; printf '%s' \"$IMDS_SECURITY_GROUPS\"")
			.start();
		assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isEqualTo(value + "web\nssh from office");
	}

	@Test
	void leavesOutAVariableWhoseNameIsTaken() {
		this.simulator.tag("a-b", "first").tag("a_b", "second");
		assertThat(run("--no-token-cache", "--format", "env", "tags")).isZero();
		assertThat(output()).containsOnlyOnce("IMDS_TAGS_INSTANCE_A_B=");
		assertThat(errors()).contains("a-b", "a_b");
	}

	@Test
	void printsYaml() {
		assertThat(run("--no-token-cache", "--format", "yaml", "region", "ami-launch-index", "security-groups"))
			.isZero();
		assertThat(output()).isEqualTo("""
				meta-data/placement/region: "eu-west-1"
				meta-data/ami-launch-index: 0
				meta-data/security-groups:
				- "web"
				- "ssh from office"
				""");
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
			"--unknown|--unknown", "--debug|--debug", "-rx mac|x", "--raw=1 mac|--raw=1", "../mac|..",
			"--imds nowhere|endpoint", "-a mac|CATEGORY and -a", "-r|-r", "-r --format env mac|-r and --format",
			"--format xml mac|--format", "-E|E", "-E a -E b|-E", "--port 1 mac|--port", "serve mac|mac",
			"-L --format env|list" })
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
		assertThat(directory).isDirectoryContaining("glob:**.token");
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		run("--no-token-cache", "meta-data/mac");
		assertThat(this.simulator.tokenRequests()).isEqualTo(2);
	}

	@Test
	void asksTheNextEndpoint() {
		run("--no-token-cache", "--imds", "http://127.0.0.1:1," + this.simulator.endpoint(), "meta-data/mac");
		assertThat(output()).contains("0a:1b:2c:3d:4e:5f");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-a", "--all" })
	void printsEverythingOnRequest(String option) {
		json(run("--no-token-cache", option)).containsOnlyKeys("dynamic", "meta-data", "user-data");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-L -r", "--list-all --raw", "-Lr" })
	void listsTheCatalogueOneALine(String line) {
		assertThat(run(line.split(" "))).isZero();
		assertThat(output()).hasLineCount(MetadataCategory.values().length);
	}

	@Test
	void optionsMayFollowCategoriesAndAnythingMayFollowTwoHyphens() {
		assertThat(run("mac", "-r", "--no-token-cache", "--", "region")).isZero();
		assertThat(output()).hasLineCount(2);
	}

	@Test
	void theHelpNamesEveryOption() {
		for (CommandName command : CommandName.values()) {
			this.output.reset();
			assertThat((command == CommandName.READ) ? run("-h") : run(command.name().toLowerCase(Locale.ROOT), "-h"))
				.isZero();
			for (CommandOption option : CommandOption.values()) {
				if (option.isAllowedFor(command)) {
					assertThat(output()).contains(option.toString());
				}
			}
		}
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
	void jqReadsTheOutput(@TempDir Path directory) throws Exception {
		Assumptions.assumeTrue(Arrays.stream(System.getenv("PATH").split(":"))
			.anyMatch((path) -> Files.isExecutable(Path.of(path, "jq"))), "jq is not installed");
		run("--no-token-cache", "meta-data/placement/");
		Path file = Files.write(directory.resolve("output.json"), this.output.toByteArray());
		Process jq = new ProcessBuilder("jq", "-r", ".\"meta-data/placement\".\"partition-number\"", file.toString())
			.start();
		assertThat(new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("2\n");
	}

	private int run(String... args) {
		return run(false, args);
	}

	private int run(boolean terminal, String... args) {
		List<String> all = new ArrayList<>(List.of(args));
		if (!all.contains("--imds") && !all.contains("serve")) {
			all.addAll(0, List.of("--imds", this.simulator.endpoint().toString()));
		}
		return ImdsCommand.run(console(terminal), all.toArray(String[]::new));
	}

	private Console console(boolean terminal) {
		return new Console(this.output, new PrintStream(this.errors, true, StandardCharsets.UTF_8), terminal);
	}

	@SuppressWarnings("unchecked")
	private MapAssert<String, Object> json(int status) {
		assertThat(status).as(errors()).isZero();
		return assertThat((Map<String, Object>) JSON.readValue(this.output.toByteArray(), Map.class));
	}

	private List<?> list(int status) {
		assertThat(status).as(errors()).isZero();
		return JSON.readValue(this.output.toByteArray(), List.class);
	}

	private String output() {
		return this.output.toString(StandardCharsets.UTF_8);
	}

	private String errors() {
		return this.errors.toString(StandardCharsets.UTF_8);
	}

}
