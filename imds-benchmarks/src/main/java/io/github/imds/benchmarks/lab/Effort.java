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

/**
 * Number and length of the measurements.
 *
 * @param unusedPairs the number of starts with the smallest difference of all, without a
 * property in use
 * @param pairs the number of runs of other processes with a small difference
 * @param runs the number of runs of other processes
 * @param longRuns the number of runs that take several seconds each
 * @param warmUps the number of JMH iterations that do not count
 * @param readWarmUps the number of JMH iterations of reads that do not count
 * @param iterations the number of JMH iterations that count
 * @param treeWarmUps the number of trees that are read before one counts
 * @param faultSeconds the seconds that a fault of the service lasts
 * @param processes the highest number of processes at once
 * @param contexts the number of application contexts that are opened and closed
 * @param watchers the number of applications that wait for a notice at the same time
 * @param notices the number of notices that each of them receives
 * @param all whether to measure more than the targets need
 * @since 0.1.0
 */
public record Effort(int unusedPairs, int pairs, int runs, int longRuns, int warmUps, int readWarmUps, int iterations,
		int treeWarmUps, int faultSeconds, int processes, int contexts, int watchers, int notices, boolean all) {

	/**
	 * Less than an hour on two slow cores: as many pairs as small differences need, and
	 * fewer runs of everything else. Reads with many threads need long to be compiled
	 * there, since the compilers wait for a processor, too.
	 */
	public static final Effort FULL = new Effort(45, 31, 7, 2, 4, 15, 5, 200, 10, 100, 1000, 20, 10, true);

	/**
	 * Five minutes, for a change in progress: the targets alone.
	 */
	public static final Effort QUICK = new Effort(3, 2, 1, 1, 1, 2, 1, 10, 2, 10, 100, 3, 1, false);

}
