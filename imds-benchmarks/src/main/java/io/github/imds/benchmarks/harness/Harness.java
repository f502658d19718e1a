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

import org.jspecify.annotations.Nullable;

import io.github.imds.benchmarks.report.Report;
import io.github.imds.benchmarks.report.Results;

/**
 * Measures everything and writes the results. The command {@code run} of this module
 * builds what it needs.
 *
 * @since 0.1.0
 */
public final class Harness {

	private Harness() {
	}

	/**
	 * Measure.
	 * @param args options and, after them, the names of what to measure; none for all
	 * @throws IOException if the results cannot be written
	 */
	public static void main(String[] args) throws IOException {
		List<String> names = Arrays.stream(args).filter((arg) -> !arg.startsWith("--")).toList();
		boolean quick = Arrays.asList(args).contains("--quick");
		Path work = directory("measured.work");
		Path java = directory("java.home");
		Results results = new Results();
		boolean complete;
		long start = System.nanoTime();
		try (Server server = Server.start(JavaCommand.of(java, System.getProperty("java.class.path")))) {
			Lab lab = new Lab(server, results, quick ? Lab.Effort.QUICK : Lab.Effort.FULL, java, work,
					directory("measured.jar"));
			complete = measure(lab, names);
		}
		System.out.printf("%d minutes%n", (System.nanoTime() - start) / 60_000_000_000L);
		Path page = directory("measured.page");
		Path output = Files.createDirectories(Report.directory(page));
		results.write(output.resolve("results.csv"));
		Machine.write(work.resolve("class-paths"), java25(), output.resolve("machine.properties"));
		Report.write(directory("measured.template"), page);
		if (!complete) {
			System.exit(1);
		}
	}

	private static Path directory(String property) {
		return Path.of(System.getProperty(property));
	}

	private static @Nullable Path java25() {
		String home = System.getenv("JAVA25_HOME");
		return (home != null && !home.isEmpty()) ? Path.of(home) : null;
	}

	private static Map<String, Case> cases(Lab lab) {
		StartUp startUp = new StartUp(lab);
		Programs programs = new Programs(lab);
		RunningJvm runningJvm = new RunningJvm(lab);
		Jmh jmh = new Jmh(lab);
		Map<String, Case> cases = new LinkedHashMap<>();
		cases.put("server", new ServerSpeed(lab)::measure);
		cases.put("class-path", new ClassPathSizes(lab)::measure);
		cases.put("start-up", startUp::measure);
		cases.put("start-up-web", startUp::measureWeb);
		cases.put("start-up-refused", startUp::measureRefused);
		cases.put("start-up-silent", startUp::measureSilent);
		cases.put("start-up-off-ec2", startUp::measureOffEc2);
		cases.put("start-up-profile", startUp::measureProfile);
		cases.put("classes", startUp::measureClasses);
		cases.put("first-value", programs::measureFirstValue);
		cases.put("command-line", new CommandLineTool(lab, directory("measured.tool"), java25())::measure);
		cases.put("memory", programs::measureMemory);
		cases.put("everything", runningJvm::measureEverything);
		cases.put("trees", runningJvm::measureTrees);
		cases.put("threads", runningJvm::measureThreads);
		cases.put("cold-start", runningJvm::measureColdStart);
		cases.put("processes", programs::measureProcesses);
		cases.put("look-ups", jmh::measureLookUps);
		cases.put("reads", jmh::measureReads);
		cases.put("reads-profile", jmh::measureProfile);
		return cases;
	}

	/**
	 * Measure one after the other. What fails is said and left out.
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
