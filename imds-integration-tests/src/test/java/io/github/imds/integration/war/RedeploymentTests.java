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

package io.github.imds.integration.war;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that Tomcat can redeploy a web application without keeping its class loaders.
 */
class RedeploymentTests {

	@Test
	void redeployedApplicationLeavesNoClassLoader(@TempDir Path directory) throws Exception {
		Path webApplication = webApplication(directory);
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", tomcatClassPath(), Redeployments.class.getName(), webApplication.toString(),
					directory.resolve("tomcat").toString(), simulator.endpoint().toString())
				.redirectErrorStream(true)
				.start();
			List<String> output = process.inputReader().lines().toList();
			assertThat(process.waitFor()).as(String.join("\n", output)).isZero();
			assertThat(output).as(String.join("\n", output))
				.filteredOn((line) -> line.startsWith("class loaders: "))
				.containsAnyOf("class loaders: 0", "class loaders: 1");
			assertThat(simulator.valueRequests()).isGreaterThanOrEqualTo(Redeployments.DEPLOYMENTS);
		}
	}

	private static String tomcatClassPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> entry.contains("tomcat-embed") || entry.contains("jakarta.annotation")
					|| entry.endsWith("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Lay out the class path of this test as a web application, without Tomcat and the
	 * libraries of tests.
	 */
	private static Path webApplication(Path directory) throws IOException {
		Path classes = Files.createDirectories(directory.resolve("application/WEB-INF/classes"));
		Path libraries = Files.createDirectories(directory.resolve("application/WEB-INF/lib"));
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			String name = path.getFileName().toString();
			if (Files.isDirectory(path)) {
				copyClasses(path, classes);
			}
			else if (Stream
				.of("imds-client", "imds-spring-boot-autoconfigure", "spring-", "micrometer-", "jackson-", "jspecify",
						"commons-logging", "snakeyaml", "logback-", "slf4j-")
				.anyMatch(name::startsWith) && !name.contains("test") && !name.contains("tomcat")
					&& !name.contains("registry") && !name.contains("devtools") && !name.startsWith("spring-cloud")) {
				Files.copy(path, libraries.resolve(name));
			}
		}
		return classes.getParent().getParent();
	}

	private static void copyClasses(Path source, Path target) throws IOException {
		if (source.endsWith(Path.of("imds-integration-tests", "target", "test-classes"))) {
			Path war = Path.of("io", "github", "imds", "integration", "war");
			Files.createDirectories(target.resolve(war));
			Path application = war.resolve("WarApplication.class");
			Files.copy(source.resolve(application), target.resolve(application));
		}
		else if (!source.toString().contains("test")) {
			FileSystemUtils.copyRecursively(source, target);
		}
	}

}
