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
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.ImdsException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataPath;
import io.github.imds.token.ImdsToken;

/**
 * The client proper: paths, attempts and what the answers mean.
 */
final class DefaultImdsClient implements ImdsClient {

	private static final String PROBE = "meta-data/instance-id";

	private final ImdsSettings settings;

	private final Endpoints endpoints;

	private final TreeReader trees;

	private volatile boolean closed;

	DefaultImdsClient(ImdsSettings settings) {
		this(settings, TimeSource.SYSTEM);
	}

	DefaultImdsClient(ImdsSettings settings, TimeSource time) {
		this.settings = settings;
		ImdsHttp http = new ImdsHttp(settings.connectTimeout(), settings.readTimeout(), settings.observationRegistry());
		this.endpoints = new Endpoints(
				settings.endpoints().stream().map((uri) -> new Endpoint(uri, http, settings, time)).toList(),
				settings.endpointMode().isPresent() ? settings.connectionAttemptDelay() : null);
		this.trees = new TreeReader((path) -> read(path, Reply::bytes), settings);
	}

	@Override
	public Optional<String> get(String path) {
		return read(value(path), Reply::text);
	}

	@Override
	public <T> Optional<T> get(String path, Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		MetadataPath value = value(path);
		return read(value, Reply::bytes).map((bytes) -> Json.parse(value, bytes, type));
	}

	@Override
	public Optional<byte[]> getBytes(String path) {
		return read(value(path), Reply::bytes);
	}

	@Override
	public Optional<InputStream> stream(String path) {
		MetadataPath value = value(path);
		return call((deadline) -> {
			Reply reply = fetch(value, deadline);
			if (reply == null) {
				return Optional.empty();
			}
			try {
				return Optional.of(reply.stream());
			}
			catch (IOException ex) {
				reply.close();
				throw failed(value, ex);
			}
		});
	}

	@Override
	public List<String> list(String path) {
		MetadataPath directory = valueOrDirectory(path).asDirectory();
		return read(directory, Reply::text).map((text) -> text.lines().filter((line) -> !line.isEmpty()).toList())
			.orElse(List.of());
	}

	@Override
	public Optional<Object> read(String path, ReadOption... options) {
		return this.trees.read(valueOrDirectory(path), options);
	}

	@Override
	public Map<String, @Nullable Object> tree(String path, ReadOption... options) {
		return this.trees.tree(valueOrDirectory(path), options);
	}

	@Override
	public Map<String, @Nullable Object> everything(ReadOption... options) {
		return this.trees.everything(options);
	}

	@Override
	public Map<String, @Nullable Object> match(Pattern pattern, ReadOption... options) {
		Assert.notNull(pattern, "'pattern' must not be null");
		return this.trees.match(pattern, options);
	}

	@Override
	public boolean isAvailable() {
		try {
			get(PROBE);
			return true;
		}
		catch (ImdsException ex) {
			return false;
		}
	}

	@Override
	public ImdsStatus status() {
		return new ImdsStatus(this.settings.detection(), this.settings.endpointMode(), this.endpoints.current(),
				this.endpoints.tokenExpiresAt(), this.endpoints.outage());
	}

	@Override
	public void close() {
		this.closed = true;
		this.endpoints.close();
	}

	@Override
	public String toString() {
		return "ImdsClient" + this.endpoints;
	}

	private static MetadataPath value(String path) {
		MetadataPath value = MetadataPath.of(path);
		Assert.isTrue(!value.isRoot(), "Metadata path must not be empty");
		return value;
	}

	private static MetadataPath valueOrDirectory(String path) {
		return MetadataPath.of(path);
	}

	private <T> Optional<T> read(MetadataPath path, BodyReader<T> reader) {
		return call((deadline) -> {
			try (Reply reply = fetch(path, deadline)) {
				return (reply != null) ? Optional.of(reader.read(reply)) : Optional.empty();
			}
			catch (IOException ex) {
				throw failed(path, ex);
			}
		});
	}

	/**
	 * Make attempts until one does not fail, or there is no point, or no time, for
	 * another.
	 */
	private <T> T call(Attempt<T> attempt) {
		Assert.state(!this.closed, "The IMDS client is closed");
		this.endpoints.checkReachable();
		Deadline deadline = Deadline.after(this.settings.timeout());
		for (int count = 1;; count++) {
			try {
				return attempt.make(deadline);
			}
			catch (RetryableException ex) {
				this.endpoints.deselect();
				if (count >= this.settings.maxAttempts() || !pause(count, deadline)) {
					if (ex.failure() instanceof ImdsUnavailableException) {
						this.endpoints.beginOutage(ex.failure());
					}
					throw ex.failure();
				}
				this.settings.counters().retry();
			}
		}
	}

	/**
	 * Wait before the next attempt: exponential backoff with full jitter.
	 * @return whether there is time for another attempt
	 * @see <a href=
	 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
	 * Backoff And Jitter</a>
	 */
	private boolean pause(int count, Deadline deadline) {
		long millis = ThreadLocalRandom.current().nextLong(this.settings.retry().after(count).toMillis() + 1);
		if (deadline.remaining().toMillis() <= millis) {
			return false;
		}
		try {
			Thread.sleep(millis);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failures.interrupted();
		}
	}

	/**
	 * Ask for a value, with a new token if the service rejects the one in use.
	 * @return the open answer, or {@code null} if there is no such value
	 */
	private @Nullable Reply fetch(MetadataPath path, Deadline deadline) throws RetryableException {
		Endpoint endpoint = this.endpoints.select(deadline);
		ImdsToken token = endpoint.token(deadline);
		Reply reply = endpoint.get(path, token, deadline);
		if (reply.status() == 401) {
			reply.close();
			endpoint.reject(token);
			token = endpoint.token(deadline);
			reply = endpoint.get(path, token, deadline);
		}
		if (reply.status() == 301 && !path.isDirectory() && reply.redirectsToDirectory()) {
			reply.close();
			reply = endpoint.get(path.asDirectory(), token, deadline);
		}
		if (reply.status() == 200) {
			return reply;
		}
		reply.close();
		if (reply.status() == 404) {
			return null;
		}
		throw rejected(endpoint.uri(), path, reply.status());
	}

	private static ImdsException rejected(URI endpoint, MetadataPath path, int status) throws RetryableException {
		if (status >= 300 && status < 400) {
			return Failures.redirected(endpoint, path, status);
		}
		ImdsException failure = Failures.valueStatus(endpoint, path, status);
		if (Failures.isTemporary(status)) {
			throw new RetryableException(failure);
		}
		return failure;
	}

	private RetryableException failed(MetadataPath path, IOException ex) throws RetryableException {
		return new RetryableException(
				new ImdsUnavailableException("Cannot read '%s': %s".formatted(path, ex.getMessage()), ex));
	}

	/**
	 * One try to get an answer.
	 */
	private interface Attempt<T> {

		T make(Deadline deadline) throws RetryableException;

	}

	/**
	 * Turns the body of an answer into a value.
	 */
	private interface BodyReader<T> {

		T read(Reply reply) throws IOException;

	}

}
