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
import java.util.List;

import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.TimedCommand;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Resources that remain after many application contexts were opened and closed in one
 * JVM.
 */
final class Contexts {

	private static final List<String> KINDS = List.of("heap after garbage collection (kB)", "metaspace (kB)", "threads",
			"open files");

	private final Lab lab;

	Contexts(Lab lab) {
		this.lab = lab;
	}

	void measure() throws IOException {
		measure(Subjects.NO_STARTER, "application");
		measure(Subjects.IMDS, "application+imds");
	}

	private void measure(String subject, String classPath) throws IOException {
		this.lab.server().prepare(Duration.ZERO);
		int count = this.lab.effort().contexts();
		TimedCommand.Outcome outcome = this.lab.java(classPath, "ManyContexts")
			.options("-Dlogging.level.root=warn")
			.arguments(Integer.toString(count))
			.run();
		for (int contexts : new int[] { count / 10, count }) {
			String[] values = outcome.line("after %d: ".formatted(contexts)).split(" ");
			for (int i = 0; i < values.length; i++) {
				this.lab.results()
					.add("contexts", "%s after %d".formatted(subject, contexts), KINDS.get(i), "remains",
							Double.parseDouble(values[i]));
			}
		}
	}

}
