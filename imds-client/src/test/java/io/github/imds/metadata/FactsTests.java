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

package io.github.imds.metadata;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.imds.category.MetadataCategory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Facts}.
 */
@Timeout(60)
class FactsTests {

	private static final Set<Thread.State> STANDING = EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED);

	private final Facts facts = new Facts();

	private final AtomicInteger reads = new AtomicInteger();

	@ParameterizedTest
	@EnumSource
	void catalogueDecidesWhatIsKept(MetadataCategory category) {
		this.facts.get(category, () -> Optional.of(this.reads.incrementAndGet()));
		this.facts.get(category, () -> Optional.of(this.reads.incrementAndGet()));
		assertThat(this.reads).hasValue(category.changing() ? 2 : 1);
	}

	@Test
	void absenceIsNotKept() {
		assertThat(this.facts.get(MetadataCategory.KERNEL_ID, this::absent)).isEmpty();
		assertThat(this.facts.get(MetadataCategory.KERNEL_ID, this::absent)).isEmpty();
		assertThat(this.reads).hasValue(2);
	}

	private Optional<String> absent() {
		this.reads.incrementAndGet();
		return Optional.empty();
	}

	@Test
	void failureIsNotKept() {
		AtomicInteger attempts = new AtomicInteger();
		Supplier<Optional<String>> reader = () -> {
			if (attempts.incrementAndGet() == 1) {
				throw new IllegalStateException();
			}
			return Optional.of("value");
		};
		assertThatIllegalStateException().isThrownBy(() -> this.facts.get(MetadataCategory.KERNEL_ID, reader));
		assertThat(this.facts.get(MetadataCategory.KERNEL_ID, reader)).hasValue("value");
	}

	@Test
	void otherThreadsWaitForFirstRead() throws InterruptedException {
		Set<Object> seen = ConcurrentHashMap.newKeySet();
		List<Thread> others = new ArrayList<>();
		for (int count = 0; count < 15; count++) {
			others.add(reader(() -> seen.add(this.facts.get(MetadataCategory.KERNEL_ID, this::read).orElseThrow())));
		}
		CountDownLatch reading = new CountDownLatch(1);
		Thread first = reader(() -> seen.add(this.facts.get(MetadataCategory.KERNEL_ID, () -> {
			reading.countDown();
			awaitStanding(others);
			return read();
		}).orElseThrow()));
		first.start();
		reading.await();
		others.forEach(Thread::start);
		first.join();
		for (Thread other : others) {
			other.join();
		}
		assertThat(this.reads).hasValue(1);
		assertThat(seen).hasSize(1);
	}

	@Test
	void readOfOneDoesNotKeepOthersWaiting() throws InterruptedException {
		CountDownLatch read = new CountDownLatch(1);
		Thread other = reader(() -> {
			this.facts.get(MetadataCategory.RAMDISK_ID, this::read);
			read.countDown();
		});
		this.facts.get(MetadataCategory.KERNEL_ID, () -> {
			other.start();
			await(read);
			return Optional.of("value");
		});
		other.join();
		assertThat(this.reads).hasValue(1);
	}

	private Optional<Object> read() {
		this.reads.incrementAndGet();
		return Optional.of(new Object());
	}

	private static Thread reader(Runnable runnable) {
		Thread thread = new Thread(runnable, "reader");
		thread.setDaemon(true);
		return thread;
	}

	private static void awaitStanding(List<Thread> threads) {
		while (!threads.stream().map(Thread::getState).allMatch(STANDING::contains)) {
			Thread.onSpinWait();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
