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

package io.github.imds.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

/**
 * Watching of a simulated instance in simulated time.
 */
final class SimulatedWatch implements AutoCloseable {

	static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

	private final List<LifecycleEvent> events = new ArrayList<>();

	private final ImdsClient client;

	private final Rounds rounds;

	private long nanoTime = 42;

	private Duration clockOffset = Duration.ZERO;

	private long next;

	SimulatedWatch(ImdsSimulator simulator) {
		this(simulator, false);
	}

	SimulatedWatch(ImdsSimulator simulator, boolean tags) {
		this.client = ImdsClient.builder()
			.endpoints(simulator.endpoint())
			.maxAttempts(1)
			.circuitBreakerOpenDuration(Duration.ZERO)
			.circuitBreakerMaxOpenDuration(Duration.ZERO)
			.build();
		WatcherSettings settings = new WatcherSettings(Duration.ofSeconds(5), Duration.ofMinutes(1),
				Duration.ofMillis(500), tags);
		this.rounds = new Rounds(LifecycleWatcher.checks(this.client, settings, this::now), settings,
				() -> this.nanoTime, new Random(7));
		this.next = this.nanoTime;
	}

	Instant now() {
		return START.plusNanos(this.nanoTime).plus(this.clockOffset);
	}

	/**
	 * Set the wall clock, which the monotonic clock does not notice.
	 */
	void setClock(Duration offset) {
		this.clockOffset = offset;
	}

	/**
	 * Stop all for a while.
	 */
	SimulatedWatch suspend(Duration duration) {
		this.nanoTime += duration.toNanos();
		return this;
	}

	SimulatedWatch advance(Duration duration) {
		long end = this.nanoTime + duration.toNanos();
		while (this.next < end) {
			this.nanoTime = Math.max(this.nanoTime, this.next);
			this.next = this.nanoTime + this.rounds.run(this.events::addAll).toNanos();
		}
		this.nanoTime = end;
		return this;
	}

	/**
	 * Let every check run once or more.
	 */
	SimulatedWatch advance() {
		return advance(Duration.ofSeconds(61));
	}

	/**
	 * Return the events since the last time.
	 */
	List<LifecycleEvent> events() {
		List<LifecycleEvent> events = List.copyOf(this.events);
		this.events.clear();
		return events;
	}

	List<LifecycleEvent> standing() {
		return this.rounds.standing();
	}

	@Override
	public void close() {
		this.client.close();
	}

}
