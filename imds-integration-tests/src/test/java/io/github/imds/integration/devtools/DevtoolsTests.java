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

package io.github.imds.integration.devtools;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that Spring Boot's developer tools restart.
 */
@Timeout(300)
class DevtoolsTests {

	@Test
	void restartedApplicationReadsItsMetadataAnew() throws IOException {
		List<String> seen = new ArrayList<>();
		List<String> output = new ArrayList<>();
		try (ImdsSimulator simulator = ImdsSimulator.builder().tag("Run", "first").start()) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					"-Dspring.cloud.config.enabled=false", "-Deureka.client.enabled=false",
					"-Dspring.cloud.aws.imds.enabled=false", DevtoolsApplication.class.getName(),
					"--spring.main.web-application-type=none", "--spring.devtools.livereload.enabled=false",
					"--imds.client.endpoint=" + simulator.endpoint())
				.redirectErrorStream(true)
				.start();
			try (BufferedReader reader = process.inputReader()) {
				for (String line = reader.readLine(); line != null; line = reader.readLine()) {
					output.add(line);
					if (line.startsWith("SEEN")) {
						seen.add(line);
					}
				}
			}
			finally {
				process.destroyForcibly();
			}
		}
		assertThat(seen).as(() -> String.join("\n", output))
			.containsExactly("SEEN run=1 loader=RestartClassLoader first i-0123456789abcdef0 sources=1",
					"SEEN run=2 loader=RestartClassLoader first i-0123456789abcdef0 sources=1",
					"SEEN run=3 loader=RestartClassLoader first i-0123456789abcdef0 sources=1");
	}

}
