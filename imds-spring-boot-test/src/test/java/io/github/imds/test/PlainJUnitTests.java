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

package io.github.imds.test;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link SimulatedInstance} does not need Spring.
 */
class PlainJUnitTests {

	@Test
	void testsRunWithoutSpringOnTheClassPath() throws Exception {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		String withoutSpring = Stream.of(classPath.split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).getFileName().toString().startsWith("spring-"))
			.collect(Collectors.joining(File.pathSeparator));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				withoutSpring, PlainJUnitRun.class.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains("2 tests");
	}

	@SimulatedInstance("tags/instance/Environment=production")
	static class PlainTestCase {

		@Test
		void simulatorIsAParameter(ImdsSimulator simulator) {
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/Environment").text())
				.isEqualTo("production");
			simulator.tag("Environment", "changed");
		}

		@Test
		void anotherTestStartsFromTheDeclaredInstance(ImdsSimulator simulator) {
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/Environment").text())
				.isEqualTo("production");
			simulator.tag("Environment", "changed");
		}

	}

}
