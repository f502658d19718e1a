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

package io.github.imds.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the build compares the API that the upgrade notes promise to keep: the types
 * of the published Javadoc.
 */
class UpgradingPageTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final String COMMAND = "io.github.imds.cli";

	@Test
	void comparisonLeavesOutThePackagesThatTheJavadocLeavesOut() {
		List<String> internal = Stream.of("imds-client", "imds-spring-boot-autoconfigure", "imds-spring-boot-test")
			.flatMap((module) -> matches(module + "/pom.xml", "<excludePackageNames>([^<]+)<"))
			.flatMap((names) -> Stream.of(names.split(",")))
			.toList();
		assertThat(internal).isNotEmpty();
		assertThat(matches("pom.xml", "<exclude>(io\\.github\\.imds\\.[a-z.]+)</exclude>")
			.filter((name) -> !name.equals(COMMAND))).containsExactlyInAnyOrderElementsOf(internal);
	}

	@Test
	void comparisonFailsTheBuild() {
		assertThat(matches("pom.xml", "<breakBuildOn(?:Binary|Source)IncompatibleModifications>(\\w+)<"))
			.containsExactly("true", "true");
	}

	private static Stream<String> matches(String file, String pattern) {
		try {
			return Pattern.compile(pattern)
				.matcher(Files.readString(ROOT.resolve(file)))
				.results()
				.map((match) -> match.group(1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
