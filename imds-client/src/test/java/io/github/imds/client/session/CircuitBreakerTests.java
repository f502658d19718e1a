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

package io.github.imds.client.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.github.imds.ImdsException;
import io.github.imds.ImdsUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CircuitBreaker}.
 */
class CircuitBreakerTests {

	private static final ImdsException FAILURE = new ImdsUnavailableException("refused", null);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final CircuitBreaker circuitBreaker = new CircuitBreaker(
			new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(15)), this.nanos::get);

	@Test
	void lastsLongerAfterEachFailure() {
		assertThat(this.circuitBreaker.current()).isNull();
		for (int seconds : new int[] { 5, 10, 15, 15 }) {
			this.circuitBreaker.begin(FAILURE);
			pass(Duration.ofSeconds(seconds).minusNanos(1));
			assertThat(this.circuitBreaker.current()).isSameAs(FAILURE);
			pass(Duration.ofNanos(1));
			assertThat(this.circuitBreaker.current()).isNull();
			assertThat(this.circuitBreaker.last()).isSameAs(FAILURE);
		}
	}

	@Test
	void failuresAtTheSameTimeCountOnce() {
		for (int i = 0; i < 16; i++) {
			this.circuitBreaker.begin(FAILURE);
		}
		pass(Duration.ofSeconds(5));
		assertThat(this.circuitBreaker.current()).isNull();
	}

	@Test
	void endsWithTheFirstAnswer() {
		this.circuitBreaker.begin(FAILURE);
		this.circuitBreaker.begin(FAILURE);
		this.circuitBreaker.end();
		assertThat(this.circuitBreaker.current()).isNull();
		assertThat(this.circuitBreaker.last()).isNull();
		this.circuitBreaker.begin(FAILURE);
		pass(Duration.ofSeconds(5));
		assertThat(this.circuitBreaker.current()).isNull();
	}

	private void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
