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

import io.github.imds.benchmarks.report.Results.Key;
import io.github.imds.benchmarks.report.Results.Summary;

/**
 * A profile as a Markdown table: a row for each part of the work and a column for each
 * subject. If one of them is the baseline, the others say what they add to it.
 */
final class ProfileTable {

	private final Results results;

	private final String figure;

	ProfileTable(Results results, String figure) {
		this.results = results;
		this.figure = figure;
	}

	@Override
	public String toString() {
		List<Summary> summaries = this.results.of(this.figure);
		if (summaries.isEmpty()) {
			return "*Not measured.*";
		}
		String unit = summaries.get(0).key().unit();
		List<String> subjects = summaries.stream()
			.map((summary) -> summary.key().subject())
			.distinct()
			.filter((subject) -> !subject.equals(Subjects.ANY))
			.toList();
		List<String> parts = summaries.stream().map((summary) -> summary.key().condition()).distinct().toList();
		StringBuilder table = new StringBuilder();
		row(table, unit, subjects);
		row(table, "---", subjects.stream().map((subject) -> "--:").toList());
		double[] sums = new double[subjects.size()];
		for (String part : parts) {
			List<String> cells = new ArrayList<>();
			for (int i = 0; i < sums.length; i++) {
				double value = value(new Key(this.figure, subjects.get(i), part, unit));
				sums[i] += value;
				cells.add(number(value));
			}
			row(table, part, cells);
		}
		List<String> cells = new ArrayList<>();
		for (double sum : sums) {
			cells.add(number(sum));
		}
		row(table, "**together**", cells);
		return table.toString().strip();
	}

	private double value(Key key) {
		Key baseline = new Key(key.figure(), Subjects.ANY, key.condition(), key.unit());
		Optional<Summary> difference = this.results.difference(key, baseline);
		return difference.or(() -> this.results.find(key.figure(), key.subject(), key.condition()))
			.map(Summary::median)
			.orElse(Double.NaN);
	}

	private static String number(double value) {
		return (Math.abs(value) < 0.05) ? "0" : Table.number(value);
	}

	private static void row(StringBuilder table, String first, List<String> cells) {
		table.append("| ").append(first).append(" | ").append(String.join(" | ", cells)).append(" |\n");
	}

}
