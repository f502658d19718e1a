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
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.github.imds.benchmarks.jvm.LookUps;
import io.github.imds.benchmarks.jvm.UncachedReads;
import io.github.imds.benchmarks.report.Subjects;

/**
 * What JMH measures.
 */
final class Jmh {

	private static final Map<String, String> READERS = new TreeMap<>(
			Map.of("imds", Subjects.IMDS, "awsSdk", Subjects.AWS_SDK, "urlConnection", Subjects.URL_CONNECTION));

	private static final Map<String, String> LOOK_UPS = new TreeMap<>(
			Map.of("imdsProperty", "a property of the instance again", "imdsPropertyInSource",
					"the same in our source alone", "otherProperty", "a property that is nowhere",
					"otherPropertyWithoutImds", "the same without our source", "fact", "a typed fact again"));

	private final Lab lab;

	Jmh(Lab lab) {
		this.lab = lab;
	}

	void measureReads() throws IOException {
		for (String connection : new String[] { "close", "keep-alive" }) {
			this.lab.server().prepare(Duration.ZERO, "instance", connection);
			for (int threads : new int[] { 1, 16 }) {
				String condition = "%d thread%s and %s".formatted(threads, (threads > 1) ? "s" : "", connection);
				for (Map.Entry<String, String> reader : READERS.entrySet()) {
					run(UncachedReads.class, reader.getKey(), threads, "reads", reader.getValue(), condition,
							"reads/s");
				}
			}
		}
	}

	void measureLookUps() throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		for (Map.Entry<String, String> lookUp : LOOK_UPS.entrySet()) {
			run(LookUps.class, lookUp.getKey(), 1, "look-up", lookUp.getValue(), "1 thread", "ns");
		}
	}

	private void run(Class<?> benchmark, String method, int threads, String figure, String subject, String condition,
			String unit) throws IOException {
		TimeValue time = TimeValue.seconds(this.lab.effort().seconds());
		OptionsBuilder options = new OptionsBuilder();
		options.include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
			.forks(this.lab.effort().forks())
			.threads(threads)
			.warmupIterations(3)
			.warmupTime(time)
			.measurementIterations(this.lab.effort().iterations())
			.measurementTime(time)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.jvmArgsAppend("-D" + UncachedReads.ENDPOINT + "=" + this.lab.server().endpoint());
		try {
			for (RunResult result : new Runner(options.build()).run()) {
				result.getBenchmarkResults()
					.forEach((fork) -> fork.getIterationResults()
						.forEach((iteration) -> this.lab.results()
							.add(figure, subject, condition, unit, iteration.getPrimaryResult().getScore())));
			}
		}
		catch (RunnerException ex) {
			throw new IOException(ex);
		}
	}

}
