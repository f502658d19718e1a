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
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.ImdsException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.http.Deadline;
import io.github.imds.client.http.ImdsHttpClient;
import io.github.imds.client.http.ImdsResponse;
import io.github.imds.token.ImdsToken;

/**
 * Session with the service: finds an endpoint, gets tokens, repeats attempts and tells
 * what the answers mean.
 *
 * @since 0.1.0
 */
public final class ImdsSession implements AutoCloseable {

	private final SessionSettings settings;

	private final Endpoints endpoints;

	private final RetryPolicy retryPolicy;

	private final TimeSource time;

	private volatile @Nullable ImdsException lastFailure;

	private volatile boolean closed;

	/**
	 * Create a new session. Nothing is sent until it is used.
	 * @param settings the settings
	 */
	public ImdsSession(SessionSettings settings) {
		this(settings, TimeSource.SYSTEM);
	}

	ImdsSession(SessionSettings settings, TimeSource time) {
		this.settings = settings;
		this.time = time;
		this.retryPolicy = new RetryPolicy(settings.maxAttempts(), settings.retry(),
				new CircuitBreaker(settings.circuitBreaker(), time.nanoTime()));
		ImdsHttpClient http = new ImdsHttpClient(settings.connectTimeout(), settings.readTimeout(),
				settings.userAgent(), settings.observationRegistry(), settings.observationConvention());
		LenientTokenStore tokenStore = new LenientTokenStore(settings.tokenStore());
		List<Endpoint> endpoints = new ArrayList<>();
		for (URI uri : settings.endpoints()) {
			endpoints.add(new Endpoint(uri, http, settings, tokenStore, time));
		}
		this.endpoints = new Endpoints(endpoints, settings.connectionAttemptDelay().orElse(null));
	}

	/**
	 * Read a value or a listing.
	 * @param path the path
	 * @return the bytes, or empty if the instance has no such metadata
	 * @throws ImdsException if the service does not answer
	 */
	public Optional<byte[]> read(MetadataPath path) {
		return call(path, ImdsResponse::bytes, true);
	}

	/**
	 * Read a value as a stream.
	 * @param path the path
	 * @return the stream to close, or empty if the instance has no such metadata
	 * @throws ImdsException if the service does not answer
	 */
	public Optional<InputStream> stream(MetadataPath path) {
		return call(path, ImdsResponse::stream, false);
	}

	/**
	 * Return whether the service answers. Other services answer any path with a page, or
	 * have no instance ID.
	 * @return whether it has told a plausible instance ID
	 */
	public boolean isAvailable() {
		try {
			return read(InstanceId.PATH).filter(InstanceId::isPlausible).isPresent();
		}
		catch (ImdsException ex) {
			return false;
		}
	}

	/**
	 * Return the address in use.
	 * @return the address, or empty until one has answered
	 */
	public Optional<URI> endpoint() {
		return this.endpoints.current();
	}

	/**
	 * Return the time at which the token in use expires.
	 * @return the time, or empty if no token is in use
	 */
	public Optional<Instant> tokenExpiresAt() {
		return this.endpoints.tokenExpiresAt();
	}

	/**
	 * Return the failure of the last read.
	 * @return the failure, or empty if it succeeded or nothing was read yet
	 */
	public Optional<ImdsException> lastFailure() {
		return Optional.ofNullable(this.lastFailure);
	}

	/**
	 * Return the failure that keeps the service from being asked for the time being.
	 * @return the failure, or empty if the next read asks the service
	 */
	Optional<ImdsException> outage() {
		return this.endpoints.outage();
	}

	@Override
	public void close() {
		this.closed = true;
		this.endpoints.close();
	}

	@Override
	public String toString() {
		return this.endpoints.toString();
	}

