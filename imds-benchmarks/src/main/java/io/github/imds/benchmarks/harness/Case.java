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

/**
 * Something to measure once, and again and again.
 */
@FunctionalInterface
interface Case {

	void run() throws IOException;

	/**
	 * Run cases in turn, so that whatever else happens on the machine happens to all of
	 * them alike. Each turn begins with another case, so that none always follows the
	 * same one.
	 * @param runs how often to run each
	 * @param cases the cases
	 * @throws IOException if one of them fails
	 */
	static void interleave(int runs, List<? extends Case> cases) throws IOException {
		for (int i = 0; i < runs; i++) {
			for (int j = 0; j < cases.size(); j++) {
				cases.get((i + j) % cases.size()).run();
			}
		}
	}

}
