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
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.management.OperatingSystemMXBean;

/**
 * Machine, date and versions of a run.
 *
 * @since 0.1.0
 */
public final class Machine {

	private Machine() {
	}

	public static void write(Path classPaths, List<Path> javas, String form, Path file) throws IOException {
		Map<String, String> facts = new TreeMap<>();
		facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
		facts.put("Processor", "%s, %d cores".formatted(processor(), Runtime.getRuntime().availableProcessors()));
		facts.put("Memory", "%d GB".formatted(
				ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / 1_000_000_000));
		facts.put("System", System.getProperty("os.name") + " " + family(System.getProperty("os.version")));
		facts.put("JDK", Runtime.version().toString());
		facts.put("JDKs of the command-line tool", String.join(", ", javas.stream().map(Machine::version).toList()));
		facts.put("Form of the run", form);
		facts.put("Spring Boot", version(classPaths.resolve("application"), "spring-boot"));
		facts.put("Spring Boot of the peer", version(classPaths.resolve("peer-application"), "spring-boot"));
		facts.put("Spring Cloud AWS", version(classPaths.resolve("spring-cloud-aws"), "spring-cloud-aws-core"));
		facts.put("AWS SDK", "%s, HTTP client %s".formatted(version(classPaths.resolve("aws-sdk"), "imds"),
				version(classPaths.resolve("aws-sdk"), "url-connection-client")));
		StringBuilder text = new StringBuilder();
		facts.forEach((name, value) -> text.append(name.replace(" ", "\\ ")).append('=').append(value).append('\n'));
		Files.writeString(file, text);
	}

	private static String processor() throws IOException {
		Path cpuInfo = Path.of("/proc/cpuinfo");
		if (!Files.exists(cpuInfo)) {
			return System.getProperty("os.arch");
		}
		return Files.readAllLines(cpuInfo)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse(System.getProperty("os.arch"));
	}

	/**
	 * Leave out the rest of the version, which describes the machine, not the kernel.
	 */
	private static String family(String version) {
		return String.join(".", Arrays.asList(version.split("\\D+")).subList(0, 2));
	}

	/**
	 * Return the feature release of a JDK.
	 * @param java its home directory
	 * @return the number
	 */
	public static String feature(Path java) {
		return version(java).replaceFirst("\\D.*", "");
	}

	private static String version(Path java) {
		Properties release = new Properties();
		try (var reader = Files.newBufferedReader(java.resolve("release"))) {
			release.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return release.getProperty("JAVA_VERSION", "unknown").replace("\"", "");
	}

	private static String version(Path classPath, String artifact) throws IOException {
		Matcher version = Pattern.compile("/" + artifact + "-(\\d[^/:]*)\\.jar").matcher(Files.readString(classPath));
		return version.find() ? version.group(1) : "unknown";
	}

}
