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

/**
 * Memory that remains in use after garbage collection.
 *
 * @param heap the number of bytes on the heap
 * @param metaspace the number of bytes for classes. Compiled code does not count, since
 * it depends on chance
 */
record KeptMemory(long heap, long metaspace) {

	private static final int COLLECTIONS = 5;

	static KeptMemory measure() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return new KeptMemory(used(MemoryType.HEAP), used(MemoryType.NON_HEAP));
	}

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
