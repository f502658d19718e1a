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

package io.github.imds.client.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * End of the time that a call can take, on the monotonic clock.
 *
 * @since 0.1.0
 */
public final class Deadline {

	private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private final LongSupplier nanoTime;

	private volatile long nanos;

	private Deadline(LongSupplier nanoTime, long nanos) {
		this.nanoTime = nanoTime;
		this.nanos = nanos;
	}

	/**
	 * Create a new deadline.
	 * @param timeout the time from now
	 * @return the deadline
	 */
	public static Deadline after(Duration timeout) {
		return after(timeout, System::nanoTime);
	}

	/**
	 * Create a new deadline.
	 * @param timeout the time from now
	 * @param nanoTime the monotonic clock
	 * @return the deadline
	 */
	public static Deadline after(Duration timeout, LongSupplier nanoTime) {
		return new Deadline(nanoTime, nanoTime.getAsLong() + timeout.toNanos());
	}

	/**
	 * Return the time that is left.
	 * @return the time, zero if there is none
	 */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, nanosLeft()));
	}

	/**
	 * Return whether no time is left.
	 * @return whether the deadline has passed
	 */
	public boolean hasPassed() {
		return nanosLeft() <= 0;
	}

	/**
	 * Return whether the deadline passed longer ago than a call that runs notices it.
	 * @param margin the time that a call needs to notice
	 * @return whether the deadline has passed by more than the margin
	 */
	public boolean hasPassedBy(Duration margin) {
		return nanosLeft() + margin.toNanos() < 0;
	}

	/**
	 * Let the time end now, for example because the client is closed. What waits for the
	 * service ends with its next read.
	 */
	public void expire() {
		this.nanos = this.nanoTime.getAsLong();
	}

	/**
	 * Shorten a timeout to what remains, rounded up: an attempt that ends a moment before
	 * the deadline would be followed by another one without any time.
	 * @param timeout the timeout
	 * @return milliseconds, never zero since zero would mean no timeout
	 */
	public int limit(Duration timeout) {
		long millis = Math.min(timeout.toMillis(), (nanosLeft() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
	}

	private long nanosLeft() {
		return this.nanos - this.nanoTime.getAsLong();
	}

}
