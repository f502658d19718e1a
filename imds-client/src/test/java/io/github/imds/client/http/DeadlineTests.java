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

package io.github.imds.client.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deadline}.
 */
class DeadlineTests {

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

	@ParameterizedTest
	@CsvSource({ "PT1S, 100, 100", "PT0.1S, 1000, 100", "PT0.0105S, 1000, 11", "PT0.000001S, 1000, 1", "PT0S, 1000, 1",
			"PT1S, 0, 1", "PT10000H, 9000000000, 2147483647" })
	void limitIsTheShorterTime(Duration remaining, long timeout, int limit) {
		Deadline deadline = Deadline.after(remaining, this.nanoTime::get);
		assertThat(deadline.limit(Duration.ofMillis(timeout))).isEqualTo(limit);
	}

	@Test
	void limitEndsWithTheDeadlineRatherThanBefore() {
		Deadline deadline = Deadline.after(Duration.ofMillis(500), this.nanoTime::get);
		this.nanoTime.addAndGet(1);
		this.nanoTime.addAndGet(Duration.ofMillis(deadline.limit(Duration.ofSeconds(1))).toNanos());
		assertThat(deadline.hasPassed()).isTrue();
	}

	@Test
	void limitOfAPassedDeadlineIsTheShortestTimeout() {
		Deadline deadline = Deadline.after(Duration.ofSeconds(1), this.nanoTime::get);
		this.nanoTime.addAndGet(Duration.ofSeconds(3).toNanos());
		assertThat(deadline.remaining()).isZero();
		assertThat(deadline.limit(Duration.ofSeconds(1))).isEqualTo(1);
	}

	@Test
	void expiredDeadlineHasPassed() {
		Deadline deadline = Deadline.after(Duration.ofSeconds(1), this.nanoTime::get);
		assertThat(deadline.hasPassed()).isFalse();
		deadline.expire();
		assertThat(deadline.hasPassed()).isTrue();
		assertThat(deadline.hasPassedBy(Duration.ZERO)).isFalse();
		this.nanoTime.incrementAndGet();
		assertThat(deadline.hasPassedBy(Duration.ZERO)).isTrue();
	}

}
