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

package io.github.imds.benchmarks.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Single measurement that can be repeated.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Case {

	void run() throws IOException;

	/**
	 * Return the number of times this case runs.
	 * @param runs the number of turns
	 * @return the number of turns that include this case
	 */
	default int runs(int runs) {
		return runs;
	}

	/**
	 * Run cases in turns, so that a disturbance of the machine affects all of them alike.
	 * The order of each turn is random but reproducible.
	 * @param runs the number of turns
	 * @param cases the cases
	 * @throws IOException if a case fails
	 */
	static void interleave(int runs, List<? extends Case> cases) throws IOException {
		for (int run = 0; run < runs; run++) {
			List<Case> turn = new ArrayList<>(cases);
			Collections.shuffle(turn, new Random(run));
			for (Case each : turn) {
				if (run < each.runs(runs)) {
					each.run();
				}
			}
		}
	}

}
