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

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

import io.github.imds.ImdsUnavailableException;

/**
 * The end of the time that one call may take, on the monotonic clock.
 */
final class Deadline {

	private final long nanos;

	private Deadline(long nanos) {
		this.nanos = nanos;
	}

	static Deadline after(Duration timeout) {
		return new Deadline(System.nanoTime() + timeout.toNanos());
	}

	Duration remaining() {
		return Duration.ofNanos(Math.max(0, this.nanos - System.nanoTime()));
	}

	boolean hasPassed() {
		return this.nanos - System.nanoTime() <= 0;
	}

	/**
	 * Have something done if the end comes before the result is closed.
	 * @param action what ends a wait that knows no end of its own
	 * @return the watch, to be closed
	 */
	Watchdog.Watch watch(Runnable action) {
		return Watchdog.INSTANCE.watch(this, action);
	}

	/**
	 * Return whether this is the earlier end.
	 * @param other another end
	 * @return whether this one comes before it
	 */
	boolean isBefore(Deadline other) {
		return this.nanos - other.nanos < 0;
	}

	/**
	 * Lock what the threads that ask an endpoint share, waiting no longer than remains.
	 * @param lock the lock
	 * @param endpoint the endpoint, for the message of the failure
	 * @throws ImdsUnavailableException if the time was not enough or the thread was
	 * interrupted
	 */
	void lock(Lock lock, URI endpoint) {
		try {
			if (!lock.tryLock(remaining().toNanos(), TimeUnit.NANOSECONDS)) {
				throw Failures.timedOut(endpoint);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failures.interrupted();
		}
	}

	/**
	 * Shorten a timeout to what remains.
	 * @param timeout the timeout
	 * @return milliseconds, never zero since zero would mean no timeout
	 */
	int limit(Duration timeout) {
		long millis = Math.min(timeout.toMillis(), TimeUnit.NANOSECONDS.toMillis(this.nanos - System.nanoTime()));
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
	}

}
