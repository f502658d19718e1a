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

package io.github.imds;

import org.jspecify.annotations.Nullable;

/**
 * The service could not be reached, did not answer in time, or is not used at all because
 * the client is disabled.
 *
 * @since 0.1.0
 */
public final class ImdsUnavailableException extends ImdsException {

	/**
	 * Create an exception.
	 * @param message the request, the failure and the remedy, without tokens or metadata
	 * values
	 */
	public ImdsUnavailableException(String message) {
		this(message, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param message the request, the failure and the remedy, without tokens or metadata
	 * values
	 * @param cause the cause, or {@code null} if there is none
	 */
	public ImdsUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
