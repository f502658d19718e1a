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

package io.github.imds.autoconfigure.client;

import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

/**
 * {@link ImdsTokenStore} that delegates to the configured store until the application
 * provides its own, and hands over the session tokens in use.
 */
final class DelegatingTokenStore implements ImdsTokenStore {

	private static final Log logger = LogFactory.getLog(DelegatingTokenStore.class);

	/**
	 * Tokens in use, to hand over to the next store.
	 */
	private final Map<URI, ImdsToken> tokens = new ConcurrentHashMap<>();

	private volatile ImdsTokenStore target = new InMemoryImdsTokenStore();

	/**
	 * Settings from which the store was created, or {@code null} without such a store.
	 */
	private @Nullable ClientSettings settings;

	/**
	 * Whether the application provides the store. Settings do not replace such a store.
	 */
	private boolean application;

	ImdsTokenStore target() {
		return this.target;
	}

	/**
	 * Use the configured store, without tokens, unless it is already in use or the
	 * application provides its own.
	 */
	void configure(ClientSettings settings) {
		if (!this.application && (this.settings == null || !this.settings.hasSameTokenStore(settings))) {
			this.target = settings.createTokenStore();
			this.settings = settings;
			this.tokens.clear();
		}
	}

	/**
	 * Use the store of the application and hand over the tokens in use.
	 */
	void delegateTo(ImdsTokenStore target) {
		this.application = true;
		if (target == this.target) {
			return;
		}
		this.target = target;
		this.tokens.forEach((endpoint, token) -> {
			try {
				target.save(endpoint, token);
			}
			catch (RuntimeException ex) {
				logger.warn("The token store did not accept the session token that is in use: " + ex.getMessage());
			}
		});
	}

	/**
	 * Remove the tokens in use.
	 */
	void forget() {
		this.tokens.forEach((endpoint, token) -> {
			try {
				this.target.remove(endpoint, token);
			}
			catch (RuntimeException ex) {
				logger.debug("The token store did not remove a session token: " + ex.getMessage());
			}
		});
		this.tokens.clear();
	}

	@Override
	public Optional<ImdsToken> load(URI endpoint) {
		Optional<ImdsToken> token = this.target.load(endpoint);
		if (token.isPresent()) {
			this.tokens.put(endpoint, token.get());
		}
		return token;
	}

	@Override
	public void save(URI endpoint, ImdsToken token) {
		this.tokens.put(endpoint, token);
		this.target.save(endpoint, token);
	}

	@Override
	public void remove(URI endpoint, ImdsToken token) {
		this.tokens.remove(endpoint, token);
		this.target.remove(endpoint, token);
	}

	@Override
	public Closeable lock(URI endpoint, Duration timeout) {
		return this.target.lock(endpoint, timeout);
	}

}
