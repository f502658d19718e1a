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

package io.github.imds.autoconfigure.aot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that is processed ahead of time, off EC2.
 */
class AotTests {

	private static final String ON_EC2 = "SEEN name=orders-i-0123456789abcdef0 condition=%s registrar=true "
			+ "property=%s client=0a:1b:2c:3d:4e:5f,eu-west-1 lifecycle=SpotInterruptionEvent";

	private static final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	private static Path directory;

	private static List<String> processing = List.of();

	private static List<String> requestsWhileProcessing = List.of();

	@BeforeAll
	static void process() throws IOException {
		simulator.put("meta-data/spot/instance-action",
				"{\"action\": \"terminate\", \"time\": \"2999-01-01T00:00:00Z\"}");
		simulator.clearRequests();
		processing = process(AotApplication.class, directory,
				"--spring.profiles.active=${imds.tags.instance[Environment]:dev}");
		requestsWhileProcessing = simulator.requests();
	}

	@AfterAll
	static void close() {
		simulator.close();
	}

	@Test
	void processingSendsNothing() {
		assertThat(requestsWhileProcessing).isEmpty();
	}

	@Test
	void processingWarnsOncePerFrozenDecision() {
		assertThat(processing).filteredOn((line) -> line.contains("Ahead-of-time processing freezes"))
			.satisfiesExactlyInAnyOrder(
					(line) -> assertThat(line).contains("WARN", "AotApplication#byCondition' as 'does not match'",
							"Ec2BeanRegistrar"),
					(line) -> assertThat(line).contains("WARN", "AotApplication#byProperty' as 'does not match'",
							"imds.instance-id"),
					(line) -> assertThat(line).contains("WARN",
							"'spring.profiles.active=${imds.tags.instance[Environment]:dev}'"));
	}

	@Test
	void processedApplicationSeesItsInstance() throws IOException {
		assertThat(seen(List.of())).isEqualTo(ON_EC2.formatted("true", "true"));
		assertThat(seen(List.of("-Dspring.aot.enabled=true"))).isEqualTo(ON_EC2.formatted("false", "false"));
	}

	@Test
	void processedApplicationDoesNothingOffEc2() throws IOException {
		String offEc2 = "SEEN name=orders-local condition=false registrar=false property=false client=disabled "
				+ "lifecycle=0 threads";
		simulator.clearRequests();
		assertThat(seen(List.of("-Dspring.aot.enabled=true"), "--imds.client.enabled=false")).isEqualTo(offEc2);
		assertThat(seen(List.of(), "--imds.client.enabled=false")).isEqualTo(offEc2);
		assertThat(simulator.requests()).isEmpty();
	}

	@Test
	void processedApplicationAsksTheServiceWhereTheMachineDoesNotTell(@TempDir Path directory) throws IOException {
		process(UndetectedApplication.class, directory);
		assertThat(seen(UndetectedApplication.class, directory, List.of("-Dspring.aot.enabled=true")))
			.isEqualTo("SEEN lifecycle=SpotInterruptionEvent");
		simulator.enabled(false);
		try {
			assertThat(seen(UndetectedApplication.class, directory, List.of("-Dspring.aot.enabled=true")))
				.isEqualTo("SEEN lifecycle=0 threads");
		}
		finally {
			simulator.enabled(true);
		}
	}

	private static String seen(List<String> options, String... settings) throws IOException {
		return seen(AotApplication.class, directory, options, settings);
	}

	private static String seen(Class<?> application, Path directory, List<String> options, String... settings)
			throws IOException {
		List<String> arguments = new ArrayList<>(List.of("--spring.main.web-application-type=none",
				"--imds.client.endpoint=" + simulator.endpoint(), "--imds.lifecycle.enabled=true"));
		arguments.addAll(List.of(settings));
		List<String> output = run(directory, options, application, arguments.toArray(String[]::new));
		return output.stream().filter((line) -> line.startsWith("SEEN")).findFirst().orElseGet(output::toString);
	}

	private static List<String> process(Class<?> application, Path directory, String... settings) throws IOException {
		String classes = directory.resolve("classes").toString();
		List<String> processing = new ArrayList<>(List.of(application.getName(),
				directory.resolve("sources").toString(), classes, classes, "com.example", "orders",
				"--spring.main.web-application-type=none", "--imds.client.endpoint=" + simulator.endpoint(),
				"--imds.client.enabled=false", "--imds.lifecycle.enabled=true"));
		processing.addAll(List.of(settings));
		List<String> output = run(directory, List.of(), SpringApplicationAotProcessor.class,
				processing.toArray(String[]::new));
		List<String> compiling = new ArrayList<>(
				List.of("-proc:none", "-nowarn", "-classpath", classPath(directory), "-d", classes));
		try (Stream<Path> files = Files.walk(directory.resolve("sources"))) {
			files.filter((file) -> file.toString().endsWith(".java")).map(Path::toString).forEach(compiling::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, compiling.toArray(String[]::new)))
			.isZero();
		return output;
	}

	private static List<String> run(Path directory, List<String> options, Class<?> main, String... arguments)
			throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(directory), main.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		return process.inputReader().lines().toList();
	}

	private static String classPath(Path directory) {
		return directory.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path");
	}

}
