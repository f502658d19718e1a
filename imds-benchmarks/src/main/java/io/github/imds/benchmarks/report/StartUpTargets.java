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
import java.util.stream.Stream;

import io.github.imds.benchmarks.report.Results.Summary;
import io.github.imds.benchmarks.report.Target.Verdict;

/**
 * Targets of the start of a web application.
 */
final class StartUpTargets {

	private static final String CPU = Target.WEB + " CPU";

	private static final String THREE = "3 properties";

	private static final double CALL_LIMIT_MILLIS = 5000;

	private StartUpTargets() {
	}

	static List<Target> all() {
		return List.of(
				new Target("start-up of a web application, nothing used",
						"0 requests, at most 1 % of the CPU time of the start", StartUpTargets::unused),
				new Target("the same off EC2, three properties used",
						"0 packets, no class of session, tree, http or Jackson, at most 10 ms of CPU time",
						StartUpTargets::offEc2),
				new Target("three properties used", "at most a sixth of the CPU time of Spring Cloud AWS",
						StartUpTargets::threeProperties),
				new Target("refused at the default endpoint, machine unknown", "at most 20 ms",
						StartUpTargets::refused),
				new Target("silent at the default endpoint, machine unknown",
						"one timeout of 1 s, and only if a property is used", StartUpTargets::silent),
				new Target("refused or silent where the service is expected", "at most the limit of one call, 5 s",
						StartUpTargets::expected));
	}

	private static Optional<Verdict> unused(Results results) {
		String condition = "0 properties";
		double requests = count(results, Target.WEB, condition, "PUT") + count(results, Target.WEB, condition, "GET");
		Optional<Summary> baseline = results.find(CPU, Subjects.NO_STARTER, Subjects.ANY);
		return Baselines.added(results, CPU, Subjects.IMDS, condition).flatMap((added) -> baseline.map((whole) -> {
			double percent = 100 / whole.median();
			return new Verdict(
					String.format(Locale.ROOT,
							"%.0f requests, %+.1f %% (95 %% interval: %+.1f to %+.1f %%), %d pairs%s", requests,
							added.median() * percent, added.low() * percent, added.high() * percent, added.runs(),
							mainThread(results, condition)),
					peer(results, Subjects.SPRING_CLOUD_AWS, condition) + of(whole),
					requests == 0 && added.median() * percent <= 1);
		}));
	}

	private static String mainThread(Results results, String condition) {
		return Baselines.added(results, Target.WEB + " " + Subjects.THREADS.get(0), Subjects.IMDS, condition)
			.map((added) -> "; main thread %+.0f ms (%+.0f to %+.0f)".formatted(added.median(), added.low(),
					added.high()))
			.orElse("");
	}

	private static String of(Summary whole) {
		return String.format(Locale.ROOT, "; the whole start %,.0f ms", whole.median());
	}

	private static Optional<Verdict> offEc2(Results results) {
		String condition = THREE + " off EC2";
		double connections = count(results, Target.WEB, condition, "connections");
		double classes = Stream.of("imds: client.session", "imds: client.tree", "imds: client.http", "Jackson")
			.mapToDouble((part) -> classes(results, "off EC2", part) - classes(results, Subjects.ANY, part))
			.sum();
		return Baselines.added(results, CPU, Subjects.IMDS, condition)
			.map((cpu) -> new Verdict(
					"%.0f connections, %.0f such classes, %s".formatted(connections, classes,
							cpuAndWall(results, condition, cpu)),
					silentPeer(results), connections == 0 && classes == 0 && cpu.median() <= 10));
	}

	private static double classes(Results results, String subject, String part) {
		return results.find("classes", subject, part).map(Summary::median).orElse(0.0);
	}

