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
import java.util.List;
import java.util.Map;

import io.github.imds.benchmarks.lab.Case;
import io.github.imds.benchmarks.lab.JavaCommand;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Network;
import io.github.imds.benchmarks.lab.TimedCommand;
import io.github.imds.benchmarks.report.Results;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Start of an application that is measured.
 *
 * @param lab the equipment
 * @param figure the name of the figure
 * @param subject the name of the subject
 * @param condition the name of the condition
 * @param classPath the name of the class path
 * @param reader the reader of the values
 * @param values the values that the application reads
 * @param network the network and the machine
 * @param limit the number of turns at most
 */
record Start(Lab lab, String figure, String subject, String condition, String classPath, String reader,
		List<String> values, Network network, int limit) implements Case {

	static final List<String> PROPERTIES = List.of("imds.instance-id", "imds.placement.region",
			"imds.placement.availability-zone", "imds.ami-id", "imds.ami-launch-index", "imds.ami-manifest-path",
			"imds.hostname", "imds.instance-action", "imds.instance-life-cycle", "imds.instance-type",
			"imds.local-hostname", "imds.local-ipv4", "imds.mac", "imds.profile", "imds.public-hostname",
			"imds.public-ipv4", "imds.reservation-id", "imds.security-groups", "imds.services.domain",
			"imds.services.partition");

	static final List<String> PROPERTIES_OF_PEER = PROPERTIES.stream()
		.map((name) -> name.substring("imds.".length()).replace('.', '/'))
		.toList();

	private static final List<String> PATHS = PROPERTIES_OF_PEER.stream().map("meta-data/"::concat).toList();

	/**
	 * Create the start of the application without a starter.
	 * @param lab the equipment
	 * @param figure the name of the figure
	 * @param stack the name of the class path of the web stack, empty for none
	 * @param network the network and the machine
	 * @return a new start
	 */
	static Start baseline(Lab lab, String figure, String stack, Network network) {
		return new Start(lab, figure, Subjects.NO_STARTER, Subjects.ANY, join(stack, "application"), "environment",
				List.of(), network, Integer.MAX_VALUE);
	}

	/**
	 * Create the start of that application on the version of Spring Boot that Spring
	 * Cloud AWS needs.
	 * @param lab the equipment
	 * @param figure the name of the figure
	 * @param stack the name of the class path of the web stack, empty for none
	 * @param network the network and the machine
	 * @return a new start
	 */
	static Start peerBaseline(Lab lab, String figure, String stack, Network network) {
		return new Start(lab, figure, Subjects.NO_STARTER_OF_PEER, Subjects.ANY, join(peer(stack), "peer-application"),
				"environment", List.of(), network, lab.effort().runs());
	}

	/**
	 * Return the start of the same application with another subject.
	 * @param condition the name of the condition
	 * @param subject the name of the subject
	 * @param count the number of values
	 * @param network the network and the machine
	 * @return a new start
	 */
	Start with(String subject, String condition, int count, Network network) {
		String stack = this.classPath.contains("+") ? "web" : "";
		int runs = this.lab.effort().runs();
		return switch (subject) {
			case Subjects.IMDS -> new Start(this.lab, this.figure, subject, condition, join(stack, "application+imds"),
					"environment", PROPERTIES.subList(0, count), network, Integer.MAX_VALUE);
			case Subjects.SPRING_CLOUD_AWS ->
				new Start(this.lab, this.figure, subject, condition, join(peer(stack), "spring-cloud-aws"),
						"environment", PROPERTIES_OF_PEER.subList(0, count), network, runs);
			case Subjects.AWS_SDK -> new Start(this.lab, this.figure, subject, condition,
					join(stack, "application+aws-sdk"), "aws-sdk", PATHS.subList(0, count), network, runs);
			case Subjects.URL_CONNECTION -> new Start(this.lab, this.figure, subject, condition, this.classPath, "jdk",
					PATHS.subList(0, count), network, runs);
			default -> throw new IllegalArgumentException("Unknown subject " + subject);
		};
	}

	/**
	 * Return this start with a limit to its runs.
	 * @param limit the maximum number of runs
	 * @return a new start
	 */
	Start atMost(int limit) {
		return new Start(this.lab, this.figure, this.subject, this.condition, this.classPath, this.reader, this.values,
				this.network, limit);
	}

	/**
	 * Return a class path. The measured starter comes last, since the order of the jar
	 * files decides how many of them are searched for a class.
	 */
	private static String join(String stack, String name) {
		return stack.isEmpty() ? name : stack + "+" + name;
	}

	private static String peer(String stack) {
		return stack.isEmpty() ? stack : "peer-" + stack;
	}

	/**
	 * Return the command that starts the application.
	 * @return the command
	 */
	JavaCommand command() {
		return this.lab.java(this.classPath, "MeasuredApplication")
			.options("-Dserver.port=0", "-Dmeasured.threads=true", "-Dmeasured.reader=" + this.reader,
					"-Dmeasured.values=" + String.join(",", this.values));
	}

	@Override
	public int runs(int runs) {
		return Math.min(runs, this.limit);
	}

	@Override
	public void run() throws IOException {
		TimedCommand.Outcome outcome = this.network.prepare(command()).run();
		int found = Integer.parseInt(outcome.line("ready "));
		if (found != (this.network.answers() ? this.values.size() : 0)) {
			throw new IOException("%s %s found %d values".formatted(this.subject, this.condition, found));
		}
		Results results = this.lab.results();
		results.add(this.figure, this.subject, this.condition, "ms", outcome.wallMillis());
		results.add(this.figure + " CPU", this.subject, this.condition, "ms", outcome.cpuMillis());
		for (String threads : Subjects.THREADS) {
			results.add(this.figure + " " + threads, this.subject, this.condition, "ms",
					Double.parseDouble(outcome.line(threads)));
		}
		for (Map.Entry<String, Integer> count : this.network.counts().entrySet()) {
			results.add(this.figure + " " + count.getKey(), this.subject, this.condition, "requests", count.getValue());
		}
	}

}
