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

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.imds.CapturedLog;
import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.CountingListener;
import io.github.imds.client.http.Deadline;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SessionTokens}.
 */
@Timeout(30)
@ExtendWith(CapturedLog.Extension.class)
class SessionTokensTests {

	private static final URI ENDPOINT = URI.create("http://169.254.169.254");

	private static final Duration SIX_HOURS = Duration.ofHours(6);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

	private volatile Instant wall = Instant.parse("2026-01-01T00:00:00Z");

	private final Issuer issuer = new Issuer();

	private final CountingListener listener = new CountingListener();

	private final ImdsTokenStore store = new InMemoryImdsTokenStore();

	private final SessionTokens tokens = tokens(this.store, SIX_HOURS);

	@Test
	void issuesOneTokenAndKeepsIt() throws Exception {
		assertThat(this.tokens.get(deadline())).isSameAs(this.tokens.get(deadline()));
		assertThat(this.issuer.issued).hasValue(1);
		assertThat(this.store.load(ENDPOINT)).contains(this.tokens.get(deadline()));
	}

	@Test
	void usesAStoredToken() throws Exception {
		ImdsToken stored = new ImdsToken("stored", this.wall.plusSeconds(3600));
		this.store.save(ENDPOINT, stored);
		assertThat(this.tokens.get(deadline())).isEqualTo(stored);
		assertThat(this.issuer.issued).hasValue(0);
		assertThat(this.listener.firstTokens()).isZero();
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
	void ignoresAStoredTokenThatIsAboutToExpire() throws Exception {
		this.store.save(ENDPOINT, new ImdsToken("stored", this.wall.plusSeconds(30)));
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-1");
	}

	@Test
	void aRejectedTokenIsNotTakenFromAStoreThatKeepsIt() throws Exception {
		ImdsToken stored = new ImdsToken("stored", this.wall.plusSeconds(3600));
		SessionTokens tokens = tokens(new ReadOnlyStore(stored), SIX_HOURS);
		assertThat(tokens.get(deadline())).isEqualTo(stored);
		tokens.reject(stored, deadline());
		assertThat(tokens.get(deadline()).value()).isEqualTo("token-1");
	}

	@Test
	void aRejectedTokenIsRemovedFromTheStore() throws Exception {
		ImdsToken token = this.tokens.get(deadline());
		this.tokens.reject(token, deadline());
		assertThat(this.store.load(ENDPOINT)).isEmpty();
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
	void renewsInTheBackgroundWhileOthersGoOnWithTheOldToken() throws Exception {
		ImdsToken old = this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(29));
		this.issuer.gate = new CountDownLatch(1);
		for (int i = 0; i < 100; i++) {
			assertThat(this.tokens.get(deadline())).isSameAs(old);
		}
		this.issuer.gate.countDown();
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
		assertThat(this.store.load(ENDPOINT)).map(ImdsToken::value).contains("token-2");
		assertThat(this.issuer.issued).hasValue(2);
	}

	@Test
	void marginIsATwentiethOfAShortTimeToLive() throws Exception {
		SessionTokens tokens = tokens(this.store, Duration.ofSeconds(100));
		ImdsToken old = tokens.get(deadline());
		pass(Duration.ofSeconds(94));
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(this.issuer.issued).hasValue(1);
		pass(Duration.ofSeconds(2));
		assertThat(tokens.get(deadline())).isSameAs(old);
		tokens.close();
		assertThat(this.issuer.issued).hasValue(2);
	}

	@Test
	void aTokenGrantedForAShortTimeIsRenewedInItsSecondHalf() throws Exception {
		SessionTokens tokens = tokens(this.store, SIX_HOURS);
		this.issuer.timeToLive = Duration.ofSeconds(10);
		ImdsToken old = tokens.get(deadline());
		pass(Duration.ofSeconds(4));
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(tokens.isRenewing()).isFalse();
		assertThat(this.issuer.asked).hasValue(1);
		pass(Duration.ofSeconds(2));
		assertThat(tokens.get(deadline())).isSameAs(old);
		tokens.close();
		assertThat(tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	@Test
	void aRenewalThatGetsNoThreadFailsNoReadAndIsTriedAgainLater() throws Exception {
		AtomicInteger started = new AtomicInteger();
		SessionTokens tokens = tokens(this.store, SIX_HOURS, (thread) -> {
			if (started.getAndIncrement() == 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			thread.start();
		});
		ImdsToken old = tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(20));
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(started).hasValue(1);
		pass(Duration.ofSeconds(2));
		assertThat(tokens.get(deadline())).isSameAs(old);
		tokens.close();
		assertThat(tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failedRenewalKeepsTheOldTokenAndIsTriedAgainLater(RuntimeException failure) throws Exception {
		ImdsToken old = this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(20));
		this.issuer.failure = failure;
		assertThat(this.tokens.get(deadline())).isSameAs(old);
		awaitRenewals(2);
		this.issuer.gate = new CountDownLatch(1);
		assertThat(this.tokens.get(deadline())).isSameAs(old);
		assertThat(this.tokens.isRenewing()).isFalse();
		this.issuer.gate = new CountDownLatch(0);
		this.issuer.failure = null;
		pass(Duration.ofSeconds(2));
		assertThat(this.tokens.get(deadline())).isSameAs(old);
		awaitRenewals(3);
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	static Stream<RuntimeException> failures() {
		return Stream.of(new ImdsResponseException("status 503", 503),
				new IllegalStateException("Thrown by a handler of observations"));
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
	void aStoredTokenOfTheFutureIsNotBelievedToLiveLongerThanTheServicePermits() throws Exception {
		this.store.save(ENDPOINT, new ImdsToken("stored", this.wall.plus(Duration.ofDays(1000))));
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("stored");
		this.store.remove(ENDPOINT, this.tokens.get(deadline()));
		pass(SIX_HOURS);
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-1");
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
	void aStoreThatThrowsNeverFailsARequestAndIsReportedOnce(CapturedLog log) throws Exception {
		SessionTokens tokens = tokens(new BrokenStore(), SIX_HOURS);
		ImdsToken token = tokens.get(deadline());
		assertThat(token.value()).isEqualTo("token-1");
		tokens.reject(token, deadline());
		assertThat(tokens.get(deadline()).value()).isEqualTo("token-2");
		assertThat(log.warnings()).singleElement(InstanceOfAssertFactories.STRING).contains("broken");
	}

	@Test
	void takesTheTokenThatAnotherClientSavedWhileItHeldTheLock() throws Exception {
		ImdsToken other = new ImdsToken("other", this.wall.plusSeconds(3600));
		LockingStore store = new LockingStore(() -> this.store.save(ENDPOINT, other));
		assertThat(tokens(store, SIX_HOURS).get(deadline())).isEqualTo(other);
		assertThat(this.issuer.asked).hasValue(0);
		assertThat(store.held).hasValue(0);
	}

	@Test
	void takesAStoredTokenWithoutLocking() throws Exception {
		this.store.save(ENDPOINT, new ImdsToken("stored", this.wall.plusSeconds(3600)));
		LockingStore store = new LockingStore(() -> {
			throw new IllegalStateException("no lock wanted");
		});
		assertThat(tokens(store, SIX_HOURS).get(deadline()).value()).isEqualTo("stored");
	}

	@Test
	void waitsForTheLockForHalfOfTheTimeSoThatOneCanBeIssued() throws Exception {
		LockingStore store = new LockingStore(() -> {
		});
		tokens(store, SIX_HOURS).get(Deadline.after(Duration.ofSeconds(20)));
		assertThat(store.timeout).isLessThanOrEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void aFailureEndsTheLock() {
		this.issuer.failure = new ImdsUnavailableException("refused", null);
		LockingStore store = new LockingStore(() -> assertThat(this.issuer.asked).hasValue(0));
		assertThatExceptionOfType(ImdsUnavailableException.class)
			.isThrownBy(() -> tokens(store, SIX_HOURS).get(deadline()));
		assertThat(this.issuer.asked).hasValue(1);
		assertThat(store.held).hasValue(0);
	}

	@Test
	void aRenewalTakesTheTokenThatAnotherClientHasRenewed() throws Exception {
		this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(29));
		ImdsToken renewed = new ImdsToken("renewed-elsewhere", this.wall.plus(SIX_HOURS));
		this.store.save(ENDPOINT, renewed);
		this.tokens.get(deadline());
		this.tokens.close();
		assertThat(this.tokens.get(deadline())).isEqualTo(renewed);
		assertThat(this.issuer.issued).hasValue(1);
	}

	@Test
	void aRenewalDoesNotTakeATokenThatHardlyLivesLonger() throws Exception {
		this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(25));
		this.store.save(ENDPOINT, new ImdsToken("hardly-longer", this.wall.plusSeconds(54)));
		this.tokens.get(deadline());
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	@Test
	void aRenewalDoesNotTakeItsOwnTokenForANewOneWhenTheWallClockIsSetBack() throws Exception {
		this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(20));
		this.wall = this.wall.minus(Duration.ofDays(1));
		this.tokens.get(deadline());
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
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

	private SessionTokens tokens(ImdsTokenStore store, Duration timeToLive) {
		return tokens(store, timeToLive, Thread::start);
	}

	private SessionTokens tokens(ImdsTokenStore store, Duration timeToLive, Consumer<Thread> starter) {
		this.issuer.timeToLive = timeToLive;
		return new SessionTokens(ENDPOINT, new LenientTokenStore(store), timeToLive, this.issuer,
				new TimeSource(() -> this.wall, this.nanos::get), this.listener, starter);
	}

	private void pass(Duration duration) {
		this.nanos.addAndGet(duration.toNanos());
		this.wall = this.wall.plus(duration);
	}

	private void awaitRenewals(int asked) {
		while (this.issuer.asked.get() < asked || this.tokens.isRenewing()) {
			Thread.onSpinWait();
		}
	}

	private static Deadline deadline() {
		return Deadline.after(Duration.ofSeconds(20));
	}

	private final class Issuer implements SessionTokens.TokenIssuer {

		private final AtomicInteger asked = new AtomicInteger();

		private final AtomicInteger issued = new AtomicInteger();

		private final CountDownLatch entered = new CountDownLatch(1);

		private volatile CountDownLatch gate = new CountDownLatch(0);

		private volatile @Nullable RuntimeException failure;

		private volatile @Nullable ImdsException lastFailure;

		private volatile Duration timeToLive = SIX_HOURS;

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
					SessionTokensTests.this.wall.plus(this.timeToLive));
		}

		@Override
		public @Nullable ImdsException lastFailure() {
			return this.lastFailure;
		}

	}

	/**
	 * Does what another client does before it ends its lock.
	 */
	private final class LockingStore implements ImdsTokenStore {

		private final Runnable other;

		private final AtomicInteger held = new AtomicInteger();

		private volatile @Nullable Duration timeout;

		private LockingStore(Runnable other) {
			this.other = other;
		}

		@Override
		public Optional<ImdsToken> load(URI endpoint) {
			return SessionTokensTests.this.store.load(endpoint);
		}

		@Override
		public void save(URI endpoint, ImdsToken token) {
			assertThat(this.held).hasValue(1);
			SessionTokensTests.this.store.save(endpoint, token);
		}

		@Override
		public void remove(URI endpoint, ImdsToken token) {
			SessionTokensTests.this.store.remove(endpoint, token);
		}

		@Override
		public Closeable lock(URI endpoint, Duration timeout) {
			this.timeout = timeout;
			this.other.run();
			this.held.incrementAndGet();
			return this.held::decrementAndGet;
		}

	}

	private record ReadOnlyStore(ImdsToken token) implements ImdsTokenStore {

		@Override
		public Optional<ImdsToken> load(URI endpoint) {
			return Optional.of(this.token);
		}

		@Override
		public void save(URI endpoint, ImdsToken token) {
			throw new UnsupportedOperationException("read only");
		}

		@Override
		public void remove(URI endpoint, ImdsToken token) {
			throw new UnsupportedOperationException("read only");
		}

	}

	private static final class BrokenStore implements ImdsTokenStore {

		@Override
		public Optional<ImdsToken> load(URI endpoint) {
			throw new IllegalStateException("broken");
		}

		@Override
		public void save(URI endpoint, ImdsToken token) {
			throw new IllegalStateException("broken");
		}

		@Override
		public void remove(URI endpoint, ImdsToken token) {
			throw new IllegalStateException("broken");
		}

		@Override
		public Closeable lock(URI endpoint, Duration timeout) {
			return () -> {
				throw new IOException("broken");
			};
		}

	}

}
