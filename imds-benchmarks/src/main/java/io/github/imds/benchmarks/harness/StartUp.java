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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.imds.benchmarks.report.Results;
import io.github.imds.benchmarks.report.Subjects;

/**
 * How long the same application takes to start: without a starter, with ours, and with
 * Spring Cloud AWS, which is on another version of Spring Boot and so has a baseline of
 * its own.
 */
final class StartUp {

	static final List<String> PROPERTIES = List.of("imds.instance-id", "imds.placement.region",
			"imds.placement.availability-zone", "imds.ami-id", "imds.ami-launch-index", "imds.ami-manifest-path",
			"imds.hostname", "imds.instance-action", "imds.instance-life-cycle", "imds.instance-type",
			"imds.local-hostname", "imds.local-ipv4", "imds.mac", "imds.profile", "imds.public-hostname",
			"imds.public-ipv4", "imds.reservation-id", "imds.security-groups", "imds.services.domain",
			"imds.services.partition");

	static final List<String> PROPERTIES_OF_PEER = PROPERTIES.stream()
		.map((name) -> name.substring("imds.".length()).replace('.', '/'))
		.toList();

	private static final Pattern CLASS = Pattern.compile("\\[class,load\\] (\\S+) source:");

	/**
	 * Where classes are from, by how their names begin. All others are of the JDK.
	 */
	private static final String[][] CLASS_GROUPS = { { "io.github.imds.benchmarks", "the application" },
			{ "io.github.imds", "imds" }, { "org.springframework.web", "Spring Web" },
			{ "org.springframework.http", "Spring Web" }, { "org.springframework.boot", "Spring Boot" },
			{ "org.springframework", "Spring Framework" }, { "io.micrometer", "Micrometer" },
			{ "tools.jackson", "Jackson" }, { "com.fasterxml", "Jackson" }, { "software.amazon", "AWS SDK" },
			{ "io.awspring", "Spring Cloud AWS" }, { "ch.qos", "logging" }, { "org.slf4j", "logging" },
			{ "org.apache", "logging" } };

	/**
	 * What a start is made of, by what the frames of a stack begin with.
	 */
	private static final Map<String, List<String>> PARTS = parts();

	private static final int MICROS = 250;

	private final Lab lab;

	StartUp(Lab lab) {
		this.lab = lab;
	}

	void measure() throws IOException {
		List<Start> starts = baselines("start-up", "", served(0));
		for (int millis : new int[] { 0, 2 }) {
			for (int properties : new int[] { 0, 3, 20 }) {
				starts.addAll(both("start-up", "%d properties at %d ms".formatted(properties, millis), "", properties,
						served(millis)));
			}
		}
		run(this.lab.effort().pairs(), starts);
	}

	void measureWeb() throws IOException {
		List<Start> starts = baselines("start-up web", "web", served(0));
		for (int properties : new int[] { 0, 3 }) {
			starts.addAll(
					both("start-up web", "%d properties at 0 ms".formatted(properties), "web", properties, served(0)));
		}
		run(starts);
	}

	void measureRefused() throws IOException {
		Network refused = new Network.Refused();
		List<Start> starts = baselines("start-up refused", "", refused);
		starts.addAll(both("start-up refused", "3 properties", "", 3, refused));
		run(this.lab.effort().pairs(), starts);
	}

	void measureSilent() throws IOException {
		try (Namespace namespace = Namespace.create()) {
			Network silent = new Network.Silent(namespace);
			List<Start> starts = baselines("start-up silent", "", silent);
			starts.add(imds("start-up silent", "0 properties", "", 0, silent));
			starts.addAll(both("start-up silent", "3 properties", "", 3, silent));
			run(starts);
		}
	}

	void measureOffEc2() throws IOException {
		try (Namespace namespace = Namespace.create()) {
			Network offEc2 = new Network.OffEc2(namespace);
			run(this.lab.effort().pairs(), List.of(baseline("start-up off EC2", offEc2),
					imds("start-up off EC2", "3 properties", "", 3, offEc2)));
		}
	}

	/**
	 * Count the classes that are loaded, by where they are from: most of what a start
	 * takes.
	 */
	void measureClasses() throws IOException {
		Map<String, Integer> baseline = classes(start(Subjects.NO_STARTER, "application", List.of()));
		Map<String, Integer> peer = classes(start(Subjects.NO_STARTER_OF_PEER, "peer-application", List.of()));
		for (int properties : new int[] { 0, 3 }) {
			classes(start(Subjects.IMDS, "application+imds", PROPERTIES.subList(0, properties)))
				.forEach((group, count) -> addClasses("imds with %d properties".formatted(properties), group,
						count - baseline.getOrDefault(group, 0)));
		}
		classes(start(Subjects.SPRING_CLOUD_AWS, "spring-cloud-aws", PROPERTIES_OF_PEER.subList(0, 3))).forEach(
				(group, count) -> addClasses(Subjects.SPRING_CLOUD_AWS, group, count - peer.getOrDefault(group, 0)));
	}

