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
 * @param pairs the number of runs of processes with a small difference
 * @param runs the number of runs of other processes
 * @param longRuns the number of runs that take several seconds each
 * @param forks the number of JVMs of each JMH benchmark
 * @param warmUps the number of JMH iterations that do not count
 * @param iterations the number of JMH iterations that count
 * @param processes the highest number of processes at once
 * @param contexts the number of application contexts that are opened and closed
 * @param watchers the number of applications that wait for a notice at the same time
 * @param notices the number of notices that each of them receives
 * @since 0.1.0
 */
public record Effort(int pairs, int runs, int longRuns, int forks, int warmUps, int iterations, int processes,
		int contexts, int watchers, int notices) {

	/**
	 * Less than an hour on two slow cores: as many pairs as small differences need, and
	 * fewer runs of everything else.
	 */
	public static final Effort FULL = new Effort(31, 7, 2, 1, 4, 5, 100, 1000, 40, 5);

	/**
	 * A few minutes, for a change in progress.
	 */
	public static final Effort QUICK = new Effort(3, 1, 1, 1, 1, 2, 10, 100, 5, 2);

}
