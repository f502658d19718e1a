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
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.CapturedLog;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.http.Deadline;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SessionTokens} with a store that others share.
 */
@ExtendWith(CapturedLog.Extension.class)
class SessionTokenStoreTests extends AbstractSessionTokensTests {

	@Test
	void usesAStoredToken() throws Exception {
		ImdsToken stored = new ImdsToken("stored", this.wall.plusSeconds(3600));
		this.store.save(ENDPOINT, stored);
		assertThat(this.tokens.get(deadline())).isEqualTo(stored);
		assertThat(this.issuer.issued).hasValue(0);
		assertThat(this.listener.firstTokens()).isZero();
	}

	@Test
	void ignoresAStoredTokenThatIsAboutToExpire() throws Exception {
		this.store.save(ENDPOINT, new ImdsToken("stored", this.wall.plusSeconds(30)));
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-1");
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
	void aStoreThatReturnsNullNeverFailsARequest() throws Exception {
		ImdsTokenStore store = (ImdsTokenStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ImdsTokenStore.class }, (proxy, method, arguments) -> null);
		assertThat(tokens(store, SIX_HOURS).get(deadline()).value()).isEqualTo("token-1");
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, IOException.class })
	void aStoreThatThrowsNeverFailsARequestAndIsReportedOnce(Class<? extends Exception> failure, CapturedLog log)
			throws Exception {
		SessionTokens tokens = tokens(new BrokenStore(failure.getConstructor(String.class).newInstance("broken")),
				SIX_HOURS);
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
			return SessionTokenStoreTests.this.store.load(endpoint);
		}

		@Override
		public void save(URI endpoint, ImdsToken token) {
			assertThat(this.held).hasValue(1);
			SessionTokenStoreTests.this.store.save(endpoint, token);
		}

		@Override
		public void remove(URI endpoint, ImdsToken token) {
			SessionTokenStoreTests.this.store.remove(endpoint, token);
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

	/**
	 * Throws an exception whether it is declared or not, as other languages permit.
	 */
	private record BrokenStore(Exception failure) implements ImdsTokenStore {

		@Override
		public Optional<ImdsToken> load(URI endpoint) {
			throw BrokenStore.<RuntimeException>undeclared(this.failure);
		}

		@Override
		public void save(URI endpoint, ImdsToken token) {
			throw BrokenStore.<RuntimeException>undeclared(this.failure);
		}

		@Override
		public void remove(URI endpoint, ImdsToken token) {
			throw BrokenStore.<RuntimeException>undeclared(this.failure);
		}

		@Override
		public Closeable lock(URI endpoint, Duration timeout) {
			return () -> {
				throw BrokenStore.<RuntimeException>undeclared(this.failure);
			};
		}

		@SuppressWarnings("unchecked")
		private static <E extends Exception> E undeclared(Exception failure) throws E {
			throw (E) failure;
		}

	}

}
