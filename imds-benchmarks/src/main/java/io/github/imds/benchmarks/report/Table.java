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
import java.util.Locale;
import java.util.Optional;

import io.github.imds.benchmarks.report.Results.Summary;

/**
 * Figure as a Markdown table. Empty columns are left out.
 */
final class Table {

	/**
	 * Kinds of requests that are counted along with a figure.
	 */
	private static final List<String> COUNTS = List.of("PUT", "GET", "connections");

	private final Results results;

	private final String figure;

	Table(Results results, String figure) {
		this.results = results;
		this.figure = figure;
	}

	@Override
	public String toString() {
		List<Summary> summaries = this.results.of(this.figure);
		if (summaries.isEmpty()) {
			return "*Not measured.*";
		}
		boolean several = summaries.stream().anyMatch((summary) -> summary.runs() > 1);
		boolean added = summaries.stream().anyMatch((summary) -> Baselines.added(this.results, summary).isPresent());
		boolean cpu = !this.results.of(this.figure + " CPU").isEmpty();
		List<String> counts = COUNTS.stream()
			.filter((count) -> !this.results.of(this.figure + " " + count).isEmpty())
			.toList();
		String unit = summaries.get(0).key().unit();
		List<String> header = new ArrayList<>(List.of("", "", several ? "median, " + unit : unit));
		header.addAll((several && !cpu) ? List.of("lowest", "highest") : List.of());
		header.addAll(added ? List.of("added, " + unit) : List.of());
		header.addAll(cpu ? List.of("CPU, ms") : List.of());
		header.addAll((cpu && added) ? List.of("added CPU, ms", "95 % interval") : List.of());
		header.addAll(counts);
		header.addAll(several ? List.of("runs") : List.of());
		MarkdownTable table = new MarkdownTable(header, 2);
		for (Summary summary : summaries) {
			List<String> row = new ArrayList<>(List.of(summary.key().subject(),
					summary.key().condition().equals(Subjects.ANY) ? "" : summary.key().condition(),
					number(summary.median())));
			row.addAll((several && !cpu) ? List.of(number(summary.min()), number(summary.max())) : List.of());
			row.addAll(added ? List.of(number(Baselines.added(this.results, summary))) : List.of());
			row.addAll(cpu ? cpu(summary, added) : List.of());
			for (String count : counts) {
				row.add(number(related(summary, count)));
			}
			row.addAll(several ? List.of(Integer.toString(summary.runs())) : List.of());
			table.row(row);
		}
		StringBuilder text = new StringBuilder(table.toString());
		for (Summary refused : this.results.of(this.figure + " over the limit")) {
			text.append("\n\nRefused, since it exceeds the limit of a tree: %s values, %s."
				.formatted(refused.key().condition(), refused.key().subject()));
		}
		return text.toString();
	}

	private List<String> cpu(Summary summary, boolean withAdded) {
		Optional<Summary> cpu = related(summary, "CPU");
		List<String> cells = new ArrayList<>(List.of(number(cpu)));
		if (withAdded) {
			Optional<Summary> added = cpu.flatMap((value) -> Baselines.added(this.results, value));
			cells.add(number(added));
			cells.add(added.map(Table::interval).orElse(""));
		}
		return cells;
	}

	private Optional<Summary> related(Summary summary, String name) {
		return this.results.find(this.figure + " " + name, summary.key().subject(), summary.key().condition());
	}

	static String interval(Summary summary) {
		return number(summary.low()) + " to " + number(summary.high());
	}

	private static String number(Optional<Summary> summary) {
		return summary.map((value) -> number(value.median())).orElse("");
	}

	/**
	 * Write a number with three significant digits, or as a whole number.
	 * @param value the number
	 * @return its text
	 */
	static String number(double value) {
		int digits = (Math.abs(value) >= 100 || value == Math.rint(value)) ? 0 : (Math.abs(value) >= 10) ? 1 : 2;
		return String.format(Locale.ROOT, "%,." + digits + "f", value);
	}

}
