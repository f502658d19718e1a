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

package io.github.imds.client.tree;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ReaderThreads}, where threads cannot be started.
 */
@Timeout(60)
class ReaderThreadsTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3 })
	void runsEveryTaskWithTheThreadsThatAreToBeHad(int available) {
		AtomicInteger asked = new AtomicInteger();
		AtomicInteger run = new AtomicInteger();
		run((thread) -> {
			if (asked.getAndIncrement() >= available) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			thread.start();
		}, run::incrementAndGet);
		assertThat(run).hasValue(20);
		assertThat(asked).hasValueGreaterThan(available);
	}

	@Test
	void otherFailuresReachTheCaller() {
		assertThatIllegalStateException().isThrownBy(() -> run((thread) -> {
			throw new IllegalStateException("As good as any");
		}, () -> {
		})).withMessage("As good as any");
	}

	private static void run(Consumer<Thread> starter, Runnable task) {
		ReaderThreads threads = new ReaderThreads(8, starter);
		threads.run(() -> threads.add(List.of(), Collections.nCopies(20, task)));
	}

}
