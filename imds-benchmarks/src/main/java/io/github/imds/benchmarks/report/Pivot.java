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
import java.util.stream.Stream;

import io.github.imds.benchmarks.report.Results.Key;
import io.github.imds.benchmarks.report.Results.Summary;

/**
 * Figure as a Markdown table with a row for each condition and a column for each subject.
 * If there is a baseline, the cells are the differences to it, and rows without any
 * difference are left out.
 */
final class Pivot {

	private final Results results;

	private final String figure;

	private final boolean total;

	/**
	 * Create a table.
	 * @param results all results
	 * @param figure the name of the figure
	 * @param total whether the conditions are parts of a whole
	 */
	Pivot(Results results, String figure, boolean total) {
		this.results = results;
		this.figure = figure;
		this.total = total;
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
			.filter((subject) -> !subject.equals(Subjects.ANY) && !subject.equals(Subjects.NO_STARTER_OF_PEER))
			.toList();
		Stream<String> conditions = summaries.stream().map((summary) -> summary.key().condition()).distinct();
		List<String> parts = (this.total ? conditions.sorted() : conditions).toList();
		MarkdownTable table = new MarkdownTable(cells(unit, subjects), 1);
		double[] sums = new double[subjects.size()];
		for (String part : parts) {
			List<String> row = new ArrayList<>();
			for (int i = 0; i < sums.length; i++) {
				double value = value(new Key(this.figure, subjects.get(i), part, unit));
				sums[i] += value;
				row.add(number(value));
			}
			if (!row.stream().allMatch("0"::equals)) {
				table.row(cells(part, row));
			}
		}
		if (this.total) {
			List<String> row = new ArrayList<>();
			for (double sum : sums) {
				row.add(number(sum));
			}
			table.row(cells("**total**", row));
		}
		return table.toString();
	}

	private static List<String> cells(String first, List<String> others) {
		List<String> cells = new ArrayList<>(List.of(first));
		cells.addAll(others);
		return cells;
	}

	/**
	 * Return the difference of the medians. A part that is absent from some runs counts
	 * as zero.
	 */
	private double value(Key key) {
		String baseline = key.subject().equals(Subjects.SPRING_CLOUD_AWS) ? Subjects.NO_STARTER_OF_PEER : Subjects.ANY;
		return median(key, key.subject()) - median(key, baseline);
	}

	private double median(Key key, String subject) {
		return this.results.find(key.figure(), subject, key.condition()).map(Summary::median).orElse(0.0);
	}

	private static String number(double value) {
		return (Math.abs(value) < 0.05) ? "0" : Table.number(value);
	}

}
