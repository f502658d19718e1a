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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.github.imds.benchmarks.jvm.LookUps;
import io.github.imds.benchmarks.jvm.UncachedReads;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Profiler;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Measurements with JMH.
 */
final class Jmh {

	private static final Map<String, String> READERS = new TreeMap<>(Map.of("imds", Subjects.IMDS, "awsSdk",
			Subjects.AWS_SDK, "urlConnection", Subjects.URL_CONNECTION, "socket", Subjects.SOCKET));

	private static final Map<String, String> LOOK_UPS = new TreeMap<>(Map.of("imdsProperty", "known property",
			"imdsPropertyInSource", "known property in the source alone", "otherProperty", "absent other property",
			"otherPropertyWithoutImds", "absent other property without the source", "fact", "known fact"));

	/**
	 * Parts of a read, by the beginnings of the frames of a stack.
	 */
	private static final Map<String, List<String>> PARTS = parts();

	private final Lab lab;

	Jmh(Lab lab) {
		this.lab = lab;
	}

	void measureReads() throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		for (int threads : new int[] { 1, 16 }) {
			String condition = (threads == 1) ? "1 thread" : threads + " threads";
			for (Map.Entry<String, String> reader : READERS.entrySet()) {
				run(UncachedReads.class, reader.getKey(), threads, this.lab.effort().readWarmUps(), "reads",
						reader.getValue(), condition, "reads/s");
			}
		}
	}

	private static Map<String, List<String>> parts() {
		Map<String, List<String>> parts = new LinkedHashMap<>();
		parts.put("sockets", List.of("java/net/Socket", "sun/nio/ch/", "java/net/InetAddress"));
		parts.put("the JDK's HTTP", List.of("sun/net/www/", "java/net/HttpURLConnection", "java/net/URL"));
		parts.put("Spring's RestClient", List.of("org/springframework/", "io/micrometer/"));
		parts.put("the client itself", List.of("io/github/imds/", "software/amazon/"));
		return parts;
	}

	/**
	 * Sample one thread that reads.
	 */
	void measureProfile() throws IOException {
		Profiler profiler = Profiler.create(this.lab.work());
		this.lab.server().prepare(Duration.ZERO);
		for (Map.Entry<String, String> reader : READERS.entrySet()) {
			start(options(UncachedReads.class, reader.getKey(), 1, this.lab.effort().readWarmUps())
				.jvmArgsAppend(endpoint(), profiler.option("cpu", "1ms")));
			Map<String, Integer> samples = profiler.samples("_jmhTest.", Jmh::part);
			double all = samples.values().stream().mapToInt(Integer::intValue).sum();
			samples.forEach((part, count) -> this.lab.results()
				.add("reads profile", reader.getValue(), part, "% of the processor time", 100 * count / all));
		}
	}

	private static String part(List<String> stack) {
		return PARTS.entrySet()
			.stream()
			.filter((part) -> stack.stream().anyMatch((frame) -> part.getValue().stream().anyMatch(frame::startsWith)))
			.findFirst()
			.map(Map.Entry::getKey)
			.orElse("everything else");
	}

	void measureLookUps() throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		for (Map.Entry<String, String> lookUp : LOOK_UPS.entrySet()) {
			run(LookUps.class, lookUp.getKey(), 1, this.lab.effort().warmUps(), "look-up", lookUp.getValue(),
					"1 thread", "ns");
			this.lab.results()
				.add("look-up GET", lookUp.getValue(), "1 thread", "requests", this.lab.server().counts().get());
		}
	}

	private void run(Class<?> benchmark, String method, int threads, int warmUps, String figure, String subject,
			String condition, String unit) throws IOException {
		for (RunResult result : start(options(benchmark, method, threads, warmUps).jvmArgsAppend(endpoint()))) {
			result.getBenchmarkResults()
				.forEach((fork) -> fork.getIterationResults()
					.forEach((iteration) -> this.lab.results()
						.add(figure, subject, condition, unit, iteration.getPrimaryResult().getScore())));
		}
	}

	private ChainedOptionsBuilder options(Class<?> benchmark, String method, int threads, int warmUps) {
		TimeValue time = TimeValue.seconds(1);
		return new OptionsBuilder().include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
			.forks(1)
			.threads(threads)
			.warmupIterations(warmUps)
			.warmupTime(time)
			.measurementIterations(this.lab.effort().iterations())
			.measurementTime(time)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
	}

	private String endpoint() {
		return "-D" + UncachedReads.ENDPOINT + "=" + this.lab.server().endpoint();
	}

	private static Collection<RunResult> start(ChainedOptionsBuilder options) throws IOException {
		try {
			return new Runner(options.build()).run();
		}
		catch (RunnerException ex) {
			throw new IOException(ex);
		}
	}

}
