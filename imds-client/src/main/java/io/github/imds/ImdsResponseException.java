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
 * Something answered, but not as the service does: an unexpected status, a body that is
 * too large or not of the expected form, an error in place of a value, throttling that
 * did not end in time.
 *
 * @since 0.1.0
 */
public final class ImdsResponseException extends ImdsException {

	/**
	 * The HTTP status of the response.
	 */
	private final int statusCode;

	/**
	 * Create an exception.
	 * @param message the request and the error in the response, without values
	 * @param statusCode the HTTP status of the response
	 */
	public ImdsResponseException(String message, int statusCode) {
		this(message, statusCode, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param message the request and the error in the response, without values
	 * @param statusCode the HTTP status of the response
	 * @param cause the cause, or {@code null} if there is none
	 */
	public ImdsResponseException(String message, int statusCode, @Nullable Throwable cause) {
		super(message, cause);
		this.statusCode = statusCode;
	}

	/**
	 * Return the HTTP status of the response.
	 * @return the status code
	 */
	public int statusCode() {
		return this.statusCode;
	}

}
