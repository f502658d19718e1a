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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import io.github.imds.benchmarks.report.Results.Summary;

/**
 * Plots as SVG, readable on a light and on a dark page.
 */
final class Chart {

	private static final int WIDTH = 720;

	private static final int LEFT = 70;

	private static final int RIGHT = 20;

	private static final int TOP = 60;

	private static final String[] COLORS = { "#2f81f7", "#d4762c", "#3a9b57", "#a05bd0" };

	private final StringBuilder svg = new StringBuilder();

	private final int height;

	private Chart(String title, int height) {
		this.height = height;
		this.svg.append("""
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
				<style>
				text { fill: #1f2328 } .grid { stroke: #8c959f; stroke-opacity: 0.35 }
				@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
				</style>
				""".formatted(WIDTH, height));
		text(0, 18, "start", "<tspan font-weight=\"bold\">" + title + "</tspan>");
	}

	/**
	 * Draw bars, a group for each condition with one bar for each subject.
	 * @param title the title
	 * @param unit the unit of the values
	 * @param summaries the values
	 * @return the SVG document
	 */
	static String bars(String title, String unit, List<Summary> summaries) {
		List<String> subjects = summaries.stream().map((summary) -> summary.key().subject()).distinct().toList();
		Map<String, List<Summary>> groups = new LinkedHashMap<>();
		summaries.forEach((summary) -> groups.computeIfAbsent(summary.key().condition(), (key) -> new ArrayList<>())
			.add(summary));
		Chart chart = new Chart(title, TOP + groups.size() * (subjects.size() * 18 + 14));
		chart.legend(subjects);
		double max = summaries.stream().mapToDouble(Summary::median).max().orElse(1);
		int labels = 170;
		double y = TOP;
		for (Map.Entry<String, List<Summary>> group : groups.entrySet()) {
			chart.text(labels - 10, y + group.getValue().size() * 9 + 4, "end", group.getKey());
			for (Summary summary : group.getValue()) {
				double width = Math.max(summary.median() / Math.max(max, 1) * (WIDTH - labels - 110), 1);
				chart.svg.append(String.format(Locale.ROOT,
						"<rect x=\"%d\" y=\"%.0f\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>%n", labels, y, width,
						color(subjects, summary)));
				chart.text(labels + width + 6, y + 12, "start", Table.number(summary.median()) + " " + unit);
				y += 18;
			}
			y += 14;
		}
		return chart.end();
	}

	/**
	 * Draw the distribution of values from zero on, in bars of a quarter of a unit.
	 * @param title the title
	 * @param axes the names of the axes
	 * @param values the values
	 * @return the SVG document
	 */
	static String histogram(String title, String axes, List<Double> values) {
		Chart chart = new Chart(title, 240);
		int bars = (int) (4 * values.stream().mapToDouble(Double::doubleValue).max().orElse(0)) + 1;
		int[] counts = new int[bars];
		values.forEach((value) -> counts[(int) Math.max(4 * value, 0)]++);
		int highest = Arrays.stream(counts).max().orElse(1);
		double width = (WIDTH - LEFT - RIGHT) / (double) bars;
		int bottom = chart.height - 50;
		for (int i = 0; i < bars; i++) {
			double height = counts[i] * (bottom - TOP) / (double) highest;
			chart.svg.append(String.format(Locale.ROOT,
					"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n", LEFT + i * width,
					bottom - height, width - 2, height, COLORS[0]));
			if (counts[i] > 0) {
				chart.text(LEFT + (i + 0.5) * width, bottom - height - 4, "middle", Integer.toString(counts[i]));
			}
			if (i % 4 == 0) {
				chart.text(LEFT + i * width, bottom + 18, "middle", Integer.toString(i / 4));
			}
		}
		chart.text(WIDTH / 2.0, chart.height - 8, "middle", axes);
		return chart.end();
	}

