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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;
import io.github.imds.client.http.Deadline;
import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.token.ImdsToken;

/**
 * Session token of an endpoint: obtained once for all threads, renewed in the background
 * before it expires, dropped when the service rejects it.
 */
final class SessionTokens {

	private static final Duration MAX_RENEWAL_MARGIN = Duration.ofSeconds(30);

	private static final Duration RENEWAL_RETRY_DELAY = Duration.ofSeconds(1);

	/**
	 * Time that a renewal waits for that of another client, and closing for it.
	 */
	private static final Duration RENEWAL_WAIT = Duration.ofSeconds(5);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(SessionTokens.class);

	private final URI endpoint;

	private final LenientTokenStore store;

	private final TokenIssuer issuer;

	private final Duration margin;

	private final TimeSource time;

	private final ImdsClientListener listener;

	private final Consumer<Thread> starter;

	private final TimedLock lock;

	private final AtomicReference<@Nullable Thread> renewal = new AtomicReference<>();

	private volatile @Nullable CurrentToken current;

	/**
	 * The last token that the service rejected or that has expired. A store may still
	 * have it, and the wall clock may say that it is valid.
	 */
	private volatile @Nullable ImdsToken rejected;

	private volatile @Nullable Deadline renewalDeadline;

	private volatile boolean closed;

	SessionTokens(URI endpoint, LenientTokenStore store, Duration timeToLive, TokenIssuer issuer, TimeSource time,
			ImdsClientListener listener) {
		this(endpoint, store, timeToLive, issuer, time, listener, Thread::start);
	}

	SessionTokens(URI endpoint, LenientTokenStore store, Duration timeToLive, TokenIssuer issuer, TimeSource time,
			ImdsClientListener listener, Consumer<Thread> starter) {
		this.endpoint = endpoint;
		this.store = store;
		this.issuer = issuer;
		Duration twentieth = timeToLive.dividedBy(20);
		this.margin = (twentieth.compareTo(MAX_RENEWAL_MARGIN) < 0) ? twentieth : MAX_RENEWAL_MARGIN;
		this.time = time;
		this.listener = listener;
		this.starter = starter;
		this.lock = new TimedLock(endpoint);
	}

	/**
	 * Return a token that is not known to be invalid.
	 * @param deadline the end of the call
	 * @return the token
	 * @throws RetryableException if the service did not issue one
	 */
	ImdsToken get(Deadline deadline) throws RetryableException {
		CurrentToken current = this.current;
		long now = this.time.nanoTime().getAsLong();
		if (current == null || now - current.expiresAt() >= 0) {
			return obtain(deadline);
		}
		if (now - current.renewAt() >= 0) {
			renewInBackground(current);
		}
		return current.token();
	}

