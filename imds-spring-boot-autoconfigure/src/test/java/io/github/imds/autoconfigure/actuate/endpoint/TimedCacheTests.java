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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TimedCache}.
 */
class TimedCacheTests {

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void keepsAValueForItsTime() {
		TimedCache<Integer> cache = new TimedCache<>(this.reads::incrementAndGet, Duration.ofNanos(10),
				this.nanoTime::get);
		assertThat(cache.get()).isEqualTo(1);
		this.nanoTime.addAndGet(9);
		assertThat(cache.get()).isEqualTo(1);
		this.nanoTime.addAndGet(1);
		assertThat(cache.get()).isEqualTo(2);
	}

	@Test
	void keepsAValueForATimeLongerThanThatOfAnyClock() {
		TimedCache<Integer> cache = new TimedCache<>(this.reads::incrementAndGet, Duration.ofDays(999_999));
		assertThat(List.of(cache.get(), cache.get())).containsExactly(1, 1);
	}

	@Test
	void keepsNothingForNoTime() {
		TimedCache<Integer> cache = new TimedCache<>(this.reads::incrementAndGet, Duration.ZERO);
		assertThat(List.of(cache.get(), cache.get())).containsExactly(1, 2);
	}

	@Test
	void keepsAFailureAsLong() {
		try (ImdsClient disabled = ImdsClient.builder().disabled("not here").build()) {
			TimedCache<String> cache = new TimedCache<>(() -> {
				this.reads.incrementAndGet();
				return disabled.get("meta-data/mac").orElseThrow();
			}, Duration.ofNanos(10), this.nanoTime::get);
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(cache::get);
			}
			assertThat(this.reads).hasValue(1);
			this.nanoTime.addAndGet(10);
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(cache::get);
			assertThat(this.reads).hasValue(2);
		}
	}

	@Test
	void failureOfAnInterruptedThreadIsNotCached() {
		try (ImdsClient disabled = ImdsClient.builder().disabled("not here").build()) {
			TimedCache<Integer> cache = new TimedCache<>(() -> {
				if (this.reads.incrementAndGet() == 1) {
					Thread.currentThread().interrupt();
					disabled.get("meta-data/mac");
				}
				return this.reads.get();
			}, Duration.ofHours(1));
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(cache::get);
			assertThat(Thread.interrupted()).isTrue();
			assertThat(cache.get()).isEqualTo(2);
		}
	}

	@Test
	void oneThreadReadsForAll() throws Exception {
		int threads = 16;
		CountDownLatch reading = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		TimedCache<Integer> cache = new TimedCache<>(() -> {
			reading.countDown();
			try {
				answered.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return this.reads.incrementAndGet();
		}, Duration.ofHours(1));
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<Integer>> results = IntStream.range(0, threads)
				.mapToObj((i) -> executor.submit(cache::get))
				.toList();
			reading.await();
			answered.countDown();
			for (Future<Integer> result : results) {
				assertThat(result.get()).isEqualTo(1);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

}
