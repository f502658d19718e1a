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
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.imds.benchmarks.report.Results.Summary;

/**
 * Target of a measurement.
 *
 * @param subject the subject
 * @param toReach the value to reach
 * @param verdict the function that returns the verdict, empty if it was not measured
 */
record Target(String subject, String toReach, Function<Results, Optional<Verdict>> verdict) {

	static final String WEB = "start-up web";

	static final String UNREACHABLE = "start-up unreachable";

	private static final List<String> FAULTS = List.of("silent", "throttling", "refusing");

	static List<Target> all() {
		return Stream.of(StartUpTargets.all().stream(), CommandTargets.all().stream(), running())
			.flatMap((all) -> all)
			.toList();
	}

	private static Stream<Target> running() {
		return Stream.of(new Target("everything in a running JVM, 2 ms a request", "at most 45 ms", Target::everything),
				new Target("uncached reads, 1 thread", "at least the AWS SDK's, within 10 % of a bare socket's",
						(results) -> reads(results, "1 thread")),
				new Target("uncached reads, 16 threads", "at least the AWS SDK's, within 10 % of a bare socket's",
						(results) -> reads(results, "16 threads")),
				new Target("known property again, in the property source", "no request, under 1,000 ns",
						(results) -> lookUp(results, "known property in the source alone")),
				new Target("known fact again", "no request, under 1,000 ns",
						(results) -> lookUp(results, "known fact")),
				new Target("50 threads, a due value, the service silent, throttling or refusing", "no look-up waits",
						Target::underFire),
				new Target("added to the class path of a web application", "under 400 kB", Target::classPath),
				new Target("Spot notice to `REFUSING_TRAFFIC`", "one interval, 5 s", Target::notices),
				new Target("interruption of a Spot Instance behind a load balancer", "0 requests lost",
						Target::loadBalancer));
	}

	private static Optional<Verdict> everything(Results results) {
		return results.find("everything", "8 at once", "2 ms")
			.map((summary) -> new Verdict("%.0f ms".formatted(summary.median()),
					beside("one request at a time", "ms", results.find("everything", "1 at once", "2 ms")),
					summary.median() <= 45));
	}

	private static Optional<Verdict> reads(Results results, String condition) {
		Optional<Summary> peer = results.find("reads", Subjects.AWS_SDK, condition);
		Optional<Summary> socket = results.find("reads", Subjects.SOCKET, condition);
		return results.find("reads", Subjects.IMDS, condition)
			.filter((ours) -> peer.isPresent() && socket.isPresent())
			.map((ours) -> new Verdict("%s a second".formatted(Table.number(ours.median())),
					besides(beside(Subjects.AWS_SDK, "", peer), beside(Subjects.SOCKET, "", socket),
							beside(Subjects.URL_CONNECTION, "",
									results.find("reads", Subjects.URL_CONNECTION, condition))),
					ours.median() >= peer.get().median() && ours.median() >= 0.9 * socket.get().median()));
	}

	private static Optional<Verdict> lookUp(Results results, String subject) {
		double requests = results.find("look-up GET", subject, "1 thread").map(Summary::median).orElse(Double.NaN);
		return results.find("look-up", subject, "1 thread")
			.map((summary) -> new Verdict(
					"%.0f ns, %.0f requests in all look-ups of a run".formatted(summary.median(), requests),
					beside("absent property without the source", "ns",
							results.find("look-up", "absent other property without the source", "1 thread")),
					summary.median() < 1000 && requests < 10));
	}

	private static Optional<Verdict> underFire(Results results) {
		if (FAULTS.stream().anyMatch((fault) -> results.find("under fire", fault, "longest (µs)").isEmpty())) {
			return Optional.empty();
		}
		double longest = FAULTS.stream()
			.mapToDouble((fault) -> underFire(results, fault, "longest (µs)"))
			.max()
			.orElse(0);
		String figure = FAULTS.stream()
			.map((fault) -> "%s: %.1f ms, %.0f requests".formatted(fault,
					underFire(results, fault, "longest (µs)") / 1000, underFire(results, fault, "requests")))
			.collect(Collectors.joining("; ", "longest look-up: ", ""));
		return Optional.of(new Verdict(figure,
				"no fault: %.1f ms".formatted(underFire(results, Subjects.HEALTHY, "longest (µs)") / 1000),
				longest < 100_000));
	}

	private static double underFire(Results results, String fault, String kind) {
		return results.find("under fire", fault, kind).map(Summary::max).orElse(Double.NaN);
	}

	private static Optional<Verdict> classPath(Results results) {
		String figure = "class path added";
		String condition = "a web application";
		return results.find(figure, Subjects.IMDS, condition)
			.map((summary) -> new Verdict("%.0f kB".formatted(summary.median()),
					besides(beside(Subjects.AWS_SDK, "kB", results.find(figure, Subjects.AWS_SDK, condition)),
							beside(Subjects.SPRING_CLOUD_AWS, "kB",
									results.find(figure, Subjects.SPRING_CLOUD_AWS, condition))),
					summary.median() < 400));
	}

	private static Optional<Verdict> notices(Results results) {
		return results.find("notice to readiness", Subjects.IMDS, "Spot interruption")
			.map((summary) -> new Verdict(String.format(Locale.ROOT, "%d notices: median %.1f s, longest %.1f s",
					summary.runs(), summary.median(), summary.max()), "", summary.max() <= 5));
	}

	private static Optional<Verdict> loadBalancer(Results results) {
		String figure = "load balancer";
		Optional<Summary> answered = results.find(figure, "with notices", "answered");
		return results.find(figure, "with notices", "lost")
			.flatMap((lost) -> answered
				.map((all) -> new Verdict("%.0f lost, %s answered".formatted(lost.max(), Table.number(all.median())),
						beside("without notices", "lost", results.find(figure, "without notices", "lost")),
						lost.max() == 0)));
	}

	static String besides(String... peers) {
		return Stream.of(peers).filter((peer) -> !peer.isEmpty()).collect(Collectors.joining(", "));
	}

	static String beside(String subject, String unit, Optional<Summary> summary) {
		return summary.map((value) -> (subject + " " + Table.number(value.median()) + " " + unit).strip()).orElse("");
	}

	/**
	 * Verdict on a target.
	 *
	 * @param figure the measured value
	 * @param beside the values of peers
	 * @param met whether the target is met on this machine
	 * @param metInProportion whether the target is met in proportion to the time that an
	 * empty JVM takes on this machine
	 */
	record Verdict(String figure, String beside, boolean met, boolean metInProportion) {

		Verdict(String figure, String beside, boolean met) {
			this(figure, beside, met, met);
		}

		@Override
		public String toString() {
			if (this.met) {
				return "✅ met";
			}
			return this.metInProportion ? "❌ not met here, in proportion met" : "❌ **not met**";
		}

	}

}
