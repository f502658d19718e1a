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

package io.github.imds.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.imds.benchmarks.lab.Case;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Machine;
import io.github.imds.benchmarks.lab.Server;
import io.github.imds.benchmarks.lab.TimedCommand;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Time that the command-line tool takes from the start of its process to the end.
 */
final class CommandLineTool {

	private static final String FIGURE = "command line";

	private static final String VALUE = "meta-data/instance-id";

	private final Lab lab;

	private final Path launcher;

	private final List<Path> javas;

	/**
	 * Create a measurement.
	 * @param lab the equipment
	 * @param launcher the launcher of the tool
	 * @param javas the home directories of the JDKs
	 */
	CommandLineTool(Lab lab, Path launcher, List<Path> javas) {
		this.lab = lab;
		this.launcher = launcher;
		this.javas = javas;
	}

	void measure() throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		List<Case> cases = new ArrayList<>();
		cases.add(() -> run(Subjects.CURL, "one value", Programs.curl(this.lab, VALUE)));
		for (Path java : this.javas) {
			String jdk = "JDK " + Machine.feature(java);
			cases.add(() -> run(Subjects.EMPTY_JVM + " " + jdk, "one value", emptyJvm(java)));
			String plain = "imds " + jdk;
			cases.add(() -> run(plain, "one value", imds(java, "", "--no-token-cache", VALUE)));
			cases.add(() -> run(plain, "everything", imds(java, "", "--no-token-cache")));
			String cache = archive(java).toString();
			String archived = plain + " with archive";
			cases.add(() -> run(archived, "one value", imds(java, cache, "--no-token-cache", VALUE)));
			cases.add(() -> run(archived, "one value with a kept token", imds(java, cache, VALUE)));
			cases.add(() -> run(archived, "everything", imds(java, cache, "--no-token-cache")));
		}
		Case.interleave(this.lab.effort().runs(), cases);
	}

	private TimedCommand emptyJvm(Path java) {
		return new TimedCommand(List.of(), List.of(java.resolve("bin/java").toString(), "-cp",
				this.lab.jar().toString(), "io.github.imds.benchmarks.process.EmptyProgram"), Map.of());
	}

	/**
	 * Return the command. With a directory for caches, it keeps its archive of classes
	 * and its tokens there.
	 */
	private TimedCommand imds(Path java, String cache, String... arguments) {
		List<String> words = new ArrayList<>(List.of(this.launcher.toString()));
		words.addAll(List.of(arguments));
		return new TimedCommand(List.of(), words, Map.of("JAVA_HOME", java.toString(), "HOME", "", "XDG_CACHE_HOME",
				cache, Server.ENDPOINT_VARIABLE, this.lab.server().endpoint()));
	}

	/**
	 * Run the command once, so that it creates its archive of classes in the background.
	 * @return the directory for caches
	 */
	private Path archive(Path java) throws IOException {
		Path cache = Files.createTempDirectory(this.lab.work(), "cache");
		imds(java, cache.toString(), VALUE).run();
		long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
		Path archives = cache.resolve("imds-spring-boot/archives");
		while (!isArchived(archives)) {
			if (System.nanoTime() > end) {
				throw new IOException("The command makes no archive with " + java);
			}
			try {
				Thread.sleep(200);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IOException(ex);
			}
		}
		return cache;
	}

	private static boolean isArchived(Path archives) throws IOException {
		try (Stream<Path> files = Files.list(archives)) {
			List<String> names = files.map(Path::toString).toList();
			return names.stream().anyMatch((name) -> name.endsWith(".jsa") || name.endsWith(".aot"))
					&& names.stream().noneMatch((name) -> name.endsWith(".lock"));
		}
	}

	private void run(String subject, String condition, TimedCommand command) throws IOException {
		TimedCommand.Outcome outcome = command.run();
		this.lab.results().add(FIGURE, subject, condition, "ms", outcome.wallMillis());
		this.lab.results().add(FIGURE + " CPU", subject, condition, "ms", outcome.cpuMillis());
	}

}
