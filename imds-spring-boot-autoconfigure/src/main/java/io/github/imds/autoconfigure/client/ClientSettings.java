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

import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.token.ImdsTokenStore;

/**
 * Settings from which a client is built. Equal settings build equal clients.
 *
 * @since 0.1.0
 */
public interface ClientSettings {

	/**
	 * Apply the settings to a builder.
	 * @param builder the builder
	 */
	void applyTo(ImdsClientBuilder builder);

	/**
	 * Create the configured token store.
	 * @return a new token store
	 */
	ImdsTokenStore createTokenStore();

	/**
	 * Return whether other settings configure the same token store.
	 * @param other the other settings
	 * @return whether a token store of one can serve the other
	 */
	boolean hasSameTokenStore(ClientSettings other);

	/**
	 * Return whether other settings read the same metadata.
	 * @param other the other settings
	 * @return whether values read with one are valid for the other
	 */
	boolean hasSameMetadata(ClientSettings other);

}
