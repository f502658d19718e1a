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

import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;

/**
 * Remembers that an endpoint cannot be reached, so that not every read waits for it. The
 * time grows with each further failure; after it, one read finds out again.
 */
final class CircuitBreaker {

	private final Backoff backoff;

	private final LongSupplier nanoTime;

	private volatile @Nullable Failure failure;

	CircuitBreaker(Backoff backoff, LongSupplier nanoTime) {
		this.backoff = backoff;
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the failure that lasts.
	 * @return the failure, or {@code null} if the endpoint may be asked
	 */
	@Nullable ImdsException current() {
		Failure failure = this.failure;
		return (failure != null && failure.until() - this.nanoTime.getAsLong() > 0) ? failure.exception() : null;
	}

	/**
	 * Return the last failure, whether it lasts or not.
	 * @return the failure, or {@code null} if the last attempt went well
	 */
	@Nullable ImdsException last() {
		Failure failure = this.failure;
		return (failure != null) ? failure.exception() : null;
	}

	/**
	 * Remember a failure. While one is remembered, the failures of calls that began
	 * before do not make the time grow.
	 * @param exception the failure
	 */
	void begin(ImdsException exception) {
		if (current() != null) {
			return;
		}
		Failure previous = this.failure;
		int count = (previous != null) ? previous.count() + 1 : 1;
		this.failure = new Failure(exception, count, this.nanoTime.getAsLong() + this.backoff.after(count).toNanos());
	}

	void end() {
		if (this.failure != null) {
			this.failure = null;
		}
	}

	private record Failure(ImdsException exception, int count, long until) {

	}

}
