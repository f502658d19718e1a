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
		Table.row(table, cells(unit, subjects));
		Table.row(table, cells("---", Collections.nCopies(subjects.size(), "--:")));
		double[] sums = new double[subjects.size()];
		for (String part : parts) {
			List<String> row = cells(part, List.of());
			for (int i = 0; i < sums.length; i++) {
				double value = value(new Key(this.figure, subjects.get(i), part, unit));
				sums[i] += value;
				row.add(number(value));
			}
			Table.row(table, row);
		}
		List<String> together = cells("**together**", List.of());
		for (double sum : sums) {
			together.add(number(sum));
		}
		Table.row(table, together);
		return table.toString().strip();
	}

	private static List<String> cells(String first, List<String> others) {
		List<String> cells = new ArrayList<>(List.of(first));
		cells.addAll(others);
		return cells;
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

}
