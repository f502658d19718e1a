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

package io.github.imds.token;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps tokens in memory. Clients that share it share their tokens.
 *
 * @since 0.1.0
 */
public final class InMemoryImdsTokenStore implements ImdsTokenStore {

	private final Map<URI, ImdsToken> tokens = new ConcurrentHashMap<>();

	/**
	 * Create a store that is empty.
	 */
	public InMemoryImdsTokenStore() {
	}

	@Override
	public Optional<ImdsToken> load(URI endpoint) {
		return Optional.ofNullable(this.tokens.get(endpoint));
	}

	@Override
	public void save(URI endpoint, ImdsToken token) {
		this.tokens.put(endpoint, token);
	}

	@Override
	public void remove(URI endpoint, ImdsToken token) {
		this.tokens.remove(endpoint, token);
	}

}