	private static Map<String, List<String>> parts() {
		String client = "io/github/imds/client/";
		String autoconfigure = "io/github/imds/autoconfigure/";
		Map<String, List<String>> parts = new LinkedHashMap<>();
		parts.put("finding out whether anybody listens", List.of(client + "Connector.probe"));
		parts.put("building RestClient", List.of(client + "ImdsHttp.create"));
		parts.put("the request for a token", List.of(client + "ImdsHttp.putToken"));
		parts.put("the requests for values", List.of(client + "ImdsHttp.get"));
		parts.put("the names of properties",
				List.of("io/github/imds/category/", autoconfigure + "env/ImdsPropertyName"));
		parts.put("settings; detection; building the client", List.of(autoconfigure + "client.ImdsClientHolder.target"));
		parts.put("the rest of the client and of the property source",
				List.of(client, autoconfigure + "env/ImdsPropertySource"));
		parts.put("adding the property source to the environment", List.of(autoconfigure + "env/"));
		parts.put("Spring Boot: binding settings", List.of("org/springframework/boot/context/properties/bind/Binder."));
		parts.put("Spring: configuration classes",
				List.of("org/springframework/context/annotation/ConfigurationClassPostProcessor."));
		parts.put("Spring: creating beans",
				List.of("org/springframework/context/support/AbstractApplicationContext.finishBeanFactory"));
		return parts;
	}

	/**
	 * Sample the main thread of starts.
	 */
	void measureProfile() throws IOException {
		Profiler profiler = Profiler.create(this.lab.work());
		try (Namespace namespace = Namespace.create()) {
			List<Start> starts = List.of(baseline("start-up profile", served(0)),
					imds("start-up profile", "0 properties", "", 0, served(0)),
					imds("start-up profile", "3 properties", "", 3, served(0)),
					imds("start-up profile", "3 properties: refused", "", 3, new Network.Refused()),
					imds("start-up profile", "3 properties: off EC2", "", 3, new Network.OffEc2(namespace)));
			Case.interleave(this.lab.effort().pairs(),
					starts.stream().map((start) -> (Case) () -> profile(start, profiler)).toList());
		}
	}

	private void profile(Start start, Profiler profiler) throws IOException {
		start.network.prepare(command(start).options(profiler.option("wall", MICROS + "us"))).run("ready ");
		profiler.samples("[main ", PARTS)
			.forEach((part, count) -> this.lab.results()
				.add(start.figure, start.condition, part, "ms", count * MICROS / 1000.0));
	}

	private void addClasses(String subject, String group, int count) {
		if (count > 0) {
			this.lab.results().add("classes", subject, group, "classes added", count);
		}
	}

	private Start start(String subject, String classPath, List<String> properties) {
		return new Start("classes", subject, "", classPath, properties, served(0));
	}

	private Map<String, Integer> classes(Start start) throws IOException {
		JavaCommand command = start.network.prepare(command(start).options("-Xlog:class+load:stdout"));
		Map<String, Integer> groups = new TreeMap<>();
		command.run("ready ")
			.output()
			.stream()
			.map(CLASS::matcher)
			.filter(Matcher::find)
			.forEach((loaded) -> groups.merge(group(loaded.group(1)), 1, Integer::sum));
		return groups;
	}

	private static String group(String name) {
		for (String[] group : CLASS_GROUPS) {
			if (name.startsWith(group[0])) {
				return group[1];
			}
		}
		return "JDK";
	}

	private Network served(int millis) {
		return new Network.Served(this.lab.server(), Duration.ofMillis(millis));
	}

	private static Start baseline(String figure, Network network) {
		return new Start(figure, Subjects.NO_STARTER, Subjects.ANY, "application", List.of(), network);
	}

	private static List<Start> baselines(String figure, String stack, Network network) {
		List<Start> starts = new ArrayList<>();
		starts.add(new Start(figure, Subjects.NO_STARTER, Subjects.ANY, classPath(stack, "application"), List.of(),
				network));
		starts.add(new Start(figure, Subjects.NO_STARTER_OF_PEER, Subjects.ANY,
				classPath(peer(stack), "peer-application"), List.of(), network));
		return starts;
	}

	private List<Start> both(String figure, String condition, String stack, int properties, Network network) {
		return List.of(imds(figure, condition, stack, properties, network),
				new Start(figure, Subjects.SPRING_CLOUD_AWS, condition, classPath(peer(stack), "spring-cloud-aws"),
						PROPERTIES_OF_PEER.subList(0, properties), network));
	}

	private Start imds(String figure, String condition, String stack, int properties, Network network) {
		return new Start(figure, Subjects.IMDS, condition, classPath(stack, "application+imds"),
				PROPERTIES.subList(0, properties), network);
	}

	/**
	 * Return a class path. What the measured starter brings comes last, since the order
	 * of the jar files decides how many of them a class is looked for in.
	 */
	private static String classPath(String stack, String name) {
		return stack.isEmpty() ? name : stack + "+" + name;
	}

	private static String peer(String stack) {
		return stack.isEmpty() ? stack : "peer-" + stack;
	}

	private void run(List<Start> starts) throws IOException {
		run(this.lab.effort().runs(), starts);
	}

	private void run(int runs, List<Start> starts) throws IOException {
		Case.interleave(runs, starts.stream().map((start) -> (Case) () -> run(start)).toList());
	}

	private void run(Start start) throws IOException {
		JavaCommand.Outcome outcome = start.network.prepare(command(start)).run("ready ");
		int found = Integer.parseInt(outcome.line("ready ").substring("ready ".length()));
		if (found != (start.network.answers() ? start.properties.size() : 0)) {
			throw new IOException("%s found %d properties".formatted(start, found));
		}
		Results results = this.lab.results();
		results.add(start.figure, start.subject, start.condition, "ms", outcome.millis());
		for (Map.Entry<String, Integer> count : start.network.counts().entrySet()) {
			results.add(start.figure + " " + count.getKey(), start.subject, start.condition, "requests",
					count.getValue());
		}
	}

	private JavaCommand command(Start start) {
		return this.lab.java(start.classPath, "MeasuredApplication")
			.options("-Dserver.port=0", "-Dmeasured.properties=" + String.join(",", start.properties));
	}

	private record Start(String figure, String subject, String condition, String classPath, List<String> properties,
			Network network) {

	}

}
