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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;
import io.github.imds.client.http.Deadline;

/**
 * The addresses of the service. The first that issues a token is used until it fails.
 */
final class Endpoints {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	private final List<Endpoint> endpoints;

	private final @Nullable Duration connectionAttemptDelay;

	private final TimedLock lock;

	private final Map<Thread, Deadline> racers = new ConcurrentHashMap<>();

	private volatile @Nullable Endpoint current;

	/**
	 * Create endpoints.
	 * @param endpoints the endpoints, in order
	 * @param connectionAttemptDelay how long after the one before an endpoint is asked,
	 * or {@code null} to wait for that one to fail
	 */
	Endpoints(List<Endpoint> endpoints, @Nullable Duration connectionAttemptDelay) {
		this.endpoints = endpoints;
		this.lock = new TimedLock(endpoints.get(0).uri());
		this.connectionAttemptDelay = (endpoints.size() > 1) ? connectionAttemptDelay : null;
	}

	/**
	 * Return the address in use.
	 * @return the address, or empty until an endpoint is selected
	 */
	Optional<URI> current() {
		return Optional.ofNullable(this.current).map(Endpoint::uri);
	}

	/**
	 * Return when the token in use expires.
	 * @return the time, or empty if no endpoint is selected or it has no token
	 */
	Optional<Instant> tokenExpiresAt() {
		return Optional.ofNullable(this.current).flatMap(Endpoint::tokenExpiresAt);
	}

	/**
	 * Return the failure that keeps all endpoints from being asked for now.
	 * @return that of the first endpoint, or empty if one may be asked
	 */
	Optional<ImdsException> outage() {
		ImdsException first = null;
		for (Endpoint endpoint : this.endpoints) {
			ImdsException outage = endpoint.outage();
			if (outage == null) {
				return Optional.empty();
			}
			first = (first != null) ? first : outage;
		}
		return Optional.ofNullable(first);
	}

	/**
	 * Fail at once if no endpoint may be asked for now.
	 */
	void checkReachable() {
		Optional<ImdsException> outage = outage();
		if (outage.isPresent()) {
			throw Failures.repeat(outage.get());
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
		if (current == null) {
			try {
				current = (this.connectionAttemptDelay != null) ? race(this.connectionAttemptDelay, deadline)
						: askInOrder(deadline);
			}
			catch (ImdsException ex) {
				shareOutage();
				throw ex;
			}
			this.current = current;
		}
		return current;
	}

	/**
	 * Look for an endpoint anew the next time.
	 */
	void deselect() {
		this.current = null;
	}

	void beginOutage(ImdsException failure) {
		for (Endpoint endpoint : this.endpoints) {
			endpoint.beginOutage(failure);
		}
	}

	/**
	 * End attempts that are still under way. A thread that waits for a silent endpoint
	 * may end a moment later.
	 */
	void close() {
		Deadline deadline = Deadline.after(CLOSE_TIMEOUT);
		this.racers.values().forEach(Deadline::expire);
		this.endpoints.forEach(Endpoint::close);
		for (Thread racer : this.racers.keySet()) {
			try {
				racer.join(Math.max(1, deadline.remaining().toMillis()));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	private Endpoint race(Duration connectionAttemptDelay, Deadline deadline) throws RetryableException {
		ImdsException failureBefore = this.endpoints.get(0).lastFailure();
		this.lock.lock(deadline);
		try {
			Endpoint current = this.current;
			if (current != null) {
				return current;
			}
			ImdsException failure = this.endpoints.get(0).lastFailure();
			if (failure != null && failure != failureBefore) {
				checkReachable();
			}
			current = new EndpointRace(inOrder(), connectionAttemptDelay, deadline, this.racers, Thread::start).run();
			this.current = current;
			return current;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Let the others share the outage of an endpoint after all have failed: otherwise the
	 * next call would ask all of them again. From an interrupt nothing follows for them.
	 */
	private void shareOutage() {
		if (Thread.currentThread().isInterrupted()) {
			return;
		}
		for (Endpoint endpoint : this.endpoints) {
			ImdsException outage = endpoint.outage();
			if (outage != null) {
				beginOutage(outage);
				return;
			}
		}
	}

	private Endpoint askInOrder(Deadline deadline) throws RetryableException {
		EndpointFailures failures = new EndpointFailures(this.endpoints.size());
		for (Endpoint endpoint : inOrder()) {
			if (failures.count() > 0 && deadline.hasPassed()) {
				break;
			}
			try {
				endpoint.token(deadline);
				return endpoint;
			}
			catch (RetryableException | ImdsException ex) {
				failures.add(ex);
			}
		}
		throw failures.mostSpecific();
	}

	/**
	 * Return the endpoints as given, the ones that failed last at the end.
	 */
	private List<Endpoint> inOrder() {
		List<Endpoint> inOrder = new ArrayList<>();
		List<Endpoint> failed = new ArrayList<>();
		List<Endpoint> unreachable = new ArrayList<>();
		for (Endpoint endpoint : this.endpoints) {
			List<Endpoint> others = endpoint.hasFailed() ? failed : inOrder;
			((endpoint.outage() != null) ? unreachable : others).add(endpoint);
		}
		inOrder.addAll(failed);
		inOrder.addAll(unreachable);
		return inOrder;
	}

	@Override
	public String toString() {
		return this.endpoints.stream().map(Endpoint::uri).toList().toString();
	}

}
