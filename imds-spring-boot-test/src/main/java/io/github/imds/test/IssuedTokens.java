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

package io.github.imds.test;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The session tokens that an instance has issued.
 */
final class IssuedTokens {

	private static final int TOKEN_BYTES = 42;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, Instant> expirations = new ConcurrentHashMap<>();

	private final InstantSource clock;

	IssuedTokens(InstantSource clock) {
		this.clock = clock;
	}

	String issue(Duration timeToLive) {
		Instant now = this.clock.instant();
		this.expirations.values().removeIf((expiration) -> !now.isBefore(expiration));
		byte[] bytes = new byte[TOKEN_BYTES];
		this.random.nextBytes(bytes);
		String token = Base64.getUrlEncoder().encodeToString(bytes);
		this.expirations.put(token, now.plus(timeToLive));
		return token;
	}

	boolean isValid(@Nullable String token) {
		Instant expiration = (token != null) ? this.expirations.get(token) : null;
		return expiration != null && this.clock.instant().isBefore(expiration);
	}

	void revokeAll() {
		this.expirations.clear();
	}

}
