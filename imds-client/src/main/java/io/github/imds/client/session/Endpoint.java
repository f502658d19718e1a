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
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

	private static final Duration STALL_MARGIN = Duration.ofSeconds(1);

	private final URI uri;

	private final URI tokenUri;

	private final String valuePrefix;

	private final ImdsHttpClient http;

	private final Duration tokenTtl;

	/**
	 * Whether there is a reason to expect a service. If so, a failed connection is worth
	 * another attempt: while an instance boots, its service can be later than the
	 * application, and packets can be lost.
	 */
	private final boolean expected;

	/**
	 * Whether to find out first whether anything listens. Only the hardware of EC2 makes
	 * that unnecessary.
	 */
	private final boolean probe;

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
		this.probe = settings.expectation() != Expectation.HARDWARE;
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

	void reject(ImdsToken token, Deadline deadline) {
		this.tokens.reject(token, deadline);
	}

	ImdsResponse get(MetadataPath path, ImdsToken token, Deadline deadline) throws RetryableException {
		try {
			ImdsResponse response = request(path, token, deadline);
			reached();
			return response;
		}
		catch (IOException ex) {
			Failures.checkNotInterrupted();
			this.failed = true;
			ImdsException failure = Failures.noValue(this.uri, path, ex);
			throw (ex instanceof ConnectFailedException && !wasStopped(deadline))
					? RetryableException.ofEndpoint(failure) : new RetryableException(failure);
		}
	}

	private ImdsResponse request(MetadataPath path, ImdsToken token, Deadline deadline) throws IOException {
		return this.http.get(URI.create(this.valuePrefix + path.encoded()), path, token, deadline);
	}

	@Override
	public ImdsToken issue(Deadline deadline) throws RetryableException {
		try {
			ImdsToken token = requestToken(deadline);
			reached();
			return token;
		}
		catch (IOException ex) {
			throw noToken(ex, deadline);
		}
	}

	private ImdsToken requestToken(Deadline deadline) throws IOException, RetryableException {
		ImdsToken token;
		boolean dated;
		try (ImdsResponse response = this.http.putToken(this.tokenUri, this.tokenTtl, this.probe && !this.reached,
				deadline)) {
			int status = response.status();
			if (Failures.isTemporary(status)) {
				reached();
				throw new RetryableException(Failures.tokenStatus(this.uri, status));
			}
			if (status != 200) {
				throw remember(Failures.tokenStatus(this.uri, status));
			}
			token = token(response);
			dated = response.header(ImdsHttpClient.TTL_HEADER) != null;
		}
		if (!dated && !this.reached) {
			checkIdentity(token, deadline);
		}
		return token;
	}

	/**
	 * Make sure that a token without a time to live comes from the service, which always
	 * tells one: there are servers that answer every request with the same text.
	 */
	private void checkIdentity(ImdsToken token, Deadline deadline) throws IOException {
		try (ImdsResponse response = request(InstanceId.PATH, token, deadline)) {
			int status = response.status();
			boolean undecided = status == 401 || status == 403 || Failures.isTemporary(status);
			if (!undecided && !(status == 200 && InstanceId.isPlausible(response.bytes(InstanceId.MAX_LENGTH + 1)))) {
				throw remember(Failures.notTheService(this.uri, status));
			}
		}
	}

	/**
	 * Tell what follows from a request for a token that got no response.
	 * @return the failure that ends the call
	 * @throws RetryableException if another attempt can succeed
	 */
	private ImdsException noToken(IOException ex, Deadline deadline) throws RetryableException {
		Failures.checkNotInterrupted();
		this.failed = true;
		ImdsException failure = Failures.noToken(this.uri, ex);
		if (wasStopped(deadline)) {
			throw new RetryableException(failure);
		}
		if (this.reached || isRepeatable(ex)) {
			throw RetryableException.ofEndpoint(failure);
		}
		return remember(failure);
	}

	/**
	 * Tell what follows from a request for a token that has not ended by the end of the
	 * call.
	 * @param deadline the end of the call
	 * @param outage whether to remember the failure
	 * @return the failure
	 */
	Exception noTokenInTime(Deadline deadline, boolean outage) {
		this.failed = true;
		ImdsException failure = Failures.timedOut(this.uri);
		if (wasStopped(deadline)) {
			return new RetryableException(failure);
		}
		return outage ? remember(failure) : failure;
	}

	/**
	 * Return whether a first request for a token is worth another attempt. A token that
	 * stays away after a connection was made is not: with a low hop limit all do. Neither
	 * is something that does not speak HTTP.
	 */
	private boolean isRepeatable(IOException ex) {
		if (ex instanceof ConnectFailedException) {
			return this.expected;
		}
		return !(ex instanceof SocketTimeoutException || ex instanceof ProtocolException);
	}

	/**
	 * Return whether the JVM was stopped during the call, for example by a signal or a
	 * debugger. Then nothing follows for the endpoint from a timeout. The time of an
	 * attempt does not tell: one that resolves a name, or gets a byte now and then, takes
	 * all there is.
	 */
	private static boolean wasStopped(Deadline deadline) {
		return deadline.hasPassedBy(STALL_MARGIN);
	}

	/**
	 * Remember a failure, so that further reads fail at once for a while.
	 */
	private ImdsException remember(ImdsException failure) {
		this.circuitBreaker.begin(failure);
		return failure;
	}

	@Override
	public @Nullable ImdsException lastFailure() {
		return this.circuitBreaker.last();
	}

	void close() {
		this.tokens.close();
	}

	private ImdsToken token(ImdsResponse response) throws IOException {
		String value = new String(response.bytes(MAX_TOKEN_LENGTH + 1), StandardCharsets.UTF_8);
		if (value.length() > MAX_TOKEN_LENGTH) {
			throw remember(Failures.notAToken(this.uri, response.status()));
		}
		try {
			return new ImdsToken(value, this.time.wall().instant().plus(timeToLive(response)));
		}
		catch (IllegalArgumentException ex) {
			throw remember(Failures.notAToken(this.uri, response.status()));
		}
	}

	/**
	 * Return the time to live that was granted. A value that is missing or makes no sense
	 * counts as the one that was asked for, and so does a longer one.
	 */
	private Duration timeToLive(ImdsResponse response) {
		String granted = response.header(ImdsHttpClient.TTL_HEADER);
		try {
			long seconds = (granted != null) ? Long.parseLong(granted.strip()) : 0;
			return (seconds > 0 && seconds < this.tokenTtl.toSeconds()) ? Duration.ofSeconds(seconds) : this.tokenTtl;
		}
		catch (NumberFormatException ex) {
			return this.tokenTtl;
		}
	}

	private void reached() {
		this.reached = true;
		this.failed = false;
		this.circuitBreaker.end();
	}

}
