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

package io.github.imds.cli;

import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;

/**
 * The store by default: where it is unusable, as without a home directory, the command
 * works without it and prints no warning.
 *
 * @param delegate the store
 */
record OptionalTokenStore(ImdsTokenStore delegate) implements ImdsTokenStore {

	@Override
	public Optional<ImdsToken> load(URI endpoint) {
		try {
			return this.delegate.load(endpoint);
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void save(URI endpoint, ImdsToken token) {
		quietly(() -> this.delegate.save(endpoint, token));
	}

	@Override
	public void remove(URI endpoint, ImdsToken token) {
		quietly(() -> this.delegate.remove(endpoint, token));
	}

	@Override
	public Closeable lock(URI endpoint, Duration timeout) {
		try {
			return this.delegate.lock(endpoint, timeout);
		}
		catch (RuntimeException ex) {
			return () -> {
			};
		}
	}

	private static void quietly(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			// The token is used without the store
		}
	}

}