	/**
	 * Drop a token that the service did not accept, unless it has been replaced.
	 * @param token the rejected token
	 * @param deadline the end of the call
	 */
	void reject(ImdsToken token, Deadline deadline) {
		this.lock.lock(deadline);
		try {
			this.rejected = token;
			CurrentToken current = this.current;
			if (current != null && current.token().equals(token)) {
				this.current = null;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.store.remove(this.endpoint, token);
	}

	/**
	 * Return when the token in use expires.
	 * @return the time, or empty if no token is in use
	 */
	Optional<Instant> expiresAt() {
		return Optional.ofNullable(this.current).map((current) -> current.token().expiresAt());
	}

	/**
	 * Return how many threads wait for a token.
	 * @return an estimate of their number
	 */
	int waiting() {
		return this.lock.waiting();
	}

	boolean isRenewing() {
		return this.renewal.get() != null;
	}

	/**
	 * End a renewal that is under way, and begin no other. A renewal that waits in a
	 * token store or for a silent service may end a moment later.
	 */
	void close() {
		this.closed = true;
		Thread thread = this.renewal.get();
		Deadline deadline = this.renewalDeadline;
		if (thread != null && deadline != null) {
			try {
				thread.join(CLOSE_TIMEOUT.toMillis() / 2);
				deadline.expire();
				thread.join(CLOSE_TIMEOUT.toMillis() / 2);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private ImdsToken obtain(Deadline deadline) throws RetryableException {
		ImdsException failureBefore = this.issuer.lastFailure();
		this.lock.lock(deadline);
		try {
			CurrentToken current = this.current;
			if (current != null && this.time.nanoTime().getAsLong() - current.expiresAt() < 0) {
				return current.token();
			}
			if (current != null) {
				this.rejected = current.token();
			}
			ImdsException failure = this.issuer.lastFailure();
			if (failure != null && failure != failureBefore) {
				throw Failures.repeat(failure);
			}
			return loadOrIssue(Instant.MIN, Duration.ofNanos(deadline.remaining().toNanos() / 2), deadline);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take the token that the store has, or a new one. Of those who share the store one
	 * at a time gets a new one, and leaves it to the others, who wait for that, but not
	 * for so long that they could not get one themselves.
	 * @param end the time that a stored token has to outlive
	 */
	private ImdsToken loadOrIssue(Instant end, Duration wait, Deadline deadline) throws RetryableException {
		ImdsToken stored = load(end);
		if (stored != null) {
			return use(stored);
		}
		Closeable lock = this.store.lock(this.endpoint, wait);
		try {
			stored = load(end);
			return (stored != null) ? use(stored) : issue(deadline);
		}
		finally {
			this.store.unlock(lock);
		}
	}

	/**
	 * Get a new token, and use it before the store has it: nobody else waits for a store
	 * that is slow.
	 */
	private ImdsToken issue(Deadline deadline) throws RetryableException {
		if (deadline.hasPassed()) {
			throw Failures.slowTokenStore(this.endpoint);
		}
		ImdsToken token = this.issuer.issue(deadline);
		this.listener.onTokenIssued(this.current != null || this.rejected != null);
		use(token);
		this.store.save(this.endpoint, token);
		return token;
	}

	/**
	 * Use a token, at least for half of its life before it is renewed: the service may
	 * grant one that lives shorter than was asked for.
	 */
	private ImdsToken use(ImdsToken token) {
		long now = this.time.nanoTime().getAsLong();
		long lifetime = lifetime(token).toNanos();
		long unused = Math.min(this.margin.toNanos(), lifetime / 2);
		this.current = new CurrentToken(token, now + lifetime, now + lifetime - unused);
		return token;
	}

	/**
	 * Load what the store has, if it is worth using. The wall clock may have jumped since
	 * the token was stored, so no token is believed to live longer than the service
	 * permits.
	 */
	private @Nullable ImdsToken load(Instant end) {
		ImdsToken token = this.store.load(this.endpoint).orElse(null);
		boolean usable = token != null && !token.equals(this.rejected) && lifetime(token).compareTo(this.margin) > 0
				&& token.expiresAt().minus(this.margin).isAfter(end);
		return usable ? token : null;
	}

	private Duration lifetime(ImdsToken token) {
		Duration lifetime = Duration.between(this.time.wall().instant(), token.expiresAt());
		return (lifetime.compareTo(ImdsToken.MAX_TIME_TO_LIVE) < 0) ? lifetime : ImdsToken.MAX_TIME_TO_LIVE;
	}

	private void renewInBackground(CurrentToken expiring) {
		if (isRenewing() || this.closed) {
			return;
		}
		Deadline deadline = Deadline.after(MAX_RENEWAL_MARGIN);
		Thread thread = new Thread(null, () -> renew(expiring, deadline), "imds-token-renewal", 0, false);
		thread.setDaemon(true);
		if (this.renewal.compareAndSet(null, thread)) {
			this.renewalDeadline = deadline;
			try {
				this.starter.accept(thread);
			}
			catch (OutOfMemoryError ex) {
				// The machine refuses threads for now, and the token is still valid
				renewLater(expiring);
				this.renewal.set(null);
			}
		}
	}

	private void renew(CurrentToken expiring, Deadline deadline) {
		try {
			if (this.current == expiring) {
				loadOrIssue(expiring.token().expiresAt(), RENEWAL_WAIT, deadline);
			}
		}
		catch (RetryableException | RuntimeException ex) {
			logger.debug("The session token was not renewed yet: " + ex.getMessage());
		}
		finally {
			// Otherwise each read until then would begin another renewal
			renewLater(expiring);
			this.renewal.set(null);
		}
	}

	private void renewLater(CurrentToken expiring) {
		if (this.current == expiring) {
			this.current = expiring.renewAfter(this.time.nanoTime().getAsLong() + RENEWAL_RETRY_DELAY.toNanos());
		}
	}

	/**
	 * Gets tokens from the service.
	 */
	interface TokenIssuer {

		ImdsToken issue(Deadline deadline) throws RetryableException;

		/**
		 * Return the failure of the last attempt to reach the service.
		 * @return the failure, or {@code null} if it went well
		 */
		@Nullable ImdsException lastFailure();

	}

	/**
	 * The token in use, timed by the monotonic clock.
	 */
	private record CurrentToken(ImdsToken token, long expiresAt, long renewAt) {

		CurrentToken renewAfter(long nanos) {
			return new CurrentToken(this.token, this.expiresAt, nanos);
		}

	}

}
