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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;

/**
 * The token store of a client, which may fail without failing a request. The first
 * failure is a warning. Stores in Kotlin or Groovy can throw checked exceptions that no
 * method declares.
 */
final class LenientTokenStore {

	private static final Log logger = LogFactory.getLog(LenientTokenStore.class);

	private final ImdsTokenStore store;

	private final AtomicBoolean warned = new AtomicBoolean();

	LenientTokenStore(ImdsTokenStore store) {
		this.store = store;
	}

	Optional<ImdsToken> load(URI endpoint) {
		try {
			return Objects.requireNonNull(this.store.load(endpoint), "it returned null");
		}
		catch (Exception ex) {
			failed(ex);
			return Optional.empty();
		}
	}

	void save(URI endpoint, ImdsToken token) {
		try {
			this.store.save(endpoint, token);
		}
		catch (Exception ex) {
			failed(ex);
		}
	}

	void remove(URI endpoint, ImdsToken token) {
		try {
			this.store.remove(endpoint, token);
		}
		catch (Exception ex) {
			failed(ex);
		}
	}

	/**
	 * Lock the store if it can be locked in time.
	 * @return the lock to give to {@link #unlock}, {@code null} if the store failed
	 */
	@Nullable Closeable lock(URI endpoint, Duration timeout) {
		try {
			return Objects.requireNonNull(this.store.lock(endpoint, timeout), "its lock is null");
		}
		catch (Exception ex) {
			failed(ex);
			return null;
		}
	}

	void unlock(@Nullable Closeable lock) {
		if (lock == null) {
			return;
		}
		try {
			lock.close();
		}
		catch (Exception ex) {
			failed(ex);
		}
	}

	private void failed(Exception ex) {
		String message = "The token store failed, the session token is used without it: " + ex.getMessage();
		if (this.warned.compareAndSet(false, true)) {
			logger.warn(message);
		}
		else {
			logger.debug(message);
		}
	}

}
