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

package io.github.imds.integration;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.env.Environment;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for an application that starts from an AOT cache, which JDK 25 writes in one
 * training run.
 */
@Timeout(300)
class AotCacheTests {

	// No constants, which a cache of this class would hold
	private static final String TRAINED = "i-0" + "a".repeat(16);

	private static final String STARTED = "i-0" + "b".repeat(16);

	@TempDir
	private Path directory;

	private List<Path> homes = List.of();

	@BeforeEach
	void findJava() throws IOException {
		this.homes = homes();
		assumeThat(this.homes).as("JDK 25 or later").isNotEmpty();
	}

	@Test
	void applicationSeesTheInstanceThatItStartsOn() throws Exception {
		Path cache = this.directory.resolve("application.aot");
		String classPath = classPath();
		try (ImdsSimulator simulator = ImdsSimulator.builder().instanceId(TRAINED).tag("Stage", "test").start()) {
			assertThat(run(simulator, classPath, "-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh"))
				.contains("SEEN " + TRAINED + " test " + TRAINED + " " + TRAINED);
		}
		// A JVM that cannot use the cache does not start
		try (ImdsSimulator simulator = ImdsSimulator.builder().instanceId(STARTED).tag("Stage", "live").start()) {
			assertThat(run(simulator, classPath, "-XX:AOTCache=" + cache, "-XX:AOTMode=on"))
				.contains("SEEN " + STARTED + " live " + STARTED + " " + STARTED)
				.doesNotContain(TRAINED);
		}
		assertThat(Files.readString(cache, StandardCharsets.ISO_8859_1).contains(TRAINED)).isFalse();
	}

	private String run(ImdsSimulator simulator, String classPath, String... options)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(this.homes.get(0).resolve("bin/java").toString()));
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", classPath, SpringApplication.class.getName(),
				"--spring.main.sources=" + Application.class.getName(), "--spring.main.web-application-type=none",
				"--spring.main.banner-mode=off", "--imds.client.endpoint=" + simulator.endpoint()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	/**
	 * Return the class path of this test without Spring Cloud and developer tools.
	 * Directories are packed, since a cache holds classes of jars only.
	 */
	private String classPath() throws IOException {
		List<String> entries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (Files.isDirectory(Path.of(entry))) {
				entries.add(pack(Path.of(entry), this.directory.resolve(entries.size() + ".jar")).toString());
			}
			else if (!entry.contains("spring-cloud") && !entry.contains("devtools")) {
				entries.add(entry);
			}
		}
		return String.join(File.pathSeparator, entries);
	}

	private static Path pack(Path classes, Path jar) throws IOException {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
				Stream<Path> files = Files.walk(classes)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
				Files.copy(file, out);
			}
		}
		return jar;
	}

	/**
	 * Find the JDKs that write a cache in one training run: that of this test, or another
	 * of the machine.
	 */
	private static List<Path> homes() throws IOException {
		List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
		Stream.ofNullable(System.getenv("JAVA_HOME_25_X64")).map(Path::of).forEach(homes::add);
		Path installed = Path.of("/usr/lib/jvm");
		if (Files.isDirectory(installed)) {
			try (Stream<Path> directories = Files.list(installed)) {
				directories.forEach(homes::add);
			}
		}
		homes.removeIf((home) -> version(home) < 25);
		return homes;
	}

	private static int version(Path home) {
		Properties release = new Properties();
		try (InputStream in = Files.newInputStream(home.resolve("release"))) {
			release.load(in);
			return Integer.parseInt(release.getProperty("JAVA_VERSION", "0").replaceAll("\"?(\\d+).*", "$1"));
		}
		catch (IOException ex) {
			return 0;
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		Application(Environment environment, ImdsClient imds, InstanceMetadata instance) {
			System.out.println("SEEN " + environment.getProperty("imds.instance-id") + " "
					+ environment.getProperty("imds.tags.instance[Stage]") + " "
					+ imds.get("meta-data/instance-id").orElse("none") + " " + instance.instanceId());
		}

	}

}
