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

package io.github.imds.integration.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each snippet of {@code docs/testing.md} is code of this package, which is
 * compiled and run.
 */
class TestingPageTests {

	private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

	@Test
	void snippetsAreCompiledAndRun() throws IOException {
		String sources = sources();
		List<String> snippets = SNIPPET.matcher(Files.readString(Path.of("../docs/testing.md")))
			.results()
			.map((MatchResult result) -> normalized(result.group(1)))
			.toList();
		assertThat(snippets).hasSizeGreaterThan(6)
			.allSatisfy((snippet) -> assertThat(sources).containsIgnoringWhitespaces(snippet));
	}

	private static String sources() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/test/java/io/github/imds/integration/testing"))) {
			StringBuilder sources = new StringBuilder();
			for (Path file : files.sorted().toList()) {
				sources.append(normalized(Files.readString(file))).append('\n');
			}
			return sources.toString();
		}
	}

	private static String normalized(String code) {
		return code.lines().map(String::strip).filter((line) -> !line.isEmpty()).reduce("", (a, b) -> a + " " + b);
	}

}
