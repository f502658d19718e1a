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

package io.github.imds.client.observation;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataPath;
import io.github.imds.token.ImdsToken;

/**
 * Callback interface for events inside a client that its callers do not see, for example
 * to count them. Methods are called on the threads that read, so they should return at
 * once and be thread-safe.
 *
 * @since 0.1.0
 */
public interface ImdsClientListener {

	/**
	 * Listener that does nothing.
	 */
	ImdsClientListener NONE = new ImdsClientListener() {
	};

	/**
	 * Called before a call repeats an attempt because the service was unreachable,
	 * throttled or failed.
	 */
	default void onRetry() {
	}

	/**
	 * Called when the service has issued an {@link ImdsToken}. A token from the token
	 * store does not count.
	 * @param renewal whether the token replaces one that was about to expire, had expired
	 * or was rejected
	 */
	default void onTokenIssued(boolean renewal) {
	}

	/**
	 * Called when a tree is returned without an entry because the service denies access
	 * to it or answers with something unusable. The log has the first of these entries at
	 * WARN level, and all others at DEBUG level.
	 * @param path the path of the value or directory that was left out
	 * @param failure the failure to read it
	 */
	default void onTreeEntryOmitted(MetadataPath path, ImdsException failure) {
	}

}
