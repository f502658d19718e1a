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

package io.github.imds.token;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.CapturedLog;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Tests for how clients share a directory of tokens, counted at the service.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(CapturedLog.Extension.class)
class SharedTokenFilesTests {

	private static final String PATH = "meta-data/instance-id";

	private static final String VALUE = "i-0123456789abcdef0";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	private Path temporary;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void twoProcessesThatStartAtOnceCostOneToken() throws Exception {
		this.simulator.latency(Duration.ofMillis(300));
		List<Process> processes = new ArrayList<>();
		try {
			for (int i = 0; i < 2; i++) {
				processes
					.add(JavaProcess.start(Reader.class, this.simulator.endpoint().toString(), directory().toString()));
			}
			for (Process process : processes) {
				JavaProcess.awaitLine(process, "ready");
			}
			for (Process process : processes) {
				process.outputWriter().append("go\n").flush();
			}
			for (Process process : processes) {
				assertThat(JavaProcess.awaitLine(process, "value: ")).isEqualTo(VALUE);
				assertThat(process.waitFor()).isZero();
			}
		}
		finally {
			processes.forEach(Process::destroyForcibly);
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(2);
	}

	@Test
	void manyClientsOfOneProcessThatStartAtOnceCostOneToken() throws Exception {
		int count = 8;
		this.simulator.latency(Duration.ofMillis(100));
		CyclicBarrier barrier = new CyclicBarrier(count);
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			List<Future<Optional<String>>> results = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				results.add(threads.submit(() -> {
					try (ImdsClient client = client()) {
						barrier.await();
						return client.get(PATH);
					}
				}));
			}
			for (Future<Optional<String>> result : results) {
				assertThat(result.get()).contains(VALUE);
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void aRestartCostsNoToken() {
		assertThat(read()).contains(VALUE);
		this.simulator.clearRequests();
		assertThat(read()).contains(VALUE);
		assertThat(this.simulator.requests()).containsExactly("GET /latest/" + PATH);
	}

	@Test
	void aTokenOfAnotherInstanceCostsOneRejectionAndItsFileIsReplaced(CapturedLog log) throws IOException {
		ImdsToken foreign = new ImdsToken("from-another-instance", Instant.now().plus(Duration.ofHours(5)));
		store().save(this.simulator.endpoint(), foreign);
		assertThat(read()).contains(VALUE);
		assertThat(this.simulator.requests()).containsExactly("GET /latest/" + PATH, "PUT /latest/api/token",
				"GET /latest/" + PATH);
		assertThat(store().load(this.simulator.endpoint())).isPresent().get().isNotEqualTo(foreign);
		assertThat(log.warnings()).isEmpty();
	}

	@Test
	void anExpiredTokenIsReplacedWithoutAWord(CapturedLog log) {
		ImdsToken expired = new ImdsToken("expired", Instant.now().minusSeconds(1));
		store().save(this.simulator.endpoint(), expired);
		assertThat(read()).contains(VALUE);
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
		assertThat(store().load(this.simulator.endpoint())).isPresent().get().isNotEqualTo(expired);
		assertThat(log.warnings()).isEmpty();
	}

	@Test
	void aRefusedFileIsReportedOnceAndReplaced(CapturedLog log) throws IOException {
		read();
		Files.setPosixFilePermissions(tokenFile(), PosixFilePermissions.fromString("rw-r--r--"));
		assertThat(read()).contains(VALUE);
		assertThat(log.warnings()).singleElement().asString().contains("is accessible to others (rw-r--r--)");
		assertThat(read()).contains(VALUE);
		assertThat(this.simulator.tokenRequests()).isEqualTo(2);
		assertThat(log.warnings()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"token\":", "no token", "{}" })
	void aCorruptFileIsReportedOnceAndReplaced(String content, CapturedLog log) throws IOException {
		read();
		Files.writeString(tokenFile(), content);
		assertReportedOnceAndReplaced(log, "holds no token");
	}

	@Test
	void aSymbolicLinkIsReportedOnceAndReplaced(CapturedLog log) throws IOException {
		read();
		Path file = tokenFile();
		Files.createSymbolicLink(file, Files.move(file, this.temporary.resolve("target")));
		assertReportedOnceAndReplaced(log, "is a symbolic link");
	}

	@Test
	void aFileOfAnotherUserIsReportedOnceAndReplaced(CapturedLog log) throws IOException {
		read();
		Path file = tokenFile();
		try {
			Files.setOwner(file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
		}
		catch (UserPrincipalNotFoundException | FileSystemException ex) {
			abort("Only root may give files to nobody");
		}
		assertReportedOnceAndReplaced(log, "belongs to nobody");
	}

	@Test
	void aRefusedDirectoryIsReportedOnce(CapturedLog log) throws IOException {
		Files.createDirectory(directory());
		Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
		try (ImdsClient client = client()) {
			assertThat(client.get(PATH)).contains(VALUE);
			this.simulator.revokeTokens();
			assertThat(client.get(PATH)).contains(VALUE);
		}
		assertThat(directory()).isEmptyDirectory();
		assertThat(log.warnings()).singleElement().asString().contains("can be changed by others");
	}

	@Test
	void aFileThatCannotBeReplacedIsReportedOnce(CapturedLog log) throws IOException {
		read();
		Path file = tokenFile();
		Files.delete(file);
		Files.createDirectory(file);
		assertThat(read()).contains(VALUE);
		assertThat(log.warnings()).singleElement().asString().contains("is not a regular file");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aDirectoryThatCannotBeMadeIsReportedOnce(CapturedLog log) {
		try (ImdsClient client = client(Path.of("/proc/imds/tokens"))) {
			assertThat(client.get(PATH)).contains(VALUE);
		}
		assertThat(log.warnings()).singleElement().asString().contains("/proc/imds/tokens");
	}

	/**
	 * A process that may not write a single byte to a file sees what a full disk is like.
	 */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aFullDiskIsReportedOnce() throws Exception {
		List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 0 && exec \"$@\"", "sh"));
		command.addAll(JavaProcess.command(Reader.class, this.simulator.endpoint().toString(), directory().toString()));
		List<String> lines = JavaProcess.run(command);
		assertThat(lines).contains("value: " + VALUE);
		assertThat(lines).filteredOn((line) -> line.contains("WARN"))
			.singleElement()
			.asString()
			.contains("cannot be written");
		try (Stream<Path> files = Files.list(directory())) {
			assertThat(files).allMatch((file) -> file.toString().endsWith(".lock"));
		}
	}

	/**
	 * A file system of which nothing but the mount is read-only, for one process.
	 */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aReadOnlyDiskIsReportedOnce() throws Exception {
		Files.createDirectory(directory());
		List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c",
				"mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"",
				directory().toString()));
		command.addAll(JavaProcess.command(Reader.class, this.simulator.endpoint().toString(), directory().toString()));
		List<String> lines = JavaProcess.run(command);
		assumeThat(lines).as("nothing can be mounted here").contains("ready");
		assertThat(lines).contains("value: " + VALUE);
		assertThat(lines).filteredOn((line) -> line.contains("WARN"))
			.singleElement()
			.asString()
			.contains("Read-only file system");
		assertThat(directory()).isEmptyDirectory();
	}

