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

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.imds.client.http.Deadline;

/**
 * Asks endpoints for a token, each a short while after the one before or as soon as that
 * one has failed, and takes the first that issues one. Which address family works cannot
 * be known: the other may be routed and silent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8305">RFC 8305, Happy Eyeballs</a>
 */
final class EndpointRace {

	private final List<Endpoint> endpoints;

	private final Duration connectionAttemptDelay;

	private final Deadline deadline;

	private final Map<Thread, Deadline> threads;

	private final Consumer<Thread> starter;

	private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();

	/**
	 * Create a race.
	 * @param endpoints the endpoints in the order in which they start
	 * @param connectionAttemptDelay how long after the one before an endpoint starts
	 * @param deadline the end of the call
	 * @param threads where threads are kept while they run, which may be longer than the
	 * race
	 * @param starter starts a thread
	 */
	EndpointRace(List<Endpoint> endpoints, Duration connectionAttemptDelay, Deadline deadline,
			Map<Thread, Deadline> threads, Consumer<Thread> starter) {
		this.endpoints = endpoints;
		this.connectionAttemptDelay = connectionAttemptDelay;
		this.deadline = deadline;
		this.threads = threads;
		this.starter = starter;
	}

	/**
	 * Run the race.
	 * @return the first endpoint that has issued a token
	 * @throws RetryableException if none has, and another attempt is worth it
	 */
	Endpoint run() throws RetryableException {
		EndpointFailures failures = new EndpointFailures(this.endpoints.size());
		Set<Endpoint> running = new LinkedHashSet<>();
		int started = 0;
		do {
			if (started < this.endpoints.size()) {
				Endpoint next = this.endpoints.get(started++);
				running.add(next);
				start(next);
			}
			Result result = await(started < this.endpoints.size());
			if (result != null) {
				Exception failure = result.failure();
				if (failure == null) {
					return result.endpoint();
				}
				failures.add(failure);
				running.remove(result.endpoint());
			}
		}
		while (failures.count() < this.endpoints.size() && !this.deadline.hasPassed());
		for (Endpoint endpoint : running) {
			failures.add(endpoint.noTokenInTime(this.deadline, started == this.endpoints.size()));
		}
		throw failures.mostSpecific();
	}

	private void start(Endpoint endpoint) {
		Thread thread = new Thread(null, () -> ask(endpoint), "imds-endpoint-race", 0, false);
		thread.setDaemon(true);
		this.threads.put(thread, this.deadline);
		try {
			this.starter.accept(thread);
		}
		catch (OutOfMemoryError ex) {
			// The machine refuses threads for now
			this.threads.remove(thread);
			ask(endpoint);
		}
	}

	private void ask(Endpoint endpoint) {
		Exception failure = null;
		try {
			endpoint.token(this.deadline);
		}
		catch (RetryableException | RuntimeException ex) {
			failure = ex;
		}
		finally {
			this.threads.remove(Thread.currentThread());
		}
		this.results.add(new Result(endpoint, failure));
	}

	private @Nullable Result await(boolean othersToStart) {
		long nanos = this.deadline.remaining().toNanos();
		try {
			return this.results.poll(othersToStart ? Math.min(nanos, this.connectionAttemptDelay.toNanos()) : nanos,
					TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failures.interrupted();
		}
	}

	private record Result(Endpoint endpoint, @Nullable Exception failure) {

	}

}
