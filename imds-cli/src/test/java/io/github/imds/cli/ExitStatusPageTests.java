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

package io.github.imds.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the exit statuses of the page, the manual and the help, and their meanings,
 * with those of the command.
 */
class ExitStatusPageTests {

	private final Map<String, String> statuses = statuses("src/main/java/io/github/imds/cli/ExitStatus.java",
			"/\\*\\* (?<meaning>.+?)\\. \\*/\\s+static final int \\w+ = (?<status>\\d+);");

	@Test
	void everyStatusHasAMeaning() {
		assertThat(this.statuses).hasSize(ExitStatus.class.getDeclaredFields().length);
	}

	@Test
	void pageListsEveryStatus() {
		assertThat(statuses("../docs/cli.md", "(?m)^\\| (?<status>\\d+) \\| (?<meaning>.+) \\|$"))
			.isEqualTo(this.statuses);
	}

	@Test
	void manualListsEveryStatus() {
		assertThat(statuses("src/main/distribution/share/man/man1/imds.1",
				"(?m)^\\.B (?<status>\\d+)\n(?<meaning>.+)\\.$"))
			.isEqualTo(this.statuses);
	}

	@Test
	void helpListsEveryStatus() {
		assertThat(statuses("src/main/resources/io/github/imds/cli/help/imds.txt",
				"(?m)^  (?<status>\\d+) +(?<meaning>.+)$"))
			.isEqualTo(this.statuses);
	}

	private static Map<String, String> statuses(String file, String pattern) {
		Map<String, String> statuses = new LinkedHashMap<>();
		Matcher matcher = Pattern.compile(pattern).matcher(read(Path.of(file)));
		while (matcher.find()) {
			statuses.put(matcher.group("status"), StringUtils.uncapitalize(matcher.group("meaning")));
		}
		return statuses;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
