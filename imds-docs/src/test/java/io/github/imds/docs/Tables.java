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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables of a page, as written.
 */
final class Tables {

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private Tables() {
	}

	/**
	 * Return the rows of the tables that begin with a header.
	 * @param page the name of a page below {@code docs}
	 * @param header the first cells of the header
	 * @return the cells of each row
	 */
	static List<List<String>> rows(String page, String... header) {
		List<List<String>> rows = new ArrayList<>();
		boolean inTable = false;
		for (String line : lines(page)) {
			if (!line.startsWith("|")) {
				inTable = false;
				continue;
			}
			List<String> cells = Stream.of(line.substring(1).split("(?<!\\\\)\\|")).map(String::strip).toList();
			if (inTable) {
				rows.add(cells);
			}
			else if (cells.size() >= header.length && cells.subList(0, header.length).equals(List.of(header))) {
				inTable = true;
			}
		}
		rows.removeIf((cells) -> cells.get(0).matches(":?-+:?"));
		assertThat(rows).as(page + " has a table " + List.of(header)).isNotEmpty();
		return rows;
	}

	/**
	 * Return the pieces of code in a cell.
	 * @param cell the cell
	 * @return the code in its order
	 */
	static List<String> code(String cell) {
		return CODE.matcher(cell).results().map((match) -> match.group(1)).toList();
	}

	private static List<String> lines(String page) {
		try {
			return Files.readAllLines(Path.of("../docs", page));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
