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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.imds.benchmarks.lab.Case;
import io.github.imds.benchmarks.lab.Effort;
import io.github.imds.benchmarks.lab.JavaCommand;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Machine;
import io.github.imds.benchmarks.lab.Server;
import io.github.imds.benchmarks.report.Report;
import io.github.imds.benchmarks.report.Results;

/**
 * Program that measures everything and writes the results and the page. The command
 * {@code run} of this module builds what it needs.
 *
 * @since 0.1.0
 */
public final class Harness {

	/**
	 * Names of the measurements that the targets need.
	 */
	private static final List<String> FOR_TARGETS = List.of("start-up-web", "start-up-unreachable", "classes",
			"class-path", "first-value", "command-line", "everything", "look-ups", "reads", "under-fire", "notices",
			"load-balancer");

	private Harness() {
	}

	/**
	 * Measure.
	 * @param args options, and the names of the measurements, none for all
	 * @throws IOException if the results cannot be written
	 */
	public static void main(String[] args) throws IOException {
		List<String> options = Arrays.stream(args).filter((arg) -> arg.startsWith("--")).toList();
		List<String> names = Arrays.stream(args).filter((arg) -> !arg.startsWith("--")).toList();
		Effort effort = options.contains("--quick") ? Effort.QUICK : Effort.FULL;
		if (names.isEmpty() && !effort.all()) {
			names = FOR_TARGETS;
		}
		Path work = path("measured.work");
		Path java = path("java.home");
		Results results = new Results();
		boolean complete;
		long start = System.nanoTime();
		try (Server server = Server.start(JavaCommand.of(java, System.getProperty("java.class.path")))) {
			Lab lab = new Lab(server, results, effort, java, work, path("measured.jar"));
			complete = measure(lab, names);
		}
		System.out.printf("%d minutes%n", (System.nanoTime() - start) / 60_000_000_000L);
		Path page = path("measured.page");
		Path output = Files.createDirectories(Report.directory(page));
		results.write(output.resolve(Results.FILE));
		String form = (args.length != 0) ? String.join(" ", args) : "full";
		Machine.write(work.resolve("class-paths"), javas(), form, output.resolve(Report.MACHINE));
		Report.write(path("measured.template"), page);
		if (!complete) {
			System.exit(1);
		}
	}

	private static Path path(String property) {
		return Path.of(System.getProperty(property));
	}

	/**
	 * Return the JDKs that the command-line tool is measured with.
	 */
	private static List<Path> javas() {
		String java25 = System.getProperty("measured.java25", "");
		return java25.isEmpty() ? List.of(path("java.home")) : List.of(path("java.home"), Path.of(java25));
	}

	private static Map<String, Case> cases(Lab lab) {
		StartUp startUp = new StartUp(lab);
		StartUpProfile startUpProfile = new StartUpProfile(lab);
		Programs programs = new Programs(lab);
		RunningJvm runningJvm = new RunningJvm(lab);
		Jmh jmh = new Jmh(lab);
		Lifecycle lifecycle = new Lifecycle(lab);
		Map<String, Case> cases = new LinkedHashMap<>();
		cases.put("start-up-web", startUp::measureWeb);
		cases.put("start-up-unreachable", startUp::measureUnreachable);
		cases.put("classes", startUpProfile::measureClasses);
		cases.put("class-path", new ClassPathSizes(lab)::measure);
		cases.put("first-value", programs::measureFirstValue);
		cases.put("command-line", new CommandLineTool(lab, path("measured.launcher"), javas())::measure);
		cases.put("everything", runningJvm::measureEverything);
		cases.put("look-ups", jmh::measureLookUps);
		cases.put("reads", jmh::measureReads);
		cases.put("under-fire", new FaultyService(lab)::measure);
		cases.put("notices", lifecycle::measureNotices);
		cases.put("load-balancer", new LoadBalancer(lab)::measure);
		cases.put("lifecycle-requests", lifecycle::measureRequests);
		cases.put("start-up", startUp::measureBare);
		cases.put("contexts", new Contexts(lab)::measure);
		cases.put("start-up-profile", startUpProfile::measureProfile);
		cases.put("reads-profile", jmh::measureProfile);
		cases.put("memory", programs::measureMemory);
		cases.put("cold-start", runningJvm::measureColdStart);
		cases.put("threads", runningJvm::measureThreads);
		cases.put("trees", runningJvm::measureTrees);
		cases.put("processes", programs::measureProcesses);
		cases.put("server", new ServerSpeed(lab)::measure);
		return cases;
	}

	/**
	 * Measure one after the other. A failure is printed and leaves a gap.
	 * @return whether everything was measured
	 */
	private static boolean measure(Lab lab, List<String> names) {
		boolean complete = true;
		for (Map.Entry<String, Case> each : cases(lab).entrySet()) {
			if (!names.isEmpty() && !names.contains(each.getKey())) {
				continue;
			}
			long start = System.nanoTime();
			System.out.println(each.getKey());
			try {
				each.getValue().run();
			}
			catch (IOException | RuntimeException ex) {
				complete = false;
				System.out.println("  not measured: " + ex);
			}
			System.out.printf("  %d s%n", (System.nanoTime() - start) / 1_000_000_000);
		}
		return complete;
	}

}
