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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Command that starts a Java process. Immutable.
 *
 * @param wrapper the words before {@code java}, such as a command that enters a network
 * namespace
 * @param home the home directory of the JDK
 * @param options the options of the JVM
 * @param program the main class, or the option and the name of a jar file
 * @param arguments the arguments of the program
 * @param environment the variables to set; other variables of AWS and Java are removed
 * @since 0.1.0
 */
public record JavaCommand(List<String> wrapper, Path home, List<String> options, List<String> program,
		List<String> arguments, Map<String, String> environment) {

	public static JavaCommand of(Path home, String classPath) {
		return new JavaCommand(List.of(), home, List.of("-cp", classPath), List.of(), List.of(), Map.of());
	}

	public static JavaCommand ofJar(Path home, Path jar) {
		return new JavaCommand(List.of(), home, List.of(), List.of("-jar", jar.toString()), List.of(), Map.of());
	}

	public JavaCommand main(String mainClass) {
		return new JavaCommand(this.wrapper, this.home, this.options, List.of(mainClass), this.arguments,
				this.environment);
	}

	public JavaCommand within(List<String> wrapper) {
		return new JavaCommand(wrapper, this.home, this.options, this.program, this.arguments, this.environment);
	}

	public JavaCommand options(String... options) {
		return new JavaCommand(this.wrapper, this.home, join(this.options, options), this.program, this.arguments,
				this.environment);
	}

	public JavaCommand arguments(String... arguments) {
		return new JavaCommand(this.wrapper, this.home, this.options, this.program, join(this.arguments, arguments),
				this.environment);
	}

	public JavaCommand environment(String name, String value) {
		Map<String, String> environment = new TreeMap<>(this.environment);
		environment.put(name, value);
		return new JavaCommand(this.wrapper, this.home, this.options, this.program, this.arguments, environment);
	}

	public JavaCommand withoutEnvironment() {
		return new JavaCommand(this.wrapper, this.home, this.options, this.program, this.arguments, Map.of());
	}

	/**
	 * Start the process, whose output is read by the caller.
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	public Process start() throws IOException {
		return timed().untimed().redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	/**
	 * Run the process to its end.
	 * @return the outcome
	 * @throws IOException if the process fails
	 */
	public TimedCommand.Outcome run() throws IOException {
		return timed().run();
	}

	private TimedCommand timed() {
		List<String> words = new ArrayList<>();
		words.add(this.home.resolve("bin/java").toString());
		words.addAll(this.options);
		words.addAll(this.program);
		words.addAll(this.arguments);
		return new TimedCommand(this.wrapper, words, this.environment);
	}

	private static List<String> join(List<String> list, String... more) {
		List<String> joined = new ArrayList<>(list);
		joined.addAll(Arrays.asList(more));
		return List.copyOf(joined);
	}

}
