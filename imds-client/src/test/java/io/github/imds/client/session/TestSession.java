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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataPath;
import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.client.session.SessionSettings.Expectation;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

/**
 * Session of a test. Unless a test sets them, times are far longer than it can take.
 */
final class TestSession implements AutoCloseable {

	static final Duration LONG = Duration.ofMinutes(5);

	private final ImdsSession session;

	private TestSession(Builder builder) {
		this.session = new ImdsSession(new SessionSettings(builder.endpoints,
				Optional.ofNullable(builder.connectionAttemptDelay), builder.expectation, LONG, builder.readTimeout,
				builder.timeout, 3, new Backoff(Duration.ofMillis(100), Duration.ofMillis(100)),
				new Backoff(LONG, LONG), "latest", ImdsToken.MAX_TIME_TO_LIVE, builder.tokenStore, "test",
				ObservationRegistry.NOOP, null, ImdsClientListener.NONE), builder.time);
	}

	static Builder of(URI... endpoints) {
		return new Builder(List.of(endpoints));
	}

	Optional<String> get(String path) {
		return this.session.read(MetadataPath.of(path)).map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	ImdsSession session() {
		return this.session;
	}

	@Override
	public void close() {
		this.session.close();
	}

	static final class Builder {

		private final List<URI> endpoints;

		private @Nullable Duration connectionAttemptDelay;

		private Expectation expectation = Expectation.NONE;

		private Duration readTimeout = LONG;

		private Duration timeout = LONG;

		private ImdsTokenStore tokenStore = new InMemoryImdsTokenStore();

		private TimeSource time = TimeSource.SYSTEM;

		Builder(List<URI> endpoints) {
			this.endpoints = endpoints;
		}

		Builder raced(Duration connectionAttemptDelay) {
			this.connectionAttemptDelay = connectionAttemptDelay;
			return this;
		}

		Builder expected(Expectation expectation) {
			this.expectation = expectation;
			return this;
		}

		Builder readTimeout(Duration readTimeout) {
			this.readTimeout = readTimeout;
			return this;
		}

		Builder timeout(Duration timeout) {
			this.timeout = timeout;
			return this;
		}

		Builder tokenStore(ImdsTokenStore tokenStore) {
			this.tokenStore = tokenStore;
			return this;
		}

		Builder time(TimeSource time) {
			this.time = time;
			return this;
		}

		TestSession build() {
			return new TestSession(this);
		}

	}

}
