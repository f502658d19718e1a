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

package io.github.imds.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.token.JavaProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an endpoint whose name is not resolved in time. The names of a virtual
 * machine can come from a file. One that is a pipe without a writer is as silent as a
 * name server that does not answer.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SilentNameServerTests {

	@Test
	void callEndsInTimeAndBeginsAnOutage(@TempDir Path directory) throws Exception {
		Path hosts = directory.resolve("hosts");
		assertThat(new ProcessBuilder("mkfifo", hosts.toString()).start().waitFor()).isZero();
		List<String> command = new ArrayList<>(JavaProcess.command(Reader.class));
		command.add(1, "-Djdk.net.hosts.file=" + hosts);
		List<String> lines = JavaProcess.run(command).stream().filter((line) -> line.startsWith("failure")).toList();
		assertThat(lines).hasSize(2)
			.allMatch((line) -> line.contains("The name 'imds.example' was not resolved in time"));
		assertThat(lines).extracting((line) -> line.substring(0, line.indexOf(':')))
			.containsExactly("failure", "failure of an outage");
	}

	/**
	 * Reads a value twice.
	 */
	public static final class Reader {

		private Reader() {
		}

		/**
		 * Read, and tell why that failed.
		 * @param arguments none
		 */
		public static void main(String[] arguments) {
			try (ImdsClient client = ImdsClient.builder()
				.endpoints(URI.create("http://imds.example"))
				.connectTimeout(Duration.ofMillis(100))
				.readTimeout(Duration.ofMillis(100))
				.timeout(Duration.ofSeconds(2))
				.circuitBreakerOpenDuration(Duration.ofMinutes(5))
				.circuitBreakerMaxOpenDuration(Duration.ofMinutes(5))
				.build()) {
				for (int i = 0; i < 2; i++) {
					try {
						client.get("meta-data/mac");
					}
					catch (ImdsUnavailableException ex) {
						boolean outage = ex.getCause() instanceof ImdsUnavailableException;
						System.out.println((outage ? "failure of an outage: " : "failure: ") + ex.getMessage());
					}
				}
			}
		}

	}

}
