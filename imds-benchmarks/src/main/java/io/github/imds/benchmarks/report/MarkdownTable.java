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

package io.github.imds.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table in Markdown, row by row.
 */
final class MarkdownTable {

	private final StringBuilder text = new StringBuilder();

	/**
	 * Create a table without rows.
	 * @param header the names of the columns
	 * @param texts how many columns, from the first on, are text; the others are numbers,
	 * aligned to the right
	 */
	MarkdownTable(List<String> header, int texts) {
		row(header);
		List<String> rule = new ArrayList<>(Collections.nCopies(texts, "---"));
		rule.addAll(Collections.nCopies(header.size() - texts, "--:"));
		row(rule);
	}

	void row(List<String> cells) {
		this.text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	@Override
	public String toString() {
		return this.text.toString().strip();
	}

}
