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

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;

/**
 * The end of every measured program.
 */
final class Ready {

	/**
	 * The system property that asks for the memory kept.
	 */
	private static final String MEMORY = "measured.memory";

	private static final int COLLECTIONS = 5;

	private Ready() {
	}

	/**
	 * Tell that the program has done its work, and end it.
	 * @param found the number of values it has read
	 * @param kept what a real program would keep
	 */
	static void print(long found, Object... kept) {
		System.out.println("ready " + found);
		if (Boolean.getBoolean(MEMORY)) {
			for (int i = 0; i < COLLECTIONS; i++) {
				System.gc();
			}
			System.out.println("heap " + used(MemoryType.HEAP));
			System.out.println("metaspace " + used(MemoryType.NON_HEAP));
			Reference.reachabilityFence(kept);
		}
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	/**
	 * What is compiled depends on chance, so it does not count.
	 */
	private static long used(MemoryType type) {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == type && !pool.getName().startsWith("Code"))
			.mapToLong((pool) -> used(pool))
			.sum();
	}

	private static long used(MemoryPoolMXBean pool) {
		return pool.getUsage().getUsed();
	}

}
