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
import java.util.List;
import java.util.Optional;

import io.github.imds.benchmarks.report.Results.Summary;

/**
 * CPU time that the starter adds to a start, by kind of thread, as a Markdown table.
 */
final class ThreadTable {

	private final Results results;

	ThreadTable(Results results) {
		this.results = results;
	}

	@Override
	public String toString() {
		List<Summary> starts = this.results.of(Target.WEB)
			.stream()
			.filter((summary) -> summary.key().subject().equals(Subjects.IMDS))
			.toList();
		if (starts.isEmpty() || added(Subjects.THREADS.get(0), starts.get(0)).isEmpty()) {
			return "*Not measured.*";
		}
		List<String> header = new ArrayList<>(List.of("added CPU, ms"));
		for (String threads : Subjects.THREADS) {
			header.addAll(List.of(threads, "95 % interval"));
		}
		header.add("pairs");
		MarkdownTable table = new MarkdownTable(header, 1);
		for (Summary start : starts) {
			List<String> row = new ArrayList<>(List.of(start.key().condition()));
			for (String threads : Subjects.THREADS) {
				Optional<Summary> added = added(threads, start);
				row.add(added.map((summary) -> Table.number(summary.median())).orElse(""));
				row.add(added.map(Table::interval).orElse(""));
			}
			row.add(Integer.toString(start.runs()));
			table.row(row);
		}
		return table.toString();
	}

	private Optional<Summary> added(String threads, Summary start) {
		return Baselines.added(this.results, Target.WEB + " " + threads, Subjects.IMDS, start.key().condition());
	}

}
