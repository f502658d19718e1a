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

package io.github.imds.test;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Faults of a simulated service, which can be changed while requests are in progress.
 */
final class SimulatedFaults {

	/**
	 * Longer than any client waits, and short enough for the threads that hold requests.
	 */
	private static final Duration UNANSWERED = Duration.ofSeconds(60);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private Settings settings;

	SimulatedFaults(Settings settings) {
		this.settings = settings;
	}

	Settings settings() {
		this.lock.lock();
		try {
			return this.settings;
		}
		finally {
			this.lock.unlock();
		}
	}

	void change(UnaryOperator<Settings> change) {
		this.lock.lock();
		try {
			this.settings = change.apply(this.settings);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the fault of the next request.
	 * @param forToken whether the request asks for a token
	 * @return the fault
	 */
	Fault next(boolean forToken) {
		this.lock.lock();
		try {
			Settings current = this.settings;
			if (!current.enabled()) {
				return Fault.FORBIDDEN;
			}
			if (current.resets() > 0) {
				this.settings = current.withResets(current.resets() - 1);
				return Fault.RESET;
			}
			if (forToken && current.hopLimitExceeded()) {
				return Fault.UNANSWERED;
			}
			if (forToken && current.behindProxy()) {
				return Fault.FORBIDDEN;
			}
			if (current.throttled() > 0) {
				this.settings = current.withThrottled(current.throttled() - 1);
				return Fault.THROTTLED;
			}
			return Fault.NONE;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Hold a request for a token while its answer is lost on the way.
	 */
	void awaitHopLimit() {
		this.lock.lock();
		try {
			long left = UNANSWERED.toNanos();
			while (this.settings.hopLimitExceeded() && left > 0) {
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The next answer.
	 */
	enum Fault {

		NONE, FORBIDDEN, THROTTLED, RESET, UNANSWERED

	}

	/**
	 * Faults as they are set.
	 */
	record Settings(boolean enabled, Duration latency, int throttled, int resets, boolean hopLimitExceeded,
			boolean behindProxy) {

		static final Settings NONE = new Settings(true, Duration.ZERO, 0, 0, false, false);

		Settings withEnabled(boolean enabled) {
			return new Settings(enabled, this.latency, this.throttled, this.resets, this.hopLimitExceeded,
					this.behindProxy);
		}

		Settings withLatency(Duration latency) {
			if (latency.isNegative()) {
				throw new IllegalArgumentException("Latency must not be negative: " + latency);
			}
			return new Settings(this.enabled, latency, this.throttled, this.resets, this.hopLimitExceeded,
					this.behindProxy);
		}

		Settings withThrottled(int requests) {
			return new Settings(this.enabled, this.latency, checked(requests), this.resets, this.hopLimitExceeded,
					this.behindProxy);
		}

		Settings withResets(int requests) {
			return new Settings(this.enabled, this.latency, this.throttled, checked(requests), this.hopLimitExceeded,
					this.behindProxy);
		}

		Settings withHopLimitExceeded(boolean exceeded) {
			return new Settings(this.enabled, this.latency, this.throttled, this.resets, exceeded, this.behindProxy);
		}

		Settings withBehindProxy(boolean behindProxy) {
			return new Settings(this.enabled, this.latency, this.throttled, this.resets, this.hopLimitExceeded,
					behindProxy);
		}

		private static int checked(int requests) {
			if (requests < 0) {
				throw new IllegalArgumentException("Number of requests must not be negative: " + requests);
			}
			return requests;
		}

	}

}
