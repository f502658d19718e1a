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

import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps session tokens, so that they can outlive a client: across restarts, or for all
 * processes of an instance. A token is valid for one instance only, and for every address
 * of its metadata service; a store may keep one per endpoint.
 * <p>
 * Implementations must be thread-safe. A client calls its store only when it needs a new
 * token, never once per request, and treats an exception as if nothing were stored. A
 * call waits for the store, so implementations that use the network need timeouts far
 * shorter than the limit of a call.
 *
 * @since 0.1.0
 */
public interface ImdsTokenStore {

	/**
	 * Load the token kept for an endpoint.
	 * @param endpoint the endpoint, such as {@code http://169.254.169.254}
	 * @return the token, or empty if there is none. An expired token may be returned; it
	 * will not be used
	 */
	Optional<ImdsToken> load(URI endpoint);

	/**
	 * Keep a token, in place of any other of the same endpoint.
	 * @param endpoint the endpoint that issued the token
	 * @param token the token
	 */
	void save(URI endpoint, ImdsToken token);

	/**
	 * Forget a token that the endpoint no longer accepts. A token that has replaced it
	 * meanwhile stays.
	 * @param endpoint the endpoint that rejected the token
	 * @param token the rejected token
	 */
	void remove(URI endpoint, ImdsToken token);

	/**
	 * Wait while another client that shares the tokens gets one for an endpoint, and let
	 * the others wait until the result is closed. This saves requests and protects
	 * nothing: a store that cannot lock, cannot in time, or need not since another client
	 * has saved a token meanwhile, returns without having locked. By default that is at
	 * once.
	 * @param endpoint the endpoint
	 * @param timeout the maximum time to wait
	 * @return the lock, to be closed once
	 */
	default Closeable lock(URI endpoint, Duration timeout) {
		return () -> {
		};
	}

}
