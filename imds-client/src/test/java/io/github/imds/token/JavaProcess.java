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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A second virtual machine with the class path of the tests. It does not outlive a test
 * that waits for it in vain.
 *
 * @since 0.1.0
 */
public final class JavaProcess {

	private JavaProcess() {
	}

	static Process start(Class<?> main, String... arguments) throws IOException {
		return start(command(main, arguments));
	}

	static Process start(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
		return process;
	}

	/**
	 * Run a process that begins when it is told to.
	 * @param command the command
	 * @return all that it printed
	 * @throws IOException if it does not start
	 */
	public static List<String> run(List<String> command) throws IOException {
		Process process = start(command);
		try {
			process.outputWriter().append("go\n").flush();
		}
		catch (IOException ex) {
			// It has ended already, and says why
		}
		try {
			return process.inputReader().lines().toList();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Return the command that runs a class.
	 * @param main the class
	 * @param arguments its arguments
	 * @return the command, whose first element is the one of the virtual machine
	 */
	public static List<String> command(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData", "-cp",
						System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * Read what a process prints up to a line that begins with a prefix.
	 */
	static String awaitLine(Process process, String prefix) throws IOException {
		BufferedReader reader = process.inputReader();
		List<String> lines = new ArrayList<>();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			if (line.startsWith(prefix)) {
				return line.substring(prefix.length());
			}
			lines.add(line);
		}
		throw new AssertionError("No line began with '%s': %s".formatted(prefix, lines));
	}

}
