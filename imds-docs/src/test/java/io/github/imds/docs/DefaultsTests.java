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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the defaults in the text of the pages, such as "{@code timeout} (5 seconds)",
 * with the settings.
 */
class DefaultsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern IN_TEXT = Pattern
		.compile("`([a-z][a-z0-9.-]+)` \\((\\d+)(?: (second|minute|hour)s?)?\\)");

	private final Settings settings = new Settings();

	@Test
	void defaultsInTheTextAreThoseOfTheSettings() throws IOException {
		int found = 0;
		for (Page page : Page.all(ROOT)) {
			String text = Files.readString(page.file()).replaceAll("\\s+", " ");
			for (MatchResult match : IN_TEXT.matcher(text).results().toList()) {
				assertThat(isDefault(match.group(1), match.group(2), match.group(3)))
					.as(page.file().getFileName() + ": " + match.group())
					.isTrue();
				found++;
			}
		}
		assertThat(found).isGreaterThan(5);
	}

	@Test
	void defaultsInTablesAreThoseOfTheSettings() {
		assertThat(Tables.rows("lifecycle.md", "setting", "default"))
			.filteredOn((cells) -> cells.get(1).matches("`[^`]+`"))
			.isNotEmpty()
			.allSatisfy((cells) -> assertThat(defaults(Tables.code(cells.get(0)).get(0)))
				.containsExactly(Tables.code(cells.get(1)).get(0)));
	}

	private boolean isDefault(String name, String amount, String unit) {
		return defaults(name).anyMatch((value) -> (unit != null)
				? DurationStyle.detectAndParse(value).equals(duration(Long.parseLong(amount), unit))
				: value.equals(amount));
	}

	private Stream<String> defaults(String name) {
		List<String> names = List.of(name, "imds.client." + name, "imds.lifecycle." + name);
		return this.settings.all()
			.stream()
			.filter((setting) -> names.contains(setting.name()) && setting.defaultValue() != null)
			.map(Settings.Setting::defaultValue);
	}

	private static Duration duration(long amount, String unit) {
		return switch (unit) {
			case "second" -> Duration.ofSeconds(amount);
			case "minute" -> Duration.ofMinutes(amount);
			default -> Duration.ofHours(amount);
		};
	}

}
