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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Results of all measurements, with a row for each run in a compressed CSV file. Names
 * contain neither commas nor quotation marks.
 *
 * @since 0.1.0
 */
public final class Results {

	/**
	 * Name of the file.
	 */
	public static final String FILE = "results.csv.gz";

	private static final String HEADER = "figure,subject,condition,unit,run,value";

	private final Map<Key, List<Double>> values = new LinkedHashMap<>();

	/**
	 * Add the result of a run.
	 * @param figure the name of the figure, such as {@code start-up}
	 * @param subject the name of the subject, such as {@code imds}
	 * @param condition the name of the condition
	 * @param unit the unit of the value
	 * @param value the value
	 */
	public void add(String figure, String subject, String condition, String unit, double value) {
		this.values.computeIfAbsent(new Key(figure, subject, condition, unit), (key) -> new ArrayList<>()).add(value);
	}

	/**
	 * Return the results of a figure.
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

	/**
	 * Return the values of all runs of a figure.
	 * @param figure the name of the figure
	 * @return the values
	 */
	List<Double> valuesOf(String figure) {
		return this.values.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().figure().equals(figure))
			.flatMap((entry) -> entry.getValue().stream())
			.toList();
	}

	Optional<Summary> find(String figure, String subject, String condition) {
		return key(figure, subject, condition).map((key) -> Summary.of(key, this.values.getOrDefault(key, List.of())));
	}

	/**
	 * Return the difference of a subject to another, run by run, since the runs of a turn
	 * are subject to the same disturbances.
	 * @param key the minuend
	 * @param baseline the subtrahend
	 * @return the differences, or empty if either was not measured
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
	 * Write the file.
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
		try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(file))) {
			output.write(csv.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	private static String format(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
	}

	static Results read(Path file) throws IOException {
		Results results = new Results();
		try (InputStream input = new GZIPInputStream(Files.newInputStream(file))) {
			new String(input.readAllBytes(), StandardCharsets.UTF_8).lines()
				.skip(1)
				.map((line) -> line.split(","))
				.forEach((row) -> results.add(row[0], row[1], row[2], row[3], Double.parseDouble(row[5])));
		}
		return results;
	}

	/**
	 * Name of a series of runs.
	 *
	 * @param figure the name of the figure, such as {@code start-up}
	 * @param subject the name of the subject, such as {@code imds}
	 * @param condition the name of the condition
	 * @param unit the unit of the values
	 */
	record Key(String figure, String subject, String condition, String unit) {

	}

	/**
	 * Summary of several runs.
	 *
	 * @param key the name of the series
	 * @param runs the number of runs
	 * @param median the median
	 * @param low the lower end of the 95 % confidence interval of the median
	 * @param high the upper end of the interval
	 * @param min the lowest value
	 * @param max the highest value
	 */
	record Summary(Key key, int runs, double median, double low, double high, double min, double max) {

		static Summary of(Key key, List<Double> values) {
			double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			int middle = sorted.length / 2;
			double median = (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
			// Ranks by the normal approximation of the binomial distribution
			int low = Math.max((int) Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2), 0);
			return new Summary(key, sorted.length, median, sorted[low], sorted[sorted.length - 1 - low], sorted[0],
					sorted[sorted.length - 1]);
		}

	}

}
