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
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the exit statuses of the documentation with those of the tool.
 */
class ExitStatusPageTests {

	@Test
	void pageListsEveryStatus() throws IOException {
		String table = Files.readString(Path.of("../docs/cli.md")).split("\\| exit status \\|", 2)[1].split("\n\n",
				2)[0];
		List<String> documented = Pattern.compile("(?m)^\\| (\\d+) \\|")
			.matcher(table)
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(documented).containsExactlyElementsOf(Stream.of(ExitStatus.class.getDeclaredFields())
			.filter((field) -> !field.isSynthetic())
			.map(ExitStatusPageTests::value)
			.sorted()
			.map(String::valueOf)
			.toList());
	}

	private static int value(Field field) {
		try {
			return field.getInt(null);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