	/**
	 * Draw lines, one for each subject, on logarithmic axes. The conditions are numbers.
	 * @param title the title
	 * @param axes the names of the axes
	 * @param summaries the values
	 * @return the SVG document
	 */
	static String lines(String title, String axes, List<Summary> summaries) {
		Chart chart = new Chart(title, 360);
		List<String> subjects = summaries.stream().map((summary) -> summary.key().subject()).distinct().toList();
		chart.legend(subjects);
		Axis x = new Axis(LEFT, WIDTH - RIGHT, summaries.stream().mapToDouble(Chart::x).toArray());
		Axis y = new Axis(chart.height - 50, TOP, summaries.stream().mapToDouble(Summary::median).toArray());
		chart.grid(x, y, new TreeSet<>(summaries.stream().map(Chart::x).toList()));
		chart.text(WIDTH / 2.0, chart.height - 8, "middle", axes);
		for (String subject : subjects) {
			StringBuilder points = new StringBuilder();
			String color = COLORS[subjects.indexOf(subject) % COLORS.length];
			summaries.stream().filter((summary) -> summary.key().subject().equals(subject)).forEach((summary) -> {
				points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.at(x(summary)), y.at(summary.median())));
				chart.svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n",
						x.at(x(summary)), y.at(summary.median()), color));
			});
			chart.svg.append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
				.formatted(points.toString().strip(), color));
		}
		return chart.end();
	}

	private static double x(Summary summary) {
		return Double.parseDouble(summary.key().condition());
	}

	private void grid(Axis x, Axis y, Iterable<Double> ticks) {
		for (double tick : ticks) {
			line(x.at(tick), y.from(), x.at(tick), y.to());
			text(x.at(tick), y.from() + 18, "middle", Table.number(tick));
		}
		for (double tick = Math.pow(10, Math.floor(y.low())); tick <= Math.pow(10, y.high()); tick *= 10) {
			for (double part : new double[] { tick, 3 * tick }) {
				if (y.contains(part)) {
					line(x.from(), y.at(part), x.to(), y.at(part));
					text(LEFT - 8, y.at(part) + 4, "end", Table.number(part));
				}
			}
		}
	}

	private void legend(List<String> subjects) {
		double x = 0;
		for (int i = 0; i < subjects.size(); i++) {
			this.svg.append(
					String.format(Locale.ROOT, "<rect x=\"%.0f\" y=\"31\" width=\"12\" height=\"12\" fill=\"%s\"/>%n",
							x, COLORS[i % COLORS.length]));
			text(x + 18, 42, "start", subjects.get(i));
			x += 40 + subjects.get(i).length() * 7;
		}
	}

	private void line(double x1, double y1, double x2, double y2) {
		this.svg.append(String.format(Locale.ROOT,
				"<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", x1, y1, x2, y2));
	}

	private void text(double x, double y, String anchor, String text) {
		this.svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y,
				anchor, text));
	}

	private static String color(List<String> subjects, Summary summary) {
		return COLORS[subjects.indexOf(summary.key().subject()) % COLORS.length];
	}

	private String end() {
		return this.svg.append("</svg>\n").toString();
	}

	/**
	 * A logarithmic axis.
	 *
	 * @param from the coordinate of its beginning
	 * @param to the coordinate of its end
	 * @param low the decimal logarithm of its lowest value
	 * @param high the decimal logarithm of its highest value
	 */
	private record Axis(double from, double to, double low, double high) {

		Axis(double from, double to, double[] values) {
			this(from, to, Math.log10(lowest(values)), Math.log10(highest(values)));
		}

		private static double lowest(double[] values) {
			double lowest = Double.MAX_VALUE;
			for (double value : values) {
				lowest = Math.min(lowest, value);
			}
			return Math.max(lowest, 0.1) * 0.8;
		}

		private static double highest(double[] values) {
			double highest = 1;
			for (double value : values) {
				highest = Math.max(highest, value);
			}
			return highest * 1.25;
		}

		double at(double value) {
			return this.from
					+ (Math.log10(Math.max(value, 0.1)) - this.low) / (this.high - this.low) * (this.to - this.from);
		}

		boolean contains(double value) {
			return Math.log10(value) >= this.low && Math.log10(value) <= this.high;
		}

	}

}
