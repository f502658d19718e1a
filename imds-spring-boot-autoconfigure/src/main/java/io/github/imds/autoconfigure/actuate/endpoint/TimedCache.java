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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;

/**
 * Cache of one value for a fixed time. One thread reads the value, others wait for it. A
 * failure is cached as long as a value.
 *
 * @param <T> the type of the value
 */
final class TimedCache<T> {

	private final Supplier<T> source;

	private final long timeToLive;

	private final LongSupplier nanoTime;

	private final Lock lock = new ReentrantLock();

	private volatile @Nullable Entry<T> entry;

	TimedCache(Supplier<T> source, Duration timeToLive) {
		this(source, timeToLive, System::nanoTime);
	}

	TimedCache(Supplier<T> source, Duration timeToLive, LongSupplier nanoTime) {
		this.source = source;
		// Converts without an overflow
		this.timeToLive = TimeUnit.NANOSECONDS.convert(timeToLive);
		this.nanoTime = nanoTime;
	}

	/**
	 * Return whether an outcome is cached.
	 * @return whether {@link #get()} returns without reading
	 */
	boolean isFresh() {
		return current() != null;
	}

	/**
	 * Return the cached value, or read it.
	 * @return the value
	 * @throws ImdsException if the service did not answer
	 */
	T get() {
		Entry<T> entry = current();
		return (entry != null) ? entry.get() : refresh().get();
	}

	private Entry<T> refresh() {
		this.lock.lock();
		try {
			Entry<T> entry = current();
			if (entry == null) {
				entry = read();
				this.entry = entry;
			}
			return entry;
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Entry<T> current() {
		Entry<T> entry = this.entry;
		return (entry != null && this.nanoTime.getAsLong() - entry.readAt() < this.timeToLive) ? entry : null;
	}

	private Entry<T> read() {
		try {
			T value = this.source.get();
			return new Entry<>(() -> value, this.nanoTime.getAsLong());
		}
		catch (ImdsException ex) {
			if (Thread.currentThread().isInterrupted()) {
				// An interrupted reader says nothing about the service
				throw ex;
			}
			return new Entry<>(() -> {
				throw ex;
			}, this.nanoTime.getAsLong());
		}
	}

	private record Entry<T>(Supplier<T> outcome, long readAt) {

		T get() {
			return this.outcome.get();
		}

	}

}
