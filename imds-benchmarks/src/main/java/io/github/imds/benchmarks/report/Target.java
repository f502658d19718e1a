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

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import io.github.imds.benchmarks.report.Results.Summary;

/**
 * What is to be reached, and whether it is.
 *
 * @param what what it is about
 * @param toReach what is to be reached
 * @param verdict looks at the results
 */
record Target(String what, String toReach, Function<Results, Optional<Verdict>> verdict) {

	/**
	 * What ec2imds, a command-line tool in Python, took for the same instance with 2 ms a
	 * request: 97 requests, one after the other. It was measured before, on such a
	 * machine; this project cannot start it.
	 */
	private static final double EC2IMDS_MILLIS = 318;

	private static final String START_UP = "start-up";

	static List<Target> all() {
		return List.of(
				new Target("start-up, no `imds.*` property used", "0 requests, no measurable difference",
						Target::unused),
				new Target("start-up, three properties used",
						"1 PUT + 3 GET, at most a quarter of what Spring Cloud AWS adds", Target::threeProperties),
				new Target("start-up off EC2", "0 packets, at most 10 ms added", Target::offEc2),
				new Target("start-up, connections refused", "at most 20 ms added", Target::refused),
				new Target("start-up, silent network", "one timeout, and only if a property is used", Target::silent),
				new Target("everything, 2 ms a request",
						"at most a fifth of ec2imds's %.0f ms".formatted(EC2IMDS_MILLIS), Target::everything),
				new Target("a fixed property again, in our property source", "under 1,000 ns",
						(results) -> lookUp(results, "the same in our source alone")),
				new Target("a typed fact again", "under 1,000 ns", (results) -> lookUp(results, "a typed fact again")),
				new Target("uncached reads, 1 thread", "at least as many as the AWS SDK",
						(results) -> reads(results, "1 thread and close")),
				new Target("uncached reads, 16 threads", "at least as many as the AWS SDK",
						(results) -> reads(results, "16 threads and close")),
				new Target("16 threads starting cold", "1 token request", Target::coldStart),
				new Target("added to the class path of a web application", "under 500 kB", Target::classPath));
	}

	private static Optional<Verdict> unused(Results results) {
		String condition = "0 properties at 0 ms";
		Optional<Summary> added = added(results, START_UP, Subjects.IMDS, condition);
		double requests = requests(results, condition, "PUT") + requests(results, condition, "GET");
		return added.map((summary) -> new Verdict("%.0f requests, %s".formatted(requests, millis(summary)),
				requests == 0 && summary.lowerQuartile() <= 0));
	}

	private static Optional<Verdict> threeProperties(Results results) {
		String condition = "3 properties at 0 ms";
		double put = requests(results, condition, "PUT");
		double get = requests(results, condition, "GET");
		Optional<Summary> peer = added(results, START_UP, Subjects.SPRING_CLOUD_AWS, condition);
		return added(results, START_UP, Subjects.IMDS, condition).flatMap((ours) -> peer.map((theirs) -> new Verdict(
				"%.0f PUT + %.0f GET, %+.0f ms: %.0f %% of %+.0f ms".formatted(put, get, ours.median(),
						100 * ours.median() / theirs.median(), theirs.median()),
				put == 1 && get == 3 && ours.median() <= theirs.median() / 4)));
	}

	private static Optional<Verdict> offEc2(Results results) {
		String figure = "start-up off EC2";
		double connections = connections(results, figure, "3 properties");
		return added(results, figure, Subjects.IMDS, "3 properties")
			.map((summary) -> new Verdict("%.0f connections, %s".formatted(connections, millis(summary)),
					connections == 0 && summary.median() <= 10));
	}

	private static Optional<Verdict> refused(Results results) {
		return added(results, "start-up refused", Subjects.IMDS, "3 properties")
			.map((summary) -> new Verdict(millis(summary), summary.median() <= 20));
	}

	/**
	 * Say a difference together with how sure it is.
	 */
	private static String millis(Summary summary) {
		return "%+.0f ms (half of the turns: %+.0f to %+.0f)".formatted(summary.median(), summary.lowerQuartile(),
				summary.upperQuartile());
	}

	private static Optional<Verdict> silent(Results results) {
		String figure = "start-up silent";
		double unasked = connections(results, figure, "0 properties");
		double asked = connections(results, figure, "3 properties");
		return added(results, figure, Subjects.IMDS, "3 properties").map((summary) -> new Verdict(
				"%.0f connections if none is used; else %.0f, two to each address in one timeout, and %+.0f ms"
					.formatted(unasked, asked, summary.median()),
				unasked == 0 && asked <= 4 && summary.median() < 2000));
	}

	private static Optional<Verdict> everything(Results results) {
		return results.find("everything", "8 at once", "2 ms")
			.map((summary) -> new Verdict("%.0f ms".formatted(summary.median()),
					summary.median() <= EC2IMDS_MILLIS / 5));
	}

	private static Optional<Verdict> lookUp(Results results, String subject) {
		return results.find("look-up", subject, "1 thread")
			.map((summary) -> new Verdict("%.0f ns".formatted(summary.median()), summary.median() < 1000));
	}

	private static Optional<Verdict> reads(Results results, String condition) {
		Optional<Summary> peer = results.find("reads", Subjects.AWS_SDK, condition);
		return results.find("reads", Subjects.IMDS, condition)
			.flatMap((ours) -> peer.map((theirs) -> new Verdict(
					String.format(Locale.ROOT, "%,.0f a second, AWS SDK %,.0f (half of its runs: %,.0f to %,.0f)",
							ours.median(), theirs.median(), theirs.lowerQuartile(), theirs.upperQuartile()),
					ours.median() >= theirs.lowerQuartile())));
	}

	private static Optional<Verdict> coldStart(Results results) {
		return results.find("cold start PUT", Subjects.IMDS, "16 threads")
			.map((summary) -> new Verdict("%.0f at most".formatted(summary.max()), summary.max() == 1));
	}

	private static Optional<Verdict> classPath(Results results) {
		return results.find("class path added", Subjects.IMDS, "a web application")
			.map((summary) -> new Verdict("%.0f kB".formatted(summary.median()), summary.median() < 500));
	}

	private static Optional<Summary> added(Results results, String figure, String subject, String condition) {
		return results.find(figure, subject, condition).flatMap((summary) -> Baselines.added(results, summary));
	}

	private static double requests(Results results, String condition, String method) {
		return results.find(START_UP + " " + method, Subjects.IMDS, condition).map(Summary::max).orElse(Double.NaN);
	}

	private static double connections(Results results, String figure, String condition) {
		return results.find(figure + " connections", Subjects.IMDS, condition).map(Summary::max).orElse(Double.NaN);
	}

	/**
	 * What was reached.
	 *
	 * @param figure the figure in words
	 * @param met whether it is what is to be reached
	 */
	record Verdict(String figure, boolean met) {

	}

}
