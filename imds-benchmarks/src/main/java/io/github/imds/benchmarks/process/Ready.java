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

package io.github.imds.benchmarks.process;

import java.lang.ref.Reference;

/**
 * End of every measured program.
 */
final class Ready {

	/**
	 * System property that asks for the kept memory.
	 */
	private static final String MEMORY = "measured.memory";

	/**
	 * System property that asks for the CPU time of the threads.
	 */
	private static final String THREADS = "measured.threads";

	private Ready() {
	}

	/**
	 * Print that the program has done its work, and end it.
	 * @param found the number of values it has read
	 * @param kept the objects that a real program would keep
	 */
	static void print(long found, Object... kept) {
		System.out.println("ready " + found);
		if (Boolean.getBoolean(THREADS)) {
			ThreadTimes.read().print();
		}
		if (Boolean.getBoolean(MEMORY)) {
			KeptMemory memory = KeptMemory.measure();
			System.out.println("heap " + memory.heap());
			System.out.println("metaspace " + memory.metaspace());
			Reference.reachabilityFence(kept);
		}
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

}