	/**
	 * Make a call and remember its result. An interrupted thread says nothing about the
	 * service.
	 */
	private <T> Optional<T> call(MetadataPath path, BodyReader<T> reader, boolean closeResponse) {
		try {
			Optional<T> result = makeAttempts(path, reader, closeResponse);
			this.lastFailure = null;
			return result;
		}
		catch (ImdsException ex) {
			if (!Thread.currentThread().isInterrupted()) {
				this.lastFailure = ex;
			}
			throw ex;
		}
	}

	/**
	 * Make attempts until one succeeds or the policy permits no further one.
	 */
	private <T> Optional<T> makeAttempts(MetadataPath path, BodyReader<T> reader, boolean closeResponse) {
		Assert.state(!this.closed, "The IMDS client is closed");
		this.endpoints.checkReachable();
		Deadline deadline = Deadline.after(this.settings.timeout(), this.time.nanoTime());
		for (int attempts = 1;; attempts++) {
			Duration before = deadline.remaining();
			try {
				Optional<T> result = read(path, reader, closeResponse, deadline);
				this.retryPolicy.succeeded();
				return result;
			}
			catch (RetryableException ex) {
				if (ex.failure() instanceof ImdsUnavailableException) {
					this.endpoints.deselect();
				}
				Duration remaining = deadline.remaining();
				Optional<Duration> delay = this.retryPolicy.nextDelay(attempts, ex.failure(), before.minus(remaining),
						this.settings.timeout().minus(remaining), remaining);
				if (delay.isEmpty()) {
					if (ex.isEndpointFailure()) {
						this.endpoints.beginOutage(ex.failure());
					}
					throw ex.failure();
				}
				sleep(delay.get());
				this.settings.listener().onRetry();
			}
		}
	}

	private <T> Optional<T> read(MetadataPath path, BodyReader<T> reader, boolean closeResponse, Deadline deadline)
			throws RetryableException {
		ImdsResponse response = fetch(path, deadline);
		if (response == null) {
			return Optional.empty();
		}
		boolean close = true;
		try {
			Optional<T> result = Optional.of(reader.read(response));
			close = closeResponse;
			return result;
		}
		catch (IOException ex) {
			Failures.checkNotInterrupted();
			throw new RetryableException(
					new ImdsUnavailableException("Cannot read '%s': %s".formatted(path, ex.getMessage()), ex));
		}
		finally {
			if (close) {
				response.close();
			}
		}
	}

	private static void sleep(Duration delay) {
		try {
			Thread.sleep(delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failures.interrupted();
		}
	}

	/**
	 * Ask for a value, with a new token if the service rejects the one in use.
	 * @return the open response, or {@code null} if there is no such value
	 */
	private @Nullable ImdsResponse fetch(MetadataPath path, Deadline deadline) throws RetryableException {
		Endpoint endpoint = this.endpoints.select(deadline);
		ImdsToken token = endpoint.token(deadline);
		ImdsResponse response = endpoint.get(path, token, deadline);
		if (response.status() == 401) {
			response.close();
			endpoint.reject(token, deadline);
			token = endpoint.token(deadline);
			response = endpoint.get(path, token, deadline);
		}
		if (response.status() == 301 && !path.isDirectory() && response.redirectsToDirectory()) {
			response.close();
			response = endpoint.get(path.asDirectory(), token, deadline);
		}
		if (response.status() == 200) {
			return response;
		}
		response.close();
		if (response.status() == 404) {
			return null;
		}
		throw rejected(endpoint.uri(), path, response.status());
	}

	private static ImdsException rejected(URI endpoint, MetadataPath path, int status) throws RetryableException {
		if (status >= 300 && status < 400) {
			return Failures.redirected(endpoint, path, status);
		}
		ImdsException failure = Failures.valueStatus(endpoint, path, status);
		if (Failures.isTemporary(status) || status == 401) {
			throw new RetryableException(failure);
		}
		return failure;
	}

	/**
	 * Turns the body of a response into a result.
	 */
	private interface BodyReader<T> {

		T read(ImdsResponse response) throws IOException;

	}

}
