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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured, one row for each run, as it is written to and read from a CSV
 * file. Names hold neither commas nor quotation marks.
 *
 * @since 0.1.0
 */
public final class Results {

	private static final String HEADER = "figure,subject,condition,unit,run,value";

	private final Map<Key, List<Double>> values = new LinkedHashMap<>();

	/**
	 * Add what one run has measured.
	 * @param figure what it is about, such as {@code start-up}
	 * @param subject who was measured, such as {@code imds}
	 * @param condition under which circumstances
	 * @param unit the unit of the value
	 * @param value the value
	 */
	public void add(String figure, String subject, String condition, String unit, double value) {
		this.values.computeIfAbsent(new Key(figure, subject, condition, unit), (key) -> new ArrayList<>()).add(value);
	}

	/**
	 * Return what was measured for a figure.
	 * @param figure the name of the figure
	 * @return the summaries, in the order in which they were measured
	 */
	List<Summary> of(String figure) {
		return this.values.keySet()
			.stream()
			.filter((key) -> key.figure().equals(figure))
			.map((key) -> Summary.of(key, this.values.getOrDefault(key, List.of())))
			.toList();
	}

	Optional<Summary> find(String figure, String subject, String condition) {
		return key(figure, subject, condition).map((key) -> Summary.of(key, this.values.getOrDefault(key, List.of())));
	}

	/**
	 * Return by how much one subject exceeds another, run by run: what was measured one
	 * after the other suffered from the same disturbances.
	 * @param key what was measured
	 * @param baseline what to subtract
	 * @return the differences, if both were measured
	 */
	Optional<Summary> difference(Key key, Key baseline) {
		List<Double> minuends = this.values.get(key);
		List<Double> subtrahends = this.values.get(baseline);
		if (minuends == null || subtrahends == null) {
			return Optional.empty();
		}
		List<Double> differences = new ArrayList<>();
		for (int i = 0; i < Math.min(minuends.size(), subtrahends.size()); i++) {
			differences.add(minuends.get(i) - subtrahends.get(i));
		}
		return Optional.of(Summary.of(key, differences));
	}

	private Optional<Key> key(String figure, String subject, String condition) {
		return this.values.keySet()
			.stream()
			.filter((key) -> key.figure().equals(figure) && key.subject().equals(subject)
					&& key.condition().equals(condition))
			.findFirst();
	}

	/**
	 * Write a CSV file.
	 * @param file the file
	 * @throws IOException if it cannot be written
	 */
	public void write(Path file) throws IOException {
		StringBuilder csv = new StringBuilder(HEADER).append('\n');
		this.values.forEach((key, runs) -> {
			for (int run = 0; run < runs.size(); run++) {
				csv.append("%s,%s,%s,%s,%d,%s\n".formatted(key.figure(), key.subject(), key.condition(), key.unit(),
						run + 1, format(runs.get(run))));
			}
		});
		Files.writeString(file, csv);
	}

	private static String format(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
	}

	static Results read(Path file) throws IOException {
		Results results = new Results();
		Files.readAllLines(file)
			.stream()
			.skip(1)
			.map((line) -> line.split(","))
			.forEach((row) -> results.add(row[0], row[1], row[2], row[3], Double.parseDouble(row[5])));
		return results;
	}

	/**
	 * What was measured.
	 *
	 * @param figure what it is about, such as {@code start-up}
	 * @param subject who was measured, such as {@code imds}
	 * @param condition under which circumstances
	 * @param unit the unit of the values
	 */
	record Key(String figure, String subject, String condition, String unit) {

	}

	/**
	 * What several runs say together.
	 *
	 * @param key what was measured
	 * @param runs the number of runs
	 * @param median the median
	 * @param lowerQuartile what three quarters of the runs reach
	 * @param upperQuartile what one quarter of the runs reaches
	 * @param min the lowest value
	 * @param max the highest value
	 */
	record Summary(Key key, int runs, double median, double lowerQuartile, double upperQuartile, double min,
			double max) {

		static Summary of(Key key, List<Double> values) {
			double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			int middle = sorted.length / 2;
			double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
			return new Summary(key, sorted.length, median, sorted[sorted.length / 4], sorted[sorted.length * 3 / 4],
					sorted[0], sorted[sorted.length - 1]);
		}

	}

}
