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

package io.github.imds.client;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of the service. The first that issues a token is used until it fails.
 */
final class Endpoints {

	private final List<Endpoint> endpoints;

	private volatile @Nullable Endpoint current;

	Endpoints(List<Endpoint> endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Fail at once if no endpoint may be asked for now.
	 */
	void checkReachable() {
		ImdsException first = null;
		for (Endpoint endpoint : this.endpoints) {
			ImdsException outage = endpoint.outage();
			if (outage == null) {
				return;
			}
			first = (first != null) ? first : outage;
		}
		if (first != null) {
			throw first.repeat();
		}
	}

	/**
	 * Return the endpoint to ask.
	 * @param deadline the end of the call
	 * @return an endpoint that has issued a token
	 * @throws RetryableException if none has, and another attempt is worth it
	 */
	Endpoint select(Deadline deadline) throws RetryableException {
		Endpoint current = this.current;
		if (current != null) {
			return current;
		}
		RetryableException retryable = null;
		ImdsException failure = null;
		for (Endpoint endpoint : inOrder()) {
			try {
				endpoint.token(deadline);
				this.current = endpoint;
				return endpoint;
			}
			catch (RetryableException ex) {
				retryable = (retryable != null) ? retryable : ex;
			}
			catch (ImdsException ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (retryable != null) {
			throw retryable;
		}
		throw (failure != null) ? failure : new IllegalStateException("There is no endpoint");
	}

	/**
	 * Look for an endpoint anew the next time.
	 */
	void deselect() {
		this.current = null;
	}

	void beginOutage(ImdsException failure) {
		this.endpoints.forEach((endpoint) -> endpoint.beginOutage(failure));
	}

	void close() {
		this.endpoints.forEach(Endpoint::close);
	}

	private List<Endpoint> inOrder() {
		return this.endpoints.stream()
			.sorted(Comparator.comparing((Endpoint endpoint) -> endpoint.outage() != null))
			.toList();
	}

	@Override
	public String toString() {
		return this.endpoints.stream().map(Endpoint::uri).toList().toString();
	}

}