	@RepeatedTest(3)
	void aProcessThatIsKilledWhileItSavesLeavesAUsableFile(CapturedLog log) throws Exception {
		Process process = JavaProcess.start(Writer.class, this.simulator.endpoint().toString(), directory().toString());
		try {
			JavaProcess.awaitLine(process, "saved 1000");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		assertThat(store().load(this.simulator.endpoint())).isPresent();
		assertThat(read()).contains(VALUE);
		assertThat(read()).contains(VALUE);
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(log.warnings()).isEmpty();
	}

	private void assertReportedOnceAndReplaced(CapturedLog log, String reason) throws IOException {
		assertThat(read()).contains(VALUE);
		assertThat(log.warnings()).singleElement().asString().contains(reason);
		assertThat(read()).contains(VALUE);
		assertThat(this.simulator.tokenRequests()).isEqualTo(2);
		assertThat(log.warnings()).hasSize(1);
		assertThat(tokenFile()).isRegularFile();
	}

	private Optional<String> read() {
		try (ImdsClient client = client()) {
			return client.get(PATH);
		}
	}

	private ImdsClient client() {
		return client(directory());
	}

	private ImdsClient client(Path directory) {
		return client(this.simulator.endpoint().toString(), directory);
	}

	private static ImdsClient client(String endpoint, Path directory) {
		return ImdsClient.builder()
			.endpoints(URI.create(endpoint))
			.tokenStore(new FileImdsTokenStore(directory))
			.readTimeout(Duration.ofSeconds(30))
			.timeout(Duration.ofSeconds(60))
			.build();
	}

	private FileImdsTokenStore store() {
		return new FileImdsTokenStore(directory());
	}

	private Path directory() {
		return this.temporary.resolve("tokens");
	}

	private Path tokenFile() throws IOException {
		try (Stream<Path> files = Files.list(directory())) {
			return files.filter((file) -> file.toString().endsWith(".token")).findFirst().orElseThrow();
		}
	}

	/**
	 * A process that does nothing but save tokens, without an end.
	 */
	public static final class Writer {

		private Writer() {
		}

		public static void main(String[] args) {
			FileImdsTokenStore store = new FileImdsTokenStore(Path.of(args[1]));
			Instant expiry = Instant.now().plus(Duration.ofHours(5));
			for (int i = 1;; i++) {
				store.save(URI.create(args[0]), new ImdsToken("from-the-dead-" + i, expiry));
				if (i == 1000) {
					System.out.println("saved 1000");
				}
			}
		}

	}

	/**
	 * An application that reads one value when it is told to.
	 */
	public static final class Reader {

		private Reader() {
		}

		public static void main(String[] args) throws IOException {
			try (ImdsClient client = client(args[0], Path.of(args[1]))) {
				System.out.println("ready");
				System.in.read();
				System.out.println("value: " + client.get(PATH).orElseThrow());
			}
		}

	}

}
