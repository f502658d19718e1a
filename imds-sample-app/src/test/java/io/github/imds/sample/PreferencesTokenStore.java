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

package io.github.imds.sample;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.prefs.Preferences;

import org.springframework.stereotype.Component;

import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;

/**
 * Token store that {@code docs/tokens.md} shows.
 */
@Component
class PreferencesTokenStore implements ImdsTokenStore {

	private final Preferences tokens = Preferences.userRoot().node("orders/imds-tokens");

	@Override
	public Optional<ImdsToken> load(URI endpoint) {
		String[] token = this.tokens.get(endpoint.toString(), "").split(" ");
		return (token.length == 2) ? Optional.of(new ImdsToken(token[0], Instant.parse(token[1]))) : Optional.empty();
	}

	@Override
	public void save(URI endpoint, ImdsToken token) {
		this.tokens.put(endpoint.toString(), token.value() + " " + token.expiresAt());
	}

	@Override
	public void remove(URI endpoint, ImdsToken token) {
		if (load(endpoint).filter(token::equals).isPresent()) {
			this.tokens.remove(endpoint.toString());
		}
	}

}