	private static Optional<Verdict> threeProperties(Results results) {
		double put = count(results, Target.WEB, THREE, "PUT");
		double get = count(results, Target.WEB, THREE, "GET");
		Optional<Summary> peer = Baselines.added(results, CPU, Subjects.SPRING_CLOUD_AWS, THREE);
		return Baselines.added(results, CPU, Subjects.IMDS, THREE)
			.flatMap((ours) -> peer.map((theirs) -> new Verdict(
					"%.0f PUT + %.0f GET, %s: %.0f %% of Spring Cloud AWS".formatted(put, get,
							cpuAndWall(results, THREE, ours), 100 * ours.median() / theirs.median()),
					Target.besides(peer(results, Subjects.SPRING_CLOUD_AWS, THREE),
							peer(results, Subjects.AWS_SDK, THREE), peer(results, Subjects.URL_CONNECTION, THREE)),
					put == 1 && get == 3 && ours.median() <= theirs.median() / 6)));
	}

	private static Optional<Verdict> refused(Results results) {
		String condition = THREE + " refused";
		Optional<Summary> wall = Baselines.added(results, Target.WEB, Subjects.IMDS, condition);
		return Baselines.added(results, CPU, Subjects.IMDS, condition)
			.map((cpu) -> new Verdict(cpuAndWall(results, condition, cpu),
					wall(results, Subjects.SPRING_CLOUD_AWS, "refused: machine unknown"),
					cpu.median() <= 20 && wall.filter((value) -> value.low() <= 20).isPresent()));
	}

	private static Optional<Verdict> silent(Results results) {
		String condition = "silent: machine unknown";
		double unasked = count(results, Target.UNREACHABLE, "silent: none used", "connections");
		return Baselines.added(results, Target.UNREACHABLE, Subjects.IMDS, condition)
			.map((summary) -> new Verdict(
					"%+.0f ms; %.0f connections if none is used".formatted(summary.median(), unasked),
					silentPeer(results), unasked == 0 && summary.median() <= 1500));
	}

	private static Optional<Verdict> expected(Results results) {
		List<String> conditions = List.of("refused: explicit endpoint", "refused: EC2", "silent: EC2");
		if (conditions.stream()
			.anyMatch((condition) -> results.find(Target.UNREACHABLE, Subjects.IMDS, condition).isEmpty())) {
			return Optional.empty();
		}
		List<Summary> added = conditions.stream()
			.flatMap((condition) -> Baselines.added(results, Target.UNREACHABLE, Subjects.IMDS, condition).stream())
			.toList();
		return Optional.of(new Verdict(
				"explicit endpoint refused %+.0f ms, EC2 refused %+.0f ms, EC2 silent %+.0f ms"
					.formatted(added.stream().map(Summary::median).toArray()),
				silentPeer(results),
				added.stream().allMatch((summary) -> summary.median() <= 1.1 * CALL_LIMIT_MILLIS)));
	}

	private static String cpuAndWall(Results results, String condition, Summary cpu) {
		String wall = Baselines.added(results, Target.WEB, Subjects.IMDS, condition)
			.map((summary) -> "; wall time %+.0f ms".formatted(summary.median()))
			.orElse("");
		return "%+.0f ms (95 %% interval: %+.0f to %+.0f)%s".formatted(cpu.median(), cpu.low(), cpu.high(), wall);
	}

	private static String peer(Results results, String subject, String condition) {
		return Baselines.added(results, CPU, subject, condition)
			.map((summary) -> "%s %+.0f ms".formatted(subject, summary.median()))
			.orElse("");
	}

	private static String silentPeer(Results results) {
		return wall(results, Subjects.SPRING_CLOUD_AWS, "silent: machine unknown");
	}

	private static String wall(Results results, String subject, String condition) {
		return Baselines.added(results, Target.UNREACHABLE, subject, condition)
			.map((summary) -> "%s %+.0f ms of wall time".formatted(subject, summary.median()))
			.orElse("");
	}

	private static double count(Results results, String figure, String condition, String kind) {
		return results.find(figure + " " + kind, Subjects.IMDS, condition).map(Summary::max).orElse(Double.NaN);
	}

}
