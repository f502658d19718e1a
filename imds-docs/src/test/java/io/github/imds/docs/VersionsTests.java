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
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the versions in the pages and workflows with those of the build.
 */
class VersionsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern OURS = Pattern.compile(
			"<artifactId>imds-[a-z-]+</artifactId>\\s*<version>([^<]+)|io\\.github\\.imds:imds-[a-z-]+:([^'\"`\\s]+)"
					+ "|imds-(\\d\\S*?)(?:\\.tar\\.gz|/(?:bin|share)/)");

	private static final Pattern SPRING_BOOT = Pattern
		.compile("<artifactId>spring-boot-starter-parent</artifactId>\\s*<version>([^<]+)"
				+ "|'org\\.springframework\\.boot' version '([^']+)'");

	@Test
	void pagesNameTheVersionOfTheProject() throws IOException {
		assertThat(inPages(OURS)).hasSizeGreaterThan(3).containsOnly(property("pom.xml", "revision"));
	}

	@Test
	void pagesNameTheVersionOfSpringBoot() throws IOException {
		assertThat(inPages(SPRING_BOOT)).isNotEmpty().containsOnly(property("pom.xml", "spring-boot.version"));
	}

	@Test
	void readmeAndWorkflowNameTheTestedVersions() throws IOException {
		String oldest = property("pom.xml", "spring-boot.oldest-version");
		String newest = property("pom.xml", "spring-boot.version");
		assertThat(Files.readString(ROOT.resolve("README.md"))).contains("| " + oldest + ", " + newest + " |");
		assertThat(Files.readString(ROOT.resolve(".github/workflows/build.yml")))
			.contains("spring-boot: [" + oldest + ", " + newest + "]");
		assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("oldest_boot=" + oldest);
	}

	@Test
	void readmeComparesWithTheMeasuredVersions() throws IOException {
		assertThat(Files.readString(ROOT.resolve("README.md")))
			.contains("AWS SDK for Java " + property("pom.xml", "aws-sdk.version"))
			.contains(
					"Spring Cloud AWS " + property("imds-benchmarks/class-paths/pom.xml", "spring-cloud-aws.version"));
	}

	private static List<String> inPages(Pattern pattern) {
		return Page.all(ROOT)
			.stream()
			.flatMap((page) -> pattern.matcher(text(page)).results())
			.flatMap((match) -> IntStream.rangeClosed(1, match.groupCount()).mapToObj(match::group))
			.filter(Objects::nonNull)
			.toList();
	}

	private static String text(Page page) {
		try {
			return Files.readString(page.file());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String property(String pom, String name) throws IOException {
		MatchResult match = Pattern.compile("<" + name + ">([^<]+)<")
			.matcher(Files.readString(ROOT.resolve(pom)))
			.results()
			.findFirst()
			.orElseThrow();
		return match.group(1);
	}

}
