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

import java.util.Optional;

import io.github.imds.benchmarks.report.Results.Key;
import io.github.imds.benchmarks.report.Results.Summary;

/**
 * Baselines of the subjects: the same process without the subject.
 */
final class Baselines {

	private Baselines() {
	}

	/**
	 * Return the difference of a subject to its baseline.
	 * @param results all results
	 * @param summary a result of the subject
	 * @return the difference, or empty if the subject has no baseline
	 */
	static Optional<Summary> added(Results results, Summary summary) {
		Key key = summary.key();
		String condition = key.figure().startsWith("start-up") ? Subjects.ANY : key.condition();
		String subject = switch (key.subject()) {
			case Subjects.SPRING_CLOUD_AWS -> Subjects.NO_STARTER_OF_PEER;
			case Subjects.IMDS, Subjects.AWS_SDK, Subjects.URL_CONNECTION ->
				results.find(key.figure(), Subjects.NO_STARTER, condition).isPresent() ? Subjects.NO_STARTER
						: Subjects.EMPTY_JVM;
			default -> "";
		};
		return results.difference(key, new Key(key.figure(), subject, condition, key.unit()));
	}

	/**
	 * Return the difference of a subject to its baseline.
	 * @param results all results
	 * @param figure the name of the figure
	 * @param subject the name of the subject
	 * @param condition the name of the condition
	 * @return the difference, or empty if it was not measured
	 */
	static Optional<Summary> added(Results results, String figure, String subject, String condition) {
		return results.find(figure, subject, condition).flatMap((summary) -> added(results, summary));
	}

}
