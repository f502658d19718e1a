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
import java.util.Set;
import java.util.stream.Collectors;

import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Size of the jar files that a starter adds to an application.
 */
final class ClassPathSizes {

	private final Lab lab;

	ClassPathSizes(Lab lab) {
		this.lab = lab;
	}

	void measure() throws IOException {
		measure(Subjects.IMDS, "imds", "");
		measure(Subjects.AWS_SDK, "aws-sdk", "");
		measure(Subjects.SPRING_CLOUD_AWS, "spring-cloud-aws", "peer-");
	}

	private void measure(String subject, String added, String peer) throws IOException {
		measure(subject, "a web application", added, peer + "application+" + peer + "web");
		measure(subject, "an application without a web stack", added, peer + "application");
	}

	private void measure(String subject, String condition, String added, String application) throws IOException {
		Set<String> present = this.lab.classPath(application)
			.stream()
			.map(ClassPathSizes::name)
			.collect(Collectors.toSet());
		long bytes = 0;
		for (String file : this.lab.classPath(added)) {
			bytes += present.contains(name(file)) ? 0 : Files.size(Path.of(file));
		}
		this.lab.results().add("class path added", subject, condition, "kB", bytes / 1000.0);
	}

	/**
	 * Return the artifact of a file. Another version of the same artifact replaces it,
	 * and so adds nothing.
	 */
	private static String name(String file) {
		return Path.of(file).getFileName().toString().replaceFirst("-\\d.*", "");
	}

}
