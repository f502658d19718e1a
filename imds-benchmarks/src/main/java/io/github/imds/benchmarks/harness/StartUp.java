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

package io.github.imds.benchmarks.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.imds.benchmarks.lab.Case;
import io.github.imds.benchmarks.lab.Hardware;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Namespace;
import io.github.imds.benchmarks.lab.Network;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Start of the same application without a starter, with the starter of this project, and
 * with its peers. Spring Cloud AWS needs another version of Spring Boot, and so has a
 * baseline of its own.
 */
final class StartUp {

	private final Lab lab;

	StartUp(Lab lab) {
		this.lab = lab;
	}

	void measureWeb() throws IOException {
		measure("start-up web", "web", this.lab.effort().unusedPairs(), this.lab.effort().pairs());
	}

	void measureBare() throws IOException {
		measure("start-up", "", this.lab.effort().runs(), this.lab.effort().runs());
	}

	private void measure(String figure, String stack, int unusedPairs, int pairs) throws IOException {
		try (Namespace silent = Namespace.silent(); Namespace refusing = Namespace.refusing()) {
			Start baseline = Start.baseline(this.lab, figure, stack, served(0));
			List<Start> starts = new ArrayList<>();
			starts.add(baseline);
			starts.add(Start.peerBaseline(this.lab, figure, stack, served(0)));
			for (int count : new int[] { 0, 3 }) {
				String condition = count + " properties";
				Start start = baseline.with(Subjects.IMDS, condition, count, served(0));
				starts.add((count == 0) ? start : start.atMost(pairs));
				starts.add(baseline.with(Subjects.SPRING_CLOUD_AWS, condition, count, served(0)));
			}
			starts.add(baseline.with(Subjects.AWS_SDK, "3 properties", 3, served(0)));
			starts.add(baseline.with(Subjects.URL_CONNECTION, "3 properties", 3, served(0)));
			if (this.lab.effort().all()) {
				for (String subject : List.of(Subjects.IMDS, Subjects.SPRING_CLOUD_AWS)) {
					starts.add(baseline.with(subject, "20 properties", 20, served(0)).atMost(this.lab.effort().runs()));
					starts.add(baseline.with(subject, "3 properties at 2 ms", 3, served(2))
						.atMost(this.lab.effort().runs()));
				}
			}
			starts.add(baseline
				.with(Subjects.IMDS, "3 properties off EC2", 3, new Network.Unserved(silent, Hardware.OTHER))
				.atMost(pairs));
			starts.add(baseline
				.with(Subjects.IMDS, "3 properties refused", 3, new Network.Unserved(refusing, Hardware.UNKNOWN))
				.atMost(pairs));
			Case.interleave(unusedPairs, starts);
		}
	}

	/**
	 * Measure starts that wait for the service. Each takes seconds.
	 */
	void measureUnreachable() throws IOException {
		try (Namespace silent = Namespace.silent(); Namespace refusing = Namespace.refusing()) {
			Network unknown = new Network.Unserved(silent, Hardware.UNKNOWN);
			Start baseline = Start.baseline(this.lab, "start-up unreachable", "web", unknown);
			Start peer = Start.peerBaseline(this.lab, "start-up unreachable", "web", unknown);
			List<Start> starts = List.of(baseline, peer, baseline.with(Subjects.IMDS, "silent: none used", 0, unknown),
					baseline.with(Subjects.IMDS, "silent: machine unknown", 3, unknown),
					baseline.with(Subjects.IMDS, "silent: EC2", 3, new Network.Unserved(silent, Hardware.EC2)),
					baseline.with(Subjects.IMDS, "refused: explicit endpoint", 3, new Network.ExplicitlyRefused()),
					baseline.with(Subjects.IMDS, "refused: EC2", 3, new Network.Unserved(refusing, Hardware.EC2)),
					baseline.with(Subjects.SPRING_CLOUD_AWS, "silent: machine unknown", 3, unknown),
					baseline.with(Subjects.SPRING_CLOUD_AWS, "refused: machine unknown", 3,
							new Network.Unserved(refusing, Hardware.UNKNOWN)));
			Case.interleave(this.lab.effort().runs(), starts);
		}
	}

	private Network served(int millis) {
		return new Network.Served(this.lab.server(), Duration.ofMillis(millis));
	}

}
