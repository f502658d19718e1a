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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

import io.github.imds.ImdsException;
import io.github.imds.client.CountingListener;
import io.github.imds.client.http.Deadline;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of the tests for {@link SessionTokens}: the service and the clocks.
 */
@Timeout(30)
abstract class AbstractSessionTokensTests {

	static final URI ENDPOINT = URI.create("http://169.254.169.254");

	static final Duration SIX_HOURS = Duration.ofHours(6);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	volatile Instant wall = Instant.parse("2026-01-01T00:00:00Z");

	final Issuer issuer = new Issuer();

	final CountingListener listener = new CountingListener();

	final ImdsTokenStore store = new InMemoryImdsTokenStore();

	final SessionTokens tokens = tokens(this.store, SIX_HOURS);

	SessionTokens tokens(ImdsTokenStore store, Duration timeToLive) {
		return tokens(store, timeToLive, Thread::start);
	}

	SessionTokens tokens(ImdsTokenStore store, Duration timeToLive, Consumer<Thread> starter) {
		this.issuer.timeToLive = timeToLive;
		return new SessionTokens(ENDPOINT, new LenientTokenStore(store), timeToLive, this.issuer,
				new TimeSource(() -> this.wall, this.nanos::get), this.listener, starter);
	}

	void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
		this.wall = this.wall.plus(duration);
	}

	static Deadline deadline() {
		return Deadline.after(Duration.ofSeconds(20));
	}

	final class Issuer implements SessionTokens.TokenIssuer {

		final AtomicInteger asked = new AtomicInteger();

		final AtomicInteger issued = new AtomicInteger();

		final CountDownLatch entered = new CountDownLatch(1);

		volatile CountDownLatch gate = new CountDownLatch(0);

		volatile @Nullable RuntimeException failure;

		private volatile @Nullable ImdsException lastFailure;

		volatile Duration timeToLive = SIX_HOURS;

		@Override
		public ImdsToken issue(Deadline deadline) {
			this.asked.incrementAndGet();
			this.entered.countDown();
			try {
				assertThat(this.gate.await(20, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			this.lastFailure = (this.failure instanceof ImdsException exception) ? exception : null;
			if (this.failure != null) {
				throw this.failure;
			}
			return new ImdsToken("token-" + this.issued.incrementAndGet(),
					AbstractSessionTokensTests.this.wall.plus(this.timeToLive));
		}

		@Override
		public @Nullable ImdsException lastFailure() {
			return this.lastFailure;
		}

	}

}
