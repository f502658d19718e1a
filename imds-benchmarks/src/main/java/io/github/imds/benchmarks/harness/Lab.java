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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.imds.benchmarks.report.Results;

/**
 * What every measurement needs.
 *
 * @param server the measuring server
 * @param results where to write down what was measured
 * @param effort how often and how long to measure
 * @param java the home directory of the JDK
 * @param work a directory for files of the time being, with a file for each class path
 * @param jar the jar file of this module
 */
record Lab(Server server, Results results, Effort effort, Path java, Path work, Path jar) {

	/**
	 * Return a command that uses the measuring server.
	 * @param classPath the name of a class path, this module aside
	 * @param program the simple name of the program to run
	 * @return the command
	 */
	JavaCommand java(String classPath, String program) {
		return JavaCommand.of(this.java, this.jar + ":" + String.join(":", classPath(classPath)))
			.main("io.github.imds.benchmarks.process." + program)
			.environment(Server.ENDPOINT_VARIABLE, this.server.endpoint());
	}

	/**
	 * Return a class path. One that is a sum of two is written with a plus sign.
	 * @param name the name, empty for none
	 * @return its files
	 */
	List<String> classPath(String name) {
		List<String> files = new ArrayList<>();
		if (name.isEmpty()) {
			return files;
		}
		for (String part : name.split("\\+")) {
			try {
				Arrays.stream(Files.readString(this.work.resolve("class-paths").resolve(part)).strip().split(":"))
					.filter((file) -> !file.isEmpty() && !files.contains(file))
					.forEach(files::add);
			}
			catch (IOException ex) {
				throw new IllegalStateException("The class path '%s' is missing".formatted(part), ex);
			}
		}
		return files;
	}

	/**
	 * How often and how long to measure.
	 *
	 * @param runs how often to start each process
	 * @param pairs how often to do so where a small difference is to be told
	 * @param forks how many JVMs JMH starts for each benchmark
	 * @param warmUps how often JMH measures before it counts
	 * @param iterations how often JMH measures in each of them
	 * @param seconds how long one iteration is
	 * @param processes how many processes to start at once at most
	 */
	record Effort(int runs, int pairs, int forks, int warmUps, int iterations, int seconds, int processes) {

		static final Effort FULL = new Effort(11, 21, 3, 6, 3, 1, 100);

		static final Effort QUICK = new Effort(3, 3, 1, 2, 2, 1, 10);

	}

}
