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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A command that starts a Java process. Immutable.
 *
 * @param wrapper what comes before {@code java}, such as the command that enters a
 * network namespace
 * @param home the home directory of the JDK
 * @param options options of the JVM
 * @param program the class path and the main class, or the jar file
 * @param arguments arguments of the program
 * @param environment variables to set; all of AWS's others are removed
 */
record JavaCommand(List<String> wrapper, Path home, List<String> options, List<String> program, List<String> arguments,
		Map<String, String> environment) {

	static JavaCommand of(Path home, String classPath) {
		return new JavaCommand(List.of(), home, List.of("-cp", classPath), List.of(), List.of(), Map.of());
	}

	static JavaCommand ofJar(Path home, Path jar) {
		return new JavaCommand(List.of(), home, List.of(), List.of("-jar", jar.toString()), List.of(), Map.of());
	}

	JavaCommand main(String mainClass) {
		return new JavaCommand(this.wrapper, this.home, this.options, List.of(mainClass), this.arguments,
				this.environment);
	}

	JavaCommand within(List<String> wrapper) {
		return new JavaCommand(wrapper, this.home, this.options, this.program, this.arguments, this.environment);
	}

	JavaCommand options(String... options) {
		return new JavaCommand(this.wrapper, this.home, join(this.options, options), this.program, this.arguments,
				this.environment);
	}

	JavaCommand arguments(String... arguments) {
		return new JavaCommand(this.wrapper, this.home, this.options, this.program, join(this.arguments, arguments),
				this.environment);
	}

	JavaCommand environment(String name, String value) {
		Map<String, String> environment = new TreeMap<>(this.environment);
		environment.put(name, value);
		return new JavaCommand(this.wrapper, this.home, this.options, this.program, this.arguments, environment);
	}

	JavaCommand withoutEnvironment() {
		return new JavaCommand(this.wrapper, this.home, this.options, this.program, this.arguments, Map.of());
	}

	Process start() throws IOException {
		return builder().redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private ProcessBuilder builder() {
		List<String> command = new ArrayList<>(this.wrapper);
		command.add(this.home.resolve("bin/java").toString());
		command.addAll(this.options);
		command.addAll(this.program);
		command.addAll(this.arguments);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_") || name.startsWith("JAVA_"));
		builder.environment().putAll(this.environment);
		return builder;
	}

	/**
	 * Run the process to its end.
	 * @param ready what the line begins with that ends the measurement, or {@code null}
	 * to measure until the process has ended
	 * @return what was seen
	 * @throws IOException if the process failed or did not print the line
	 */
	Outcome run(@Nullable String ready) throws IOException {
		long start = System.nanoTime();
		Process process = builder().redirectErrorStream(true).start();
		CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES).execute(process::destroyForcibly);
		List<String> output = new ArrayList<>();
		long end = 0;
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (end == 0 && ready != null && line.startsWith(ready)) {
					end = System.nanoTime();
				}
				output.add(line);
			}
			int status = process.waitFor();
			if (status != 0 || (ready != null && end == 0)) {
				throw new IOException("Exit status %d of %s, which printed%n%s".formatted(status, this.program,
						String.join("\n", output)));
			}
		}
		catch (InterruptedException ex) {
			process.destroy();
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		return new Outcome(((end != 0) ? end : System.nanoTime()) - start, output);
	}

	private static List<String> join(List<String> list, String... more) {
		List<String> joined = new ArrayList<>(list);
		joined.addAll(Arrays.asList(more));
		return List.copyOf(joined);
	}

	/**
	 * What a process did.
	 *
	 * @param nanos how long it took
	 * @param output the lines it printed
	 */
	record Outcome(long nanos, List<String> output) {

		double millis() {
			return this.nanos / 1e6;
		}

		String line(String start) {
			return this.output.stream()
				.filter((line) -> line.startsWith(start))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("No line with " + start));
		}

	}

}
