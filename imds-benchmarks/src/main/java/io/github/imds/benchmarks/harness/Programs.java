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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.imds.benchmarks.lab.Case;
import io.github.imds.benchmarks.lab.JavaCommand;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.TimedCommand;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Programs without Spring Boot: the time to a first value, the memory that they keep, and
 * many of them at once.
 */
final class Programs {

	private static final String FIRST_PATH = "meta-data/instance-id";

	private static final int MEMORY_RUNS = 3;

	private final Lab lab;

	Programs(Lab lab) {
		this.lab = lab;
	}

	void measureFirstValue() throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		List<Case> cases = new ArrayList<>();
		cases.add(() -> addFirstValue(Subjects.CURL, curl(this.lab, FIRST_PATH).run()));
		programs().forEach(
				(subject, command) -> cases.add(() -> addFirstValue(subject, command.arguments(FIRST_PATH).run())));
		Case.interleave(this.lab.effort().pairs(), cases);
	}

	/**
	 * Return a command that reads a value with curl, by one request for the token and one
	 * for the value.
	 * @param lab the equipment
	 * @param path the path of the value
	 * @return the command
	 */
	static TimedCommand curl(Lab lab, String path) {
		String script = """
				token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600' "$1/latest/api/token") &&
				curl -sf -H "X-aws-ec2-metadata-token: $token" "$1/latest/$2"
				""";
		return new TimedCommand(List.of(), List.of("sh", "-c", script, "sh", lab.server().endpoint(), path), Map.of());
	}

	private void addFirstValue(String subject, TimedCommand.Outcome outcome) {
		this.lab.results().add("first value", subject, "whole process", "ms", outcome.wallMillis());
		this.lab.results().add("first value CPU", subject, "whole process", "ms", outcome.cpuMillis());
	}

	private Map<String, JavaCommand> programs() {
		Map<String, JavaCommand> programs = new LinkedHashMap<>();
		programs.put(Subjects.EMPTY_JVM, this.lab.java("", "EmptyProgram"));
		programs.put(Subjects.URL_CONNECTION, this.lab.java("", "UrlConnectionProgram"));
		programs.put(Subjects.IMDS, this.lab.java("imds-client", "ImdsClientProgram"));
		programs.put(Subjects.AWS_SDK, this.lab.java("aws-sdk", "AwsSdkProgram"));
		return programs;
	}

	void measureMemory() throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		String[] paths = Start.PROPERTIES_OF_PEER.stream().map("meta-data/"::concat).toArray(String[]::new);
		List<Case> cases = new ArrayList<>();
		programs().forEach((subject, command) -> cases
			.add(() -> measureMemory(subject, "program and 20 values", command.arguments(paths))));
		Map.of(Subjects.NO_STARTER, "application", Subjects.IMDS, "application+imds", Subjects.NO_STARTER_OF_PEER,
				"peer-application", Subjects.SPRING_CLOUD_AWS, "spring-cloud-aws")
			.forEach((subject,
					classPath) -> cases.add(() -> measureMemory(subject, "application and 20 properties",
							this.lab.java(classPath, "MeasuredApplication")
								.options("-Dmeasured.values=" + String.join(",", properties(subject))))));
		Case.interleave(Math.min(this.lab.effort().runs(), MEMORY_RUNS), cases);
	}

	private static List<String> properties(String subject) {
		return switch (subject) {
			case Subjects.IMDS -> Start.PROPERTIES;
			case Subjects.SPRING_CLOUD_AWS -> Start.PROPERTIES_OF_PEER;
			default -> List.of();
		};
	}

	private void measureMemory(String subject, String condition, JavaCommand command) throws IOException {
		TimedCommand.Outcome outcome = command.options("-Dmeasured.memory=true").run();
		for (String kind : List.of("heap", "metaspace")) {
			long bytes = Long.parseLong(outcome.line(kind + " "));
			this.lab.results().add(kind + " kept", subject, condition, "kB", bytes / 1000.0);
		}
	}

	/**
	 * Start many at once: each with a token of its own, and all with the token of a
	 * shared directory.
	 */
	void measureProcesses() throws IOException {
		for (int count : new int[] { 1, 3, 10, 30, 100 }) {
			int runs = (count < 100) ? this.lab.effort().longRuns() : 1;
			for (int run = 0; count <= this.lab.effort().processes() && run < runs; run++) {
				start(count, "a token each");
				start(count, "a shared token");
			}
		}
	}

	private void start(int count, String subject) throws IOException {
		Path tokens = Files.createTempDirectory("tokens");
		this.lab.server().prepare(Duration.ZERO);
		JavaCommand command = this.lab.java("imds-client", "ImdsClientProgram")
			.options("-Xmx64m", "-XX:+UseSerialGC")
			.arguments(FIRST_PATH);
		JavaCommand each = subject.equals("a shared token") ? command.options("-Dmeasured.tokens=" + tokens) : command;
		ExecutorService executor = Executors.newFixedThreadPool(count);
		long start = System.nanoTime();
		try {
			List<CompletableFuture<TimedCommand.Outcome>> processes = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				processes.add(CompletableFuture.supplyAsync(() -> run(each), executor));
			}
			processes.forEach(CompletableFuture::join);
		}
		catch (CompletionException ex) {
			throw new IOException(ex);
		}
		finally {
			executor.shutdown();
		}
		double millis = (System.nanoTime() - start) / 1e6;
		this.lab.results().add("processes", subject, Integer.toString(count), "ms", millis);
		this.lab.results()
			.add("processes PUT", subject, Integer.toString(count), "requests", this.lab.server().counts().put());
		delete(tokens);
	}

	private static TimedCommand.Outcome run(JavaCommand command) {
		try {
			return command.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path directory) throws IOException {
		try (var files = Files.list(directory)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
		Files.delete(directory);
	}

}
