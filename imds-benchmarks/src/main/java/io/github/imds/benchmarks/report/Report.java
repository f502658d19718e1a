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
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.imds.benchmarks.report.Results.Summary;

/**
 * Writes the page and its plots. Every number of the page comes from the results.
 *
 * @since 0.1.0
 */
public final class Report {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");

	private final Results results;

	private final Properties machine = new Properties();

	private Report(Path directory) throws IOException {
		this.results = Results.read(directory.resolve("results.csv"));
		try (Reader reader = Files.newBufferedReader(directory.resolve("machine.properties"))) {
			this.machine.load(reader);
		}
	}

	/**
	 * Write the page.
	 * @param args the template, and the page; the results are in the directory that is
	 * called like the page, and the plots are written there
	 * @throws IOException if the page cannot be written
	 */
	public static void main(String[] args) throws IOException {
		write(Path.of(args[0]), Path.of(args[1]));
	}

	/**
	 * Write the page.
	 * @param template the text, with placeholders
	 * @param page the file to write
	 * @throws IOException if it cannot be written
	 */
	public static void write(Path template, Path page) throws IOException {
		Path directory = directory(page);
		Report report = new Report(directory);
		report.writePlots(directory);
		String text = PLACEHOLDER.matcher(Files.readString(template))
			.replaceAll((match) -> Matcher.quoteReplacement(report.resolve(match.group(1))));
		Files.writeString(page, text);
	}

	/**
	 * Return where the results and the plots of a page are.
	 * @param page the page
	 * @return the directory, called like the page
	 */
	public static Path directory(Path page) {
		return page.resolveSibling(page.getFileName().toString().replace(".md", ""));
	}

	private void writePlots(Path directory) throws IOException {
		List<Summary> added = new ArrayList<>();
		this.results.of("start-up").forEach((summary) -> Baselines.added(this.results, summary).ifPresent(added::add));
		plot(directory.resolve("start-up.svg"), added, Chart.bars("Added to the start of an application", "ms", added));
		lines(directory, "tree", "Reading a tree", "values in the tree, milliseconds");
		lines(directory, "threads", "Threads that read at once, 2 ms a request", "threads, values a second");
		lines(directory, "processes", "Processes that start and read a value at once",
				"processes, milliseconds until all have ended");
	}

	private void lines(Path directory, String figure, String title, String axes) throws IOException {
		List<Summary> summaries = this.results.of(figure);
		plot(directory.resolve(figure + ".svg"), summaries, Chart.lines(title, axes, summaries));
	}

	private static void plot(Path file, List<Summary> summaries, String svg) throws IOException {
		if (!summaries.isEmpty()) {
			Files.writeString(file, svg);
		}
	}

	private String resolve(String name) {
		return switch (name) {
			case "targets" -> targets();
			case "machine" -> machine();
			case "start-up profile", "reads profile" -> new ProfileTable(this.results, name).toString();
			default -> new Table(this.results, name).toString();
		};
	}

	private String targets() {
		StringBuilder table = new StringBuilder("| | to reach | measured | |\n| --- | --- | --- | --- |\n");
		for (Target target : Target.all()) {
			Optional<Target.Verdict> verdict = target.verdict().apply(this.results);
			table.append("| %s | %s | %s | %s |\n".formatted(target.what(), target.toReach(),
					verdict.map(Target.Verdict::figure).orElse("not measured"),
					verdict.map((value) -> value.met() ? "met" : "**not met**").orElse("")));
		}
		return table.toString().strip();
	}

	private String machine() {
		StringBuilder table = new StringBuilder("| | |\n| --- | --- |\n");
		new TreeMap<>(this.machine).forEach((name, value) -> table.append("| %s | %s |\n".formatted(name, value)));
		return table.toString().strip();
	}

}
