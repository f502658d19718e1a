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
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;

/**
 * The token store of a client, which may fail without failing a request. The first
 * failure is a warning.
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
			return this.store.load(endpoint);
		}
		catch (RuntimeException ex) {
			failed(ex);
			return Optional.empty();
		}
	}

	void save(URI endpoint, ImdsToken token) {
		try {
			this.store.save(endpoint, token);
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	void remove(URI endpoint, ImdsToken token) {
		try {
			this.store.remove(endpoint, token);
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
	}

	/**
	 * Lock the store if it can be locked in time.
	 * @return the lock to give to {@link #unlock}, {@code null} if the store failed
	 */
	@Nullable Closeable lock(URI endpoint, Duration timeout) {
		try {
			return this.store.lock(endpoint, timeout);
		}
		catch (RuntimeException ex) {
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
		catch (IOException | RuntimeException ex) {
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
