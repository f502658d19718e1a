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

import io.github.imds.ImdsException;

/**
 * Exception thrown when an attempt failed and another one can succeed.
 */
final class RetryableException extends Exception {

	private final ImdsException failure;

	private final boolean endpointFailure;

	/**
	 * Create a new exception for a failure to read a value.
	 * @param failure the failure
	 */
	RetryableException(ImdsException failure) {
		this(failure, false);
	}

	private RetryableException(ImdsException failure, boolean endpointFailure) {
		super(failure);
		this.failure = failure;
		this.endpointFailure = endpointFailure;
	}

	/**
	 * Create a new exception for an endpoint that cannot be reached or does not issue a
	 * token.
	 * @param failure the failure
	 * @return the exception
	 */
	static RetryableException ofEndpoint(ImdsException failure) {
		return new RetryableException(failure, true);
	}

	/**
	 * Return whether the endpoint failed, and not only the read of a value.
	 * @return whether other reads would fail as well
	 */
	boolean isEndpointFailure() {
		return this.endpointFailure;
	}

	/**
	 * Return the failure for the caller if no other attempt is made.
	 * @return the failure
	 */
	ImdsException failure() {
		return this.failure;
	}

}
