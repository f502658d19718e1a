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

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.Connector.ConnectFailedException;
import io.github.imds.client.ImdsDetection.Result;
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

	private final ImdsHttp http;

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

	Endpoint(URI uri, ImdsHttp http, ImdsSettings settings, TimeSource time) {
		this.uri = uri;
		this.tokenUri = URI.create(uri + "/latest/api/token");
		this.valuePrefix = uri + "/" + settings.version() + "/";
		this.http = http;
		this.tokenTtl = settings.tokenTtl();
		this.expected = settings.detection().result() == Result.PRESENT;
		this.doubtful = !this.expected || settings.endpointMode().isEmpty();
		this.time = time;
		this.circuitBreaker = new CircuitBreaker(settings.circuitBreaker(), time.nanoTime());
		this.tokens = new SessionTokens(uri, settings.tokenStore(), settings.tokenTtl(), this, time,
				settings.counters());
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

	Reply get(MetadataPath path, ImdsToken token, Deadline deadline) throws RetryableException {
		try {
			Reply reply = this.http.get(URI.create(this.valuePrefix + path.encoded()), path, token, deadline);
			reached();
			return reply;
		}
		catch (IOException ex) {
			this.failed = true;
			throw new RetryableException(Failures.noValue(this.uri, path, ex));
		}
	}

	@Override
	public ImdsToken issue(Deadline deadline) throws RetryableException {
		try (Reply reply = this.http.putToken(this.tokenUri, this.tokenTtl, this.doubtful && !this.reached, deadline)) {
			if (reply.status() == 403) {
				throw refused(reply.status());
			}
			reached();
			if (Failures.isTemporary(reply.status())) {
				throw new RetryableException(Failures.tokenStatus(this.uri, reply.status()));
			}
			if (reply.status() != 200) {
				throw Failures.tokenStatus(this.uri, reply.status());
			}
			return token(reply);
		}
		catch (IOException ex) {
			this.failed = true;
			ImdsException failure = Failures.noToken(this.uri, ex);
			if (this.reached || (this.expected && ConnectFailedException.isTimeout(ex))) {
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

	private ImdsToken token(Reply reply) throws IOException {
		String value = reply.text();
		if (value.length() > MAX_TOKEN_LENGTH) {
			throw Failures.notAToken(this.uri, reply.status());
		}
		try {
			return new ImdsToken(value, this.time.wall().instant().plus(timeToLive(reply)));
		}
		catch (IllegalArgumentException ex) {
			throw Failures.notAToken(this.uri, reply.status());
		}
	}

	private Duration timeToLive(Reply reply) {
		String granted = reply.header(ImdsHttp.TTL_HEADER);
		if (granted == null) {
			return this.tokenTtl;
		}
		Duration timeToLive = Duration.ofSeconds(Long.parseLong(granted.trim()));
		return (timeToLive.compareTo(this.tokenTtl) < 0) ? timeToLive : this.tokenTtl;
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
