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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.http.Deadline;
import io.github.imds.token.ImdsToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SessionTokens}.
 */
class SessionTokensTests extends AbstractSessionTokensTests {

	@Test
	void issuesOneTokenAndKeepsIt() throws Exception {
		assertThat(this.tokens.get(deadline())).isSameAs(this.tokens.get(deadline()));
		assertThat(this.issuer.issued).hasValue(1);
		assertThat(this.store.load(ENDPOINT)).contains(this.tokens.get(deadline()));
	}

	@Test
	void countsTheFirstTokenApartFromThoseThatReplaceOne() throws Exception {
		ImdsToken first = this.tokens.get(deadline());
		assertThat(this.listener.firstTokens()).isEqualTo(1);
		assertThat(this.listener.renewedTokens()).isZero();
		this.tokens.reject(first, deadline());
		this.tokens.get(deadline());
		assertThat(this.listener.renewedTokens()).isEqualTo(1);
		pass(SIX_HOURS.minusSeconds(29));
		this.tokens.get(deadline());
		this.tokens.close();
		assertThat(this.listener.renewedTokens()).isEqualTo(2);
		pass(SIX_HOURS);
		this.tokens.get(deadline());
		assertThat(this.listener.renewedTokens()).isEqualTo(3);
		assertThat(this.listener.firstTokens()).isEqualTo(1);
	}

	@Test
	void theTokenThatReplacesAStoredOneIsARenewal() throws Exception {
		ImdsToken stored = new ImdsToken("stored", this.wall.plusSeconds(3600));
		this.store.save(ENDPOINT, stored);
		this.tokens.reject(this.tokens.get(deadline()), deadline());
		this.tokens.get(deadline());
		assertThat(this.listener.firstTokens()).isZero();
		assertThat(this.listener.renewedTokens()).isEqualTo(1);
	}

	@Test
	void rejectingAnOldTokenKeepsTheNewOne() throws Exception {
		ImdsToken old = this.tokens.get(deadline());
		this.tokens.reject(old, deadline());
		ImdsToken current = this.tokens.get(deadline());
		this.tokens.reject(old, deadline());
		assertThat(this.tokens.get(deadline())).isSameAs(current);
		assertThat(this.store.load(ENDPOINT)).contains(current);
		assertThat(this.issuer.issued).hasValue(2);
	}

	@Test
	void anExpiredTokenIsNeverReturned() throws Exception {
		this.tokens.get(deadline());
		pass(SIX_HOURS);
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	@Test
	void aWallClockThatJumpsDoesNotMatterToATokenInUse() throws Exception {
		ImdsToken token = this.tokens.get(deadline());
		this.wall = this.wall.plus(Duration.ofDays(1000));
		assertThat(this.tokens.get(deadline())).isSameAs(token);
		this.wall = this.wall.minus(Duration.ofDays(5000));
		assertThat(this.tokens.get(deadline())).isSameAs(token);
		pass(SIX_HOURS);
		assertThat(this.tokens.get(deadline())).isNotSameAs(token);
	}

	@Test
	void manyThreadsStartingColdShareOneToken() throws Exception {
		this.issuer.gate = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try {
			Callable<ImdsToken> task = () -> this.tokens.get(deadline());
			List<Future<ImdsToken>> results = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				results.add(threads.submit(task));
			}
			this.issuer.gate.countDown();
			for (Future<ImdsToken> result : results) {
				assertThat(result.get().value()).isEqualTo("token-1");
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.issuer.asked).hasValue(1);
	}

	@Test
	void aFailureIsSharedByThoseWhoWaitedForIt() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		this.issuer.gate = gate;
		this.issuer.failure = new ImdsUnavailableException("refused", null);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<ImdsToken>> results = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				results.add(threads.submit(() -> this.tokens.get(deadline())));
			}
			while (this.tokens.waiting() < 7) {
				Thread.onSpinWait();
			}
			gate.countDown();
			for (Future<ImdsToken> result : results) {
				assertThatExceptionOfType(Exception.class).isThrownBy(result::get)
					.withRootCauseInstanceOf(ImdsUnavailableException.class);
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.issuer.asked).hasValue(1);
	}

	@Test
	void waitingEndsWithTheDeadline() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		this.issuer.gate = gate;
		Thread first = new Thread(() -> {
			try {
				this.tokens.get(deadline());
			}
			catch (RetryableException ex) {
				throw new IllegalStateException(ex);
			}
		});
		first.start();
		this.issuer.entered.await();
		assertThatExceptionOfType(ImdsUnavailableException.class)
			.isThrownBy(() -> this.tokens.get(Deadline.after(Duration.ofMillis(1))))
			.withMessageContaining("in time");
		gate.countDown();
		first.join();
	}

	@Test
	void rejectingATokenEndsWithTheDeadline() throws Exception {
		ImdsToken token = this.tokens.get(deadline());
		this.tokens.reject(token, deadline());
		CountDownLatch gate = new CountDownLatch(1);
		this.issuer.gate = gate;
		Thread other = new Thread(() -> {
			try {
				this.tokens.get(deadline());
			}
			catch (RetryableException ex) {
				throw new IllegalStateException(ex);
			}
		});
		other.start();
		while (this.issuer.asked.get() < 2) {
			Thread.onSpinWait();
		}
		CompletableFuture<Void> rejection = CompletableFuture
			.runAsync(() -> this.tokens.reject(token, Deadline.after(Duration.ofMillis(1))));
		try {
			assertThat(rejection).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(ImdsUnavailableException.class);
		}
		finally {
			gate.countDown();
			other.join();
		}
	}

}
