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
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.imds.benchmarks.report.Results.Summary;
import io.github.imds.benchmarks.report.Target.Verdict;

/**
 * Targets of programs that read one value.
 */
final class CommandTargets {

	private static final String FIGURE = "command line";

	private static final String CONDITION = "one value";

	private static final String ARCHIVED = " with archive";

	/**
	 * Time of ec2imds, a command-line tool in Python, for one value. It is not part of
	 * the run; it was measured before, on a machine of the same kind.
	 */
	private static final int EC2IMDS_MILLIS = 71;

	/**
	 * Time of an empty JVM on the machine that the targets were set on.
	 */
	private static final double EMPTY_JVM_MILLIS = 47;

	private CommandTargets() {
	}

	static List<Target> all() {
		return List.of(
				new Target("first value from the start of a process, plain Java", toReach(150),
						CommandTargets::firstValue),
				new Target("`imds`, one value, without an archive of classes", toReach(300),
						(results) -> oneValue(results, false, 300)),
				new Target("`imds`, one value, with an archive of classes", toReach(150),
						(results) -> oneValue(results, true, 150)));
	}

	private static String toReach(int limit) {
		return "at most %d ms (%.1f times an empty JVM)".formatted(limit, limit / EMPTY_JVM_MILLIS);
	}

	private static Optional<Verdict> firstValue(Results results) {
		String condition = "whole process";
		Optional<Summary> empty = results.find("first value", Subjects.EMPTY_JVM, condition);
		List<String> peers = new ArrayList<>();
		for (String subject : List.of(Subjects.EMPTY_JVM, Subjects.URL_CONNECTION, Subjects.AWS_SDK, Subjects.CURL)) {
			peers.add(Target.beside(subject, "ms", results.find("first value", subject, condition)));
		}
		return results.find("first value", Subjects.IMDS, condition)
			.map((summary) -> new Verdict(withProportion(summary, proportion(summary, empty)),
					Target.besides(peers.toArray(String[]::new)), summary.median() <= 150,
					proportion(summary, empty) <= 150 / EMPTY_JVM_MILLIS));
	}

	private static Optional<Verdict> oneValue(Results results, boolean archived, double limit) {
		List<Summary> summaries = results.of(FIGURE)
			.stream()
			.filter((summary) -> summary.key().condition().equals(CONDITION)
					&& summary.key().subject().startsWith(Subjects.IMDS)
					&& summary.key().subject().endsWith(ARCHIVED) == archived)
			.toList();
		if (summaries.isEmpty()) {
			return Optional.empty();
		}
		String figure = summaries.stream()
			.map((summary) -> jdk(summary) + ": " + withProportion(summary, proportion(results, summary)))
			.collect(Collectors.joining(", "));
		return Optional.of(new Verdict(figure,
				Target.besides("ec2imds %d ms".formatted(EC2IMDS_MILLIS),
						Target.beside(Subjects.CURL, "ms", results.find(FIGURE, Subjects.CURL, CONDITION))),
				summaries.stream().allMatch((summary) -> summary.median() <= limit),
				summaries.stream().allMatch((summary) -> proportion(results, summary) <= limit / EMPTY_JVM_MILLIS)));
	}

	private static String jdk(Summary summary) {
		return summary.key().subject().replace(Subjects.IMDS + " ", "").replace(ARCHIVED, "");
	}

	private static double proportion(Results results, Summary summary) {
		return proportion(summary, results.find(FIGURE, Subjects.EMPTY_JVM + " " + jdk(summary), CONDITION));
	}

	private static double proportion(Summary summary, Optional<Summary> emptyJvm) {
		return emptyJvm.map((empty) -> summary.median() / empty.median()).orElse(Double.NaN);
	}

	private static String withProportion(Summary summary, double proportion) {
		return "%.0f ms (%.1f times)".formatted(summary.median(), proportion);
	}

}
