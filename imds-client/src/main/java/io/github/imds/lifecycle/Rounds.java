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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Rounds of checks, each at its own interval, on the monotonic clock. What was due while
 * the machine was suspended is done once.
 */
final class Rounds {

	private static final Log logger = LogFactory.getLog(LifecycleWatcher.class);

	/**
	 * Number of failures in a row that are worth a warning.
	 */
	private static final int FAILURES = 3;

	private final List<Planned> planned = new ArrayList<>();

	private final WatcherSettings settings;

	private final LongSupplier nanoTime;

	private final RandomGenerator random;

	private boolean warned;

	Rounds(List<Check> checks, WatcherSettings settings, LongSupplier nanoTime, RandomGenerator random) {
		this.settings = settings;
		this.nanoTime = nanoTime;
		this.random = random;
		checks.forEach((check) -> this.planned.add(new Planned(check, nanoTime.getAsLong())));
	}

	/**
	 * Do the checks that are due.
	 * @param events receives the events that a check finds, if any
	 * @return the time until the next one is due
	 */
	Duration run(Consumer<List<LifecycleEvent>> events) {
		for (Planned planned : List.copyOf(this.planned)) {
			long now = this.nanoTime.getAsLong();
			if (planned.due - now <= 0) {
				run(planned, now, events);
			}
		}
		long now = this.nanoTime.getAsLong();
		return Duration
			.ofNanos(Math.max(0, this.planned.stream().mapToLong((planned) -> planned.due - now).min().orElse(0)));
	}

	List<LifecycleEvent> standing() {
		return this.planned.stream().flatMap((planned) -> planned.check.standing().stream()).toList();
	}

	private void run(Planned planned, long now, Consumer<List<LifecycleEvent>> events) {
		try {
			if (!planned.check.applicable()) {
				this.planned.remove(planned);
				return;
			}
			List<LifecycleEvent> found = planned.check.read();
			planned.failures = 0;
			this.warned = this.warned && this.planned.stream().anyMatch((other) -> other.failures > 0);
			if (!found.isEmpty()) {
				events.accept(found);
			}
		}
		catch (RuntimeException | Error ex) {
			planned.failures++;
			report(ex, planned.failures);
		}
		planned.next(now);
	}

	private void report(Throwable failure, int failures) {
		if (failures >= FAILURES && !this.warned) {
			this.warned = true;
			logger.warn("Cannot watch for lifecycle events at the moment, still trying: " + failure.getMessage());
		}
		else {
			logger.debug("Cannot watch for lifecycle events at the moment", failure);
		}
	}

	/**
	 * Check with the time at which it is due.
	 */
	private final class Planned {

		private final Check check;

		/**
		 * Time at which the check is planned, without jitter, so that the rate holds.
		 */
		private long tick;

		private long due;

		private int failures;

		private Planned(Check check, long now) {
			this.check = check;
			this.tick = now;
			this.due = now;
		}

		private void next(long now) {
			long interval = (this.check.frequent() ? Rounds.this.settings.interval()
					: Rounds.this.settings.slowInterval())
				.toNanos();
			this.tick = (now - this.tick < interval) ? this.tick + interval : now + interval;
			long jitter = Rounds.this.settings.jitter().toNanos();
			this.due = this.tick + ((jitter > 0) ? Rounds.this.random.nextLong(jitter) : 0);
		}

	}

}
