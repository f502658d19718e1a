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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.imds.benchmarks.lab.Case;
import io.github.imds.benchmarks.lab.Hardware;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Namespace;
import io.github.imds.benchmarks.lab.Network;
import io.github.imds.benchmarks.lab.Profiler;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Profile of the start of a web application: the time of its main thread by part, and the
 * loaded classes.
 */
final class StartUpProfile {

	private static final String PROFILE = "start-up profile";

	private static final int MICROS = 250;

	private static final Pattern CLASS = Pattern.compile("\\[class,load\\] (\\S+) source:");

	/**
	 * Parts by the beginnings of class names. All other classes belong to the JDK.
	 */
	private static final String[][] CLASS_PARTS = { { "org.springframework.web", "Spring Web" },
			{ "org.springframework.http", "Spring Web" }, { "org.springframework.boot", "Spring Boot" },
			{ "org.springframework", "Spring Framework" }, { "io.micrometer", "Micrometer" },
			{ "tools.jackson", "Jackson" }, { "com.fasterxml", "Jackson" }, { "software.amazon", "AWS SDK" },
			{ "io.awspring", "Spring Cloud AWS" }, { "ch.qos", "logging" }, { "org.slf4j", "logging" },
			{ "org.apache.catalina", "Tomcat" }, { "org.apache", "other libraries" } };

	private final Lab lab;

	StartUpProfile(Lab lab) {
		this.lab = lab;
	}

	/**
	 * Sample the main thread.
	 */
	void measureProfile() throws IOException {
		Profiler profiler = Profiler.create(this.lab.work());
		try (Namespace silent = Namespace.silent(); Namespace refusing = Namespace.refusing()) {
			Map<String, Start> starts = starts(PROFILE, silent, refusing);
			starts.remove(Subjects.SPRING_CLOUD_AWS);
			starts.remove(Subjects.NO_STARTER_OF_PEER);
			List<Case> cases = starts.entrySet()
				.stream()
				.map((start) -> (Case) () -> profile(start.getKey(), start.getValue(), profiler))
				.toList();
			Case.interleave(this.lab.effort().runs(), cases);
		}
	}

	private Map<String, Start> starts(String figure, Namespace silent, Namespace refusing) {
		Network served = new Network.Served(this.lab.server(), Duration.ZERO);
		Start baseline = Start.baseline(this.lab, figure, "web", served);
		Map<String, Start> starts = new LinkedHashMap<>();
		starts.put(Subjects.ANY, baseline);
		starts.put("unused", baseline.with(Subjects.IMDS, "", 0, served));
		starts.put("3 properties", baseline.with(Subjects.IMDS, "", 3, served));
		starts.put("off EC2", baseline.with(Subjects.IMDS, "", 3, new Network.Unserved(silent, Hardware.OTHER)));
		starts.put("refused", baseline.with(Subjects.IMDS, "", 3, new Network.Unserved(refusing, Hardware.UNKNOWN)));
		starts.put(Subjects.NO_STARTER_OF_PEER, Start.peerBaseline(this.lab, figure, "web", served));
		starts.put(Subjects.SPRING_CLOUD_AWS, baseline.with(Subjects.SPRING_CLOUD_AWS, "", 3, served));
		return starts;
	}

	private void profile(String subject, Start start, Profiler profiler) throws IOException {
		start.network().prepare(start.command().options(profiler.option("wall", MICROS + "us"))).run();
		profiler.samples("[main ", StartUpProfile::part)
			.forEach((part, count) -> this.lab.results().add(PROFILE, subject, part, "ms", count * MICROS / 1000.0));
	}

	/**
	 * Return the package of this project that a sample belongs to, or the part of Spring.
	 */
	private static String part(List<String> stack) {
		return Profiler.innermostPackage(stack).orElseGet(() -> {
			if (stack.stream().anyMatch((frame) -> frame.startsWith("org/springframework/boot/context/properties/"))) {
				return "Spring Boot: binding";
			}
			if (stack.stream().anyMatch((frame) -> frame.contains("ConfigurationClassPostProcessor"))) {
				return "Spring: configuration classes";
			}
			if (stack.stream().anyMatch((frame) -> frame.contains(".finishBeanFactoryInitialization"))) {
				return "Spring: creation of beans";
			}
			return "everything else";
		});
	}

	/**
	 * Count the loaded classes.
	 */
	void measureClasses() throws IOException {
		try (Namespace silent = Namespace.silent(); Namespace refusing = Namespace.refusing()) {
			Map<String, Start> starts = starts("classes", silent, refusing);
			if (!this.lab.effort().all()) {
				starts.keySet().retainAll(List.of(Subjects.ANY, "off EC2"));
			}
			for (Map.Entry<String, Start> start : starts.entrySet()) {
				classes(start.getValue()).forEach(
						(part, count) -> this.lab.results().add("classes", start.getKey(), part, "classes", count));
			}
		}
	}

	private static Map<String, Integer> classes(Start start) throws IOException {
		Map<String, Integer> parts = new TreeMap<>();
		start.network()
			.prepare(start.command().options("-Xlog:class+load:stdout"))
			.run()
			.output()
			.stream()
			.map(CLASS::matcher)
			.filter(Matcher::find)
			.forEach((loaded) -> parts.merge(classPart(loaded.group(1)), 1, Integer::sum));
		return parts;
	}

	private static String classPart(String name) {
		return Profiler.innermostPackage(List.of(name.replace('.', '/'))).orElseGet(() -> {
			for (String[] part : CLASS_PARTS) {
				if (name.startsWith(part[0])) {
					return part[1];
				}
			}
			return name.startsWith("io.github.imds.") ? "the application" : "JDK";
		});
	}

}
