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

package io.github.imds.benchmarks.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Command whose wall time and CPU time are measured by Bash, which reads the CPU time
 * from the kernel's resource usage and does not add to it. Immutable.
 *
 * @param wrapper the words before the timed command, such as a command that enters a
 * network namespace
 * @param words the timed command
 * @param environment the variables to set; other variables of AWS and Java are removed
 * @since 0.1.0
 */
public record TimedCommand(List<String> wrapper, List<String> words, Map<String, String> environment) {

	private static final String TIMES = "timed ";

	/**
	 * The output of the command may end without a line feed.
	 */
	private static final List<String> TIMER = List.of("bash", "-c",
			"TIMEFORMAT=$'\\n" + TIMES + "%3R %3U %3S'; time \"$@\"", "bash");

	/**
	 * Return the builder of the process without a timer.
	 * @return a new builder
	 */
	public ProcessBuilder untimed() {
		return builder(List.of());
	}

	/**
	 * Run the command to its end.
	 * @return the outcome
	 * @throws IOException if the command fails
	 */
	public Outcome run() throws IOException {
		Process process = builder(TIMER).redirectErrorStream(true).start();
		CompletableFuture.delayedExecutor(4, TimeUnit.MINUTES).execute(() -> destroy(process));
		List<String> output = new ArrayList<>();
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			reader.lines().forEach(output::add);
			int status = process.waitFor();
			if (status != 0) {
				throw new IOException("Exit status %d of %s with output%n%s".formatted(status, this.words,
						String.join("\n", output)));
			}
		}
		catch (InterruptedException ex) {
			destroy(process);
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		return Outcome.of(output);
	}

	private ProcessBuilder builder(List<String> timer) {
		List<String> command = new ArrayList<>(this.wrapper);
		command.addAll(timer);
		command.addAll(this.words);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_") || name.startsWith("JAVA_"));
		builder.environment().put("LC_ALL", "C.UTF-8");
		builder.environment().putAll(this.environment);
		return builder;
	}

	/**
	 * Destroy a process together with the processes that it has started.
	 * @param process the process
	 */
	public static void destroy(Process process) {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

	/**
	 * Outcome of a command.
	 *
	 * @param wallMillis the time from the start of the process to its end
	 * @param cpuMillis the CPU time of all threads, in user and in kernel mode
	 * @param output the printed lines
	 */
	public record Outcome(double wallMillis, double cpuMillis, List<String> output) {

		private static Outcome of(List<String> output) {
			String[] times = line(output, TIMES).split(" ");
			return new Outcome(millis(times[0]), millis(times[1]) + millis(times[2]), output);
		}

		private static double millis(String seconds) {
			return 1000 * Double.parseDouble(seconds);
		}

		/**
		 * Return the rest of the first line with a prefix.
		 * @param prefix the prefix
		 * @return the line without the prefix
		 */
		public String line(String prefix) {
			return line(this.output, prefix);
		}

		private static String line(List<String> output, String prefix) {
			return output.stream()
				.filter((line) -> line.startsWith(prefix))
				.map((line) -> line.substring(prefix.length()))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException(
						"No line begins with '%s' in%n%s".formatted(prefix, String.join("\n", output))));
		}

	}

}
