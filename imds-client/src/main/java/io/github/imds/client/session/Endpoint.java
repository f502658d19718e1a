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

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.http.ConnectFailedException;
import io.github.imds.client.http.Deadline;
import io.github.imds.client.http.ImdsHttpClient;
import io.github.imds.client.http.ImdsResponse;
import io.github.imds.client.session.SessionSettings.Expectation;
import io.github.imds.token.ImdsToken;

/**
 * One address of the service, with its session token and what is known of its state.
 */
final class Endpoint implements SessionTokens.TokenIssuer {

	/**
	 * Longer than any token seen. The token is sent with every request, and servers limit
	 * their headers.
	 */
	private static final int MAX_TOKEN_LENGTH = 4096;

	private final URI uri;

	private final URI tokenUri;

	private final String valuePrefix;

	private final ImdsHttpClient http;

	private final Duration tokenTtl;

	/**
	 * Where the service is known to be, a connection that takes too long was lost on the
	 * way, and is worth another try. A token that takes too long is not: with a low hop
	 * limit all of them do.
	 */
	private final boolean expected;

	/**
	 * Where the hardware does not say that this is EC2 there may be no service.
	 */
	private final boolean doubtful;

	private final TimeSource time;

	private final CircuitBreaker circuitBreaker;

	private final SessionTokens tokens;

	/**
	 * A service that has answered once is there, and worth asking again.
	 */
	private volatile boolean reached;

	/**
	 * An endpoint that did not answer last time still has a token, and would be chosen
	 * again for it.
	 */
	private volatile boolean failed;

	Endpoint(URI uri, ImdsHttpClient http, SessionSettings settings, LenientTokenStore tokenStore, TimeSource time) {
		this.uri = uri;
		this.tokenUri = URI.create(uri + "/latest/api/token");
		this.valuePrefix = uri + "/" + settings.version() + "/";
		this.http = http;
		this.tokenTtl = settings.tokenTtl();
		this.expected = settings.expectation() != Expectation.NONE;
		this.doubtful = settings.expectation() != Expectation.HARDWARE;
		this.time = time;
		this.circuitBreaker = new CircuitBreaker(settings.circuitBreaker(), time.nanoTime());
		this.tokens = new SessionTokens(uri, tokenStore, settings.tokenTtl(), this, time, settings.listener());
	}

	URI uri() {
		return this.uri;
	}

	/**
	 * Return the failure that keeps the endpoint from being asked for now.
	 * @return the failure, or {@code null} if it may be asked
	 */
	@Nullable ImdsException outage() {
		return this.circuitBreaker.current();
	}

	/**
	 * Return whether the last attempt to get an answer was in vain.
	 * @return whether others are to be preferred
	 */
	boolean hasFailed() {
		return this.failed;
	}

	void beginOutage(ImdsException failure) {
		this.circuitBreaker.begin(failure);
	}

	ImdsToken token(Deadline deadline) throws RetryableException {
		return this.tokens.get(deadline);
	}

	Optional<Instant> tokenExpiresAt() {
		return this.tokens.expiresAt();
	}

	void reject(ImdsToken token) {
		this.tokens.reject(token);
	}

	ImdsResponse get(MetadataPath path, ImdsToken token, Deadline deadline) throws RetryableException {
		try {
			ImdsResponse response = this.http.get(URI.create(this.valuePrefix + path.encoded()), path, token, deadline);
			reached();
			return response;
		}
		catch (IOException ex) {
			this.failed = true;
			throw new RetryableException(Failures.noValue(this.uri, path, ex));
		}
	}

	@Override
	public ImdsToken issue(Deadline deadline) throws RetryableException {
		try (ImdsResponse response = this.http.putToken(this.tokenUri, this.tokenTtl, this.doubtful && !this.reached,
				deadline)) {
			if (response.status() == 403) {
				throw refused(response.status());
			}
			reached();
			if (Failures.isTemporary(response.status())) {
				throw new RetryableException(Failures.tokenStatus(this.uri, response.status()));
			}
			if (response.status() != 200) {
				throw Failures.tokenStatus(this.uri, response.status());
			}
			return token(response);
		}
		catch (IOException ex) {
			this.failed = true;
			ImdsException failure = Failures.noToken(this.uri, ex);
			if (this.reached || (this.expected && isConnectTimeout(ex))) {
				throw new RetryableException(failure);
			}
			this.circuitBreaker.begin(failure);
			throw failure;
		}
	}

	@Override
	public @Nullable ImdsException lastFailure() {
		return this.circuitBreaker.last();
	}

	void close() {
		this.tokens.close();
	}

	private ImdsToken token(ImdsResponse response) throws IOException {
		String value = response.text();
		if (value.length() > MAX_TOKEN_LENGTH) {
			throw Failures.notAToken(this.uri, response.status());
		}
		try {
			return new ImdsToken(value, this.time.wall().instant().plus(timeToLive(response)));
		}
		catch (IllegalArgumentException ex) {
			throw Failures.notAToken(this.uri, response.status());
		}
	}

	private Duration timeToLive(ImdsResponse response) {
		String granted = response.header(ImdsHttpClient.TTL_HEADER);
		if (granted == null) {
			return this.tokenTtl;
		}
		Duration timeToLive = Duration.ofSeconds(Long.parseLong(granted.trim()));
		return (timeToLive.compareTo(this.tokenTtl) < 0) ? timeToLive : this.tokenTtl;
	}

	private static boolean isConnectTimeout(IOException ex) {
		return ex instanceof ConnectFailedException failed && failed.isTimeout();
	}

	private ImdsException refused(int status) {
		ImdsException failure = Failures.tokenStatus(this.uri, status);
		this.circuitBreaker.begin(failure);
		return failure;
	}

	private void reached() {
		this.reached = true;
		this.failed = false;
		this.circuitBreaker.end();
	}

}
