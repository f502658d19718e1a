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

package io.github.imds.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outage}.
 */
class OutageTests {

	private static final ImdsException FAILURE = new ImdsUnavailableException("refused", null);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final Outage outage = new Outage(new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(15)),
			this.nanos::get);

	@Test
	void lastsLongerAfterEachFailure() {
		assertThat(this.outage.current()).isNull();
		for (int seconds : new int[] { 5, 10, 15, 15 }) {
			this.outage.begin(FAILURE);
			pass(Duration.ofSeconds(seconds).minusNanos(1));
			assertThat(this.outage.current()).isSameAs(FAILURE);
			pass(Duration.ofNanos(1));
			assertThat(this.outage.current()).isNull();
			assertThat(this.outage.last()).isSameAs(FAILURE);
		}
	}

	@Test
	void endsWithTheFirstAnswer() {
		this.outage.begin(FAILURE);
		this.outage.begin(FAILURE);
		this.outage.end();
		assertThat(this.outage.current()).isNull();
		assertThat(this.outage.last()).isNull();
		this.outage.begin(FAILURE);
		pass(Duration.ofSeconds(5));
		assertThat(this.outage.current()).isNull();
	}

	private void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
	}

}
