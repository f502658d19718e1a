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

package io.github.imds.sample.aot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

import io.github.imds.sample.ImdsSampleApplication;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the sample application that is processed ahead of time.
 */
class ProcessedSampleTests {

	private final ImdsSimulator simulator = ImdsSimulator.builder().tag("Environment", "staging").start();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void showsTheSameAsWithoutProcessing() throws IOException {
		process();
		assertThat(this.simulator.requests()).isEmpty();
		String answers = answers("plain");
		assertThat(answers).contains("/ 200 ", "\"orders-i-0123456789abcdef0\"", "\"staging\"", "m7g.large",
				"/actuator/info 200 ", "/actuator/imds/meta-data/mac 200 ");
		assertThat(answers("processed", "-Dspring.aot.enabled=true")).isEqualTo(answers);
	}

	private String answers(String name, String... options) throws IOException {
		Path file = this.directory.resolve(name);
		String output = run(List.of(options), AnsweringSample.class.getName(), file.toString(),
				"/,/?path=meta-data/placement,/actuator/info,/actuator/imds/meta-data/mac,"
						+ "/actuator/health/readiness",
				"--server.port=0", "--imds.client.endpoint=" + this.simulator.endpoint());
		assertThat(file).as(output).exists();
		return Files.readString(file);
	}

	private void process() throws IOException {
		String classes = this.directory.resolve("classes").toString();
		String output = run(List.of(), SpringApplicationAotProcessor.class.getName(),
				ImdsSampleApplication.class.getName(), this.directory.resolve("sources").toString(), classes, classes,
				"com.example", "sample", "--imds.client.enabled=false");
		List<String> arguments = new ArrayList<>(
				List.of("-proc:none", "-nowarn", "-classpath", classPath(), "-d", classes));
		try (Stream<Path> files = Files.walk(this.directory.resolve("sources"))) {
			files.filter((file) -> file.toString().endsWith(".java")).map(Path::toString).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.as(output)
			.isZero();
	}

	private String run(List<String> options, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		return new String(process.getInputStream().readAllBytes());
	}

	private String classPath() {
		return this.directory.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path");
	}

}
