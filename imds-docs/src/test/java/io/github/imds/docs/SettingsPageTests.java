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
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code docs/settings.md}, whose table is that of the configuration metadata.
 * The table that should be there is in {@code target/settings.md}.
 */
class SettingsPageTests {

	@Test
	void listsEverySettingWithItsDefault() throws IOException {
		List<String> rows = new Settings().all()
			.stream()
			.filter((setting) -> setting.name()
				.matches("imds\\.(client|lifecycle)\\..*|management\\..*\\bimds\\..*|management\\..*\\.imds\\b.*"))
			.map(SettingsPageTests::row)
			.toList();
		assertThat(rows).hasSizeGreaterThan(20);
		Files.write(Path.of("target/settings.md"), rows);
		assertThat(Files.readAllLines(Path.of("../docs/settings.md")))
			.filteredOn((line) -> line.matches("\\| `(imds|management)\\..*"))
			.containsExactlyElementsOf(rows);
	}

	private static String row(Settings.Setting setting) {
		return "| `%s` | %s | %s |".formatted(setting.name(),
				(setting.defaultValue() != null) ? "`" + setting.defaultValue() + "`" : "",
				(setting.description() != null) ? setting.description() : "");
	}

}
