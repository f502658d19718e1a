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

import java.util.ArrayList;
import java.util.List;

import io.github.imds.ImdsException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.http.ConnectFailedException;

/**
 * Why each of several endpoints did not issue a token.
 */
final class EndpointFailures {

	private final int endpoints;

	private final List<Exception> failures = new ArrayList<>();

	/**
	 * Create an object without failures.
	 * @param endpoints the number of endpoints
	 */
	EndpointFailures(int endpoints) {
		this.endpoints = endpoints;
	}

	void add(Exception failure) {
		this.failures.add(failure);
	}

	int count() {
		return this.failures.size();
	}

	/**
	 * Return the failure that says most: that of an endpoint that was reached tells more
	 * than that of one that was not. Where there was no time to ask all endpoints,
	 * nothing follows for the others, and the next call asks those first.
	 * @return an exception that the caller can throw
	 * @throws RetryableException if another attempt is worth it
	 */
	RuntimeException mostSpecific() throws RetryableException {
		boolean allAsked = count() == this.endpoints;
		Exception failure = this.failures.get(0);
		for (Exception other : this.failures) {
			failure = (weight(other) > weight(failure)) ? other : failure;
		}
		if (failure instanceof RetryableException retryable) {
			throw allAsked ? retryable : new RetryableException(retryable.failure());
		}
		if (failure instanceof ImdsException exception && !allAsked) {
			throw new RetryableException(exception);
		}
		return (RuntimeException) failure;
	}

	private static int weight(Exception failure) {
		int retryable = (failure instanceof RetryableException) ? 1 : 0;
		Throwable cause = (failure instanceof RetryableException attempt) ? attempt.failure() : failure;
		boolean reached = !(cause instanceof ImdsUnavailableException
				&& cause.getCause() instanceof ConnectFailedException);
		return retryable + (reached ? 2 : 0);
	}

}
