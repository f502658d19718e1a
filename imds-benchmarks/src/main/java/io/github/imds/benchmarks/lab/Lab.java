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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.imds.benchmarks.report.Results;

/**
 * Equipment of every measurement.
 *
 * @param server the measuring server
 * @param results the results to add to
 * @param effort the number and the length of the measurements
 * @param java the home directory of the JDK
 * @param work a directory for temporary files, with a file for each class path
 * @param jar the jar file of this module
 * @since 0.1.0
 */
public record Lab(Server server, Results results, Effort effort, Path java, Path work, Path jar) {

	/**
	 * Return a command that asks the measuring server.
	 * @param classPath the name of a class path, this module aside
	 * @param program the simple name of the program to run
	 * @return the command
	 */
	public JavaCommand java(String classPath, String program) {
		return JavaCommand.of(this.java, this.jar + ":" + String.join(":", classPath(classPath)))
			.main("io.github.imds.benchmarks.process." + program)
			.environment(Server.ENDPOINT_VARIABLE, this.server.endpoint());
	}

	/**
	 * Return the command that starts another measuring server, which needs the tree of
	 * the simulator and Jackson.
	 * @return the command
	 */
	public JavaCommand serverCommand() {
		return JavaCommand.of(this.java, System.getProperty("java.class.path"));
	}

	/**
	 * Return a class path. A sum of several is written with plus signs.
	 * @param name the name, empty for none
	 * @return its files
	 */
	public List<String> classPath(String name) {
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

}
