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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.cli.InstalledCommand.Result;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the launcher and the distribution archive.
 */
class InstalledCommandIT {

	private static final String ID = "i-0123456789abcdef0\n";

	private static final String ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

	private static final Path NO_DIRECTORY = Path.of("/dev/null/cache");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private InstalledCommand command;

	@BeforeEach
	void useSimulator() {
		this.command = ready(InstalledCommand.ofBuild());
	}

	@AfterEach
	void close() {
		this.simulator.close();
	}

	private InstalledCommand ready(InstalledCommand command) {
		return command.with("XDG_CACHE_HOME", NO_DIRECTORY).with(ENDPOINT, this.simulator.endpoint());
	}

	@Test
	void runsFromAnUnpackedArchiveWhosePathHasSpaces() throws IOException {
		InstalledCommand unpacked = ready(InstalledCommand.unpack(this.directory.resolve("a b/c")));
		assertThat(unpacked.run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
		assertThat(unpacked.run("-V").output()).startsWith("imds ").doesNotContain("not packaged");
		assertThat(unpacked.run("--simulate", "-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
	}

	@Test
	void runsByASymbolicLink() throws IOException {
		Path first = Files.createSymbolicLink(this.directory.resolve("first"),
				InstalledCommand.DISTRIBUTION.resolve("bin/imds"));
		Path link = Files.createSymbolicLink(this.directory.resolve("imds"), first.getFileName());
		assertThat(ready(InstalledCommand.of(link)).run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
	}

	@Test
	void runsWithoutHomeAndWithoutJavaHome() {
		assertThat(this.command.with("XDG_CACHE_HOME", null).with("JAVA_HOME", null).run("-r", "instance-id"))
			.isEqualTo(new Result(0, ID, ""));
	}

	@Test
	void theExecutableJarRuns() {
		Result result = this.command.shell("\"$JAVA_HOME/bin/java\" -jar '%s' -r --no-token-cache instance-id"
			.formatted(InstalledCommand.DISTRIBUTION.resolve("imds-cli.jar")));
		assertThat(result).isEqualTo(new Result(0, ID, ""));
	}

	@Test
	void doesNotTakeTheOptionsOfOtherPrograms() {
		assertThat(this.command.with("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC").run("-r", "instance-id"))
			.isEqualTo(new Result(0, ID, ""));
	}

	@Test
	void reportsMissingJava() throws IOException {
		Path programs = Files.createDirectory(this.directory.resolve("bin"));
		for (String name : List.of("sh", "readlink")) {
			Files.createSymbolicLink(programs.resolve(name), Path.of("/bin", name));
		}
		Result result = this.command.with("JAVA_HOME", null).with("PATH", programs).run("-r", "instance-id");
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.errors()).hasLineCount(1).contains("Java 17 or later", "PATH");
	}

	@Test
	void saysThatJavaHomeIsWrong() {
		Result result = this.command.with("JAVA_HOME", this.directory).run("-r", "instance-id");
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.errors()).hasLineCount(1).contains("JAVA_HOME", this.directory.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "11.0.22", "1.8.0_392" })
	void saysThatJavaIsTooOld(String version) throws IOException {
		Path java = Files.createDirectory(this.directory.resolve("bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\nexit 3\n");
		assertThat(java.toFile().setExecutable(true)).isTrue();
		Files.writeString(this.directory.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
		Result result = this.command.with("JAVA_HOME", this.directory).run("-r", "instance-id");
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.errors()).hasLineCount(1).contains("Java 17 or later", version);
	}

	@Test
	void oneValueIsOneLine() {
		assertThat(this.command.shell("imds -r instance-id | wc -l").output()).isEqualToIgnoringWhitespace("1");
	}

	@Test
	void aPipeThatClosesEarlyIsSilent() {
		this.simulator.put("user-data", new byte[900_000]);
		assertThat(this.command.shell("imds -U | head -c 1 | wc -c")).satisfies((result) -> {
			assertThat(result.errors()).isEmpty();
			assertThat(result.output()).isEqualToIgnoringWhitespace("1");
		});
	}

	@Test
	void outputThatCannotBeWrittenIsAFailure() {
		Result result = this.command.shell("imds -r instance-id >/dev/full");
		assertThat(result.status()).isEqualTo(1);
		assertThat(result.errors()).hasLineCount(1).contains("No space left");
	}

	@Test
	void logsRequestsToStandardErrorOnly() {
		Result result = this.command.run("-v", "-r", "--no-token-cache", "instance-id");
		assertThat(result.output()).isEqualTo(ID);
		assertThat(result.errors()).contains("/latest/meta-data/instance-id");
	}

	@Test
	void isFasterFromAnArchiveThatTheFirstCommandLeaves() throws IOException {
		Path cache = this.directory.resolve("cache");
		this.command.with("XDG_CACHE_HOME", cache);
		assertThat(this.command.run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
		Path archive = awaitArchive(cache);
		this.command.with("IMDS_JAVA_OPTS", "-Xlog:class+load");
		assertThat(this.command.run("-r", "instance-id").output().lines())
			.filteredOn((line) -> line.contains("io.github.imds.cli.ImdsCommand "))
			.singleElement()
			.asString()
			.contains("shared objects file");
		this.command.with("IMDS_JAVA_OPTS", null);
		damage(archive);
		assertThat(this.command.run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
		Files.write(archive, new byte[0]);
		assertThat(this.command.run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
		awaitArchive(cache);
	}

	@Test
	void makesTheArchiveAnewOnceAnyJarIsReplaced() throws IOException {
		Path cache = this.directory.resolve("cache");
		InstalledCommand unpacked = ready(InstalledCommand.unpack(this.directory.resolve("replaced")))
			.with("XDG_CACHE_HOME", cache);
		assertThat(unpacked.run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
		Path archive = awaitArchive(cache);
		Instant made = Instant.now().minus(Duration.ofDays(1));
		Files.setLastModifiedTime(archive, FileTime.from(made));
		for (Path jar : unpacked.jars()) {
			boolean replaced = jar.getFileName().toString().startsWith("commons-cli");
			Files.setLastModifiedTime(jar, FileTime.from(replaced ? made.plusSeconds(60) : made.minusSeconds(60)));
		}
		assertThat(unpacked.run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
		Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.until(() -> Files.getLastModifiedTime(archive).toInstant().isAfter(made.plusSeconds(60)));
		awaitArchive(cache);
	}

	@Test
	void manyCommandsAtOnceShareOneTokenAndMakeOneArchive() throws IOException {
		Path cache = this.directory.resolve("cache");
		this.command.with("XDG_CACHE_HOME", cache);
		List<Process> processes = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			processes.add(this.command.start("-r", "--timeout", "120", "instance-id"));
		}
		for (Process process : processes) {
			assertThat(InstalledCommand.finish(process)).isEqualTo(new Result(0, ID, ""));
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		awaitArchive(cache);
		assertThat(this.command.run("-r", "instance-id")).isEqualTo(new Result(0, ID, ""));
	}

	/**
	 * Wait for an archive, and for the end of the process that makes it.
	 */
	private static Path awaitArchive(Path cache) {
		Path archives = cache.resolve("imds-spring-boot/archives");
		return Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.until(() -> finishedArchive(archives), (archive) -> !archive.isEmpty())
			.get(0);
	}

	private static List<Path> finishedArchive(Path archives) throws IOException {
		List<Path> files;
		try (Stream<Path> stream = Files.list(archives)) {
			files = stream.toList();
		}
		boolean locked = files.stream().anyMatch((file) -> file.toString().endsWith(".lock"));
		return locked ? List.of() : files.stream().filter((file) -> file.toString().matches(".*\\.(jsa|aot)")).toList();
	}

	private static void damage(Path archive) throws IOException {
		assertThat(archive.toFile().setWritable(true)).isTrue();
		byte[] bytes = Files.readAllBytes(archive);
		Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
	}

}
