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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.imds.benchmarks.report.Results.Summary;

/**
 * Writer of the page and its plots. Every number of the page comes from the results.
 *
 * @since 0.1.0
 */
public final class Report {

	/**
	 * Name of the file with the machine, the date and the versions.
	 */
	public static final String MACHINE = "machine.properties";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");

	private final Results results;

	private final Properties machine = new Properties();

	private Report(Path directory) throws IOException {
		this.results = Results.read(directory.resolve(Results.FILE));
		try (Reader reader = Files.newBufferedReader(directory.resolve(MACHINE))) {
			this.machine.load(reader);
		}
	}

	/**
	 * Write the page.
	 * @param args the template and the page, whose directory has the results and receives
	 * the plots
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
	 * Return the directory of the results and plots of a page.
	 * @param page the page
	 * @return the directory, with the name of the page
	 */
	public static Path directory(Path page) {
		return page.resolveSibling(page.getFileName().toString().replace(".md", ""));
	}

	private void writePlots(Path directory) throws IOException {
		List<Summary> added = new ArrayList<>();
		this.results.of("start-up web CPU")
			.forEach((summary) -> Baselines.added(this.results, summary).ifPresent(added::add));
		added.sort(Comparator.comparing((summary) -> summary.key().condition()));
		plot(directory.resolve("start-up.svg"), added,
				Chart.bars("CPU time added to the start of a web application", "ms", added));
		List<Summary> notices = this.results.of("notice to readiness");
		plot(directory.resolve("notices.svg"), notices, Chart.histogram("From a Spot notice to REFUSING_TRAFFIC",
				"seconds; number of notices", this.results.valuesOf("notice to readiness")));
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
			case "summary" -> summary();
			case "start-up threads" -> new ThreadTable(this.results).toString();
			case "start-up profile", "reads profile", "classes" -> new Pivot(this.results, name, true).toString();
			case "contexts", "under fire", "load balancer" -> new Pivot(this.results, name, false).toString();
			default -> new Table(this.results, name).toString();
		};
	}

	private String targets() {
		List<String> header = List.of("", "to reach", "measured", "beside it", "");
		MarkdownTable table = new MarkdownTable(header, header.size());
		for (Target target : Target.all()) {
			Optional<Target.Verdict> verdict = target.verdict().apply(this.results);
			table.row(List.of(target.subject(), target.toReach(),
					verdict.map(Target.Verdict::figure).orElse("not measured"),
					verdict.map(Target.Verdict::beside).orElse(""), verdict.map(Target.Verdict::toString).orElse("")));
		}
		return table.toString();
	}

	/**
	 * Return the number of targets that are met, with the date and the machine.
	 */
	private String summary() {
		List<Optional<Target.Verdict>> verdicts = Target.all()
			.stream()
			.map((target) -> target.verdict().apply(this.results))
			.toList();
		long measured = verdicts.stream().filter(Optional::isPresent).count();
		long met = verdicts.stream().flatMap(Optional::stream).filter(Target.Verdict::met).count();
		long inProportion = verdicts.stream().flatMap(Optional::stream).filter(Target.Verdict::metInProportion).count();
		return ("**%d of %d targets are met, %d more in proportion to an empty JVM** (%d not measured). "
				+ "Measured on %s, %s, JDK %s, Spring Boot %s.")
			.formatted(met, measured, inProportion - met, verdicts.size() - measured, this.machine.get("Date"),
					this.machine.get("Processor"), this.machine.get("JDK"), this.machine.get("Spring Boot"));
	}

	private String machine() {
		StringBuilder table = new StringBuilder("| | |\n| --- | --- |\n");
		new TreeMap<>(this.machine).forEach((name, value) -> table.append("| %s | %s |\n".formatted(name, value)));
		return table.toString().strip();
	}

}
