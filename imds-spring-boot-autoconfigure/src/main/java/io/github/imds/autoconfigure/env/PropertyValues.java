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

package io.github.imds.autoconfigure.env;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Values of properties, by the paths of their metadata. A known value is returned at
 * once; a value that can have changed is renewed in the background. Callers wait only for
 * a value that is not known yet, and share one read of the same value.
 */
final class PropertyValues {

	/**
	 * Number of values from which on only names of the catalogue, which are few, are
	 * added. An application does not generate more names by itself; they come from
	 * outside.
	 */
	static final int MAX_SIZE = 500;

	/**
	 * Delay before a failed renewal is attempted again.
	 */
	private static final long RETRY_AFTER = TimeUnit.SECONDS.toNanos(5);

	/**
	 * Time for which a value that could not be read counts as absent: long enough that
	 * many look-ups cause one request, short enough to notice that the service is back.
	 */
	private static final long UNREAD_FOR = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Reads of one value by one thread, each inside the one before. A client can look up
	 * the property that it is asked for, such as while it is created, which another
	 * client then reads. A third read would have no end.
	 */
	private static final int MAX_NESTED_READS = 2;

	/**
	 * Time that failed reads of expired values can take in all. Further values are then
	 * renewed in the background.
	 */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	private final Reader reader;

	private final Map<String, Entry> entries = new ConcurrentHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final AtomicLong lost = new AtomicLong();

	private @Nullable ThreadPoolExecutor renewals;

	private volatile boolean closed;

	PropertyValues(Reader reader) {
		this.reader = reader;
	}

	/**
	 * Return a value.
	 * @param property the metadata of the property
	 * @return the value, or {@code null} if it is absent or cannot be read
	 */
	@Nullable Object get(ImdsPropertyName property) {
		Entry entry = this.entries.get(property.path());
		if (entry == null) {
			if (isFull(property)) {
				return null;
			}
			Entry created = new Entry(property);
			Entry earlier = this.entries.putIfAbsent(property.path(), created);
			entry = (earlier != null) ? earlier : created;
		}
		return entry.get();
	}

	/**
	 * Return whether a value is known, or known to be absent.
	 */
	boolean isKnown(ImdsPropertyName property) {
		Entry entry = this.entries.get(property.path());
		return entry != null && entry.value != null;
	}

	boolean isFull(ImdsPropertyName property) {
		return this.entries.size() >= MAX_SIZE && property.hasVariables();
	}

	/**
	 * Read changeable values again on their next look-up. If the read fails, the known
	 * value is kept. While the service is silent, only the first look-ups wait for it.
	 */
	void expire() {
		this.lost.set(0);
		this.entries.values().forEach(Entry::expire);
	}

	void clear() {
		this.entries.clear();
		this.closed = false;
	}

	void close() {
		this.closed = true;
		this.lock.lock();
		try {
			if (this.renewals != null) {
				this.renewals.shutdownNow();
				this.renewals = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean submit(Runnable renewal) {
		this.lock.lock();
		try {
			if (this.closed) {
				return false;
			}
			if (this.renewals == null) {
				this.renewals = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
						PropertyValues::thread);
				this.renewals.allowCoreThreadTimeOut(true);
			}
			this.renewals.execute(renewal);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static Thread thread(Runnable action) {
		Thread thread = new Thread(null, action, "imds-properties", 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(PropertyValues.class.getClassLoader());
		return thread;
	}

	/**
	 * Strategy used to read a value.
	 */
	interface Reader {

		/**
		 * Read a value. Never throws.
		 * @param property the metadata to read
		 * @return the result, or {@code null} if it cannot be read
		 */
		@Nullable Result read(ImdsPropertyName property);

		/**
		 * Return how long a value that can change counts as known.
		 * @return the duration
		 */
		Duration timeToLive();

	}

	/**
	 * Result of a read.
	 *
	 * @param value text or JSON, or {@code null} if there is none
	 */
	record Result(@Nullable Object value) {

	}

	/**
	 * Value with the time when it is due to be renewed.
	 */
	private record Known(@Nullable Object value, boolean fixed, boolean expired, long dueAt) {

		boolean isDue() {
			return !this.fixed && this.dueAt - System.nanoTime() <= 0;
		}

	}

	/**
	 * One value.
	 */
	private final class Entry {

		private final ImdsPropertyName property;

		private final ReentrantLock reading = new ReentrantLock();

		private final AtomicBoolean renewing = new AtomicBoolean();

		private volatile int reads;

		private volatile @Nullable Known value;

		/**
		 * Time of a failed first read, until a value is known.
		 */
		private volatile @Nullable Long unreadSince;

		Entry(ImdsPropertyName property) {
			this.property = property;
		}

		@Nullable Object get() {
			Known known = this.value;
			if (known == null && isUnread()) {
				return null;
			}
			if (known == null || (known.expired() && PropertyValues.this.lost.get() < PATIENCE)) {
				known = readOnce();
			}
			else if ((known.expired() || known.isDue()) && this.renewing.compareAndSet(false, true)
					&& !submit(this::renew)) {
				this.renewing.set(false);
			}
			return (known != null) ? known.value() : null;
		}

		private boolean isUnread() {
			Long since = this.unreadSince;
			return since != null && System.nanoTime() - since < UNREAD_FOR;
		}

		private @Nullable Known readOnce() {
			int before = this.reads;
			this.reading.lock();
			try {
				int nested = this.reading.getHoldCount();
				if (this.reads == before && nested <= MAX_NESTED_READS) {
					read();
				}
				return this.value;
			}
			finally {
				this.reading.unlock();
			}
		}

		private void renew() {
			this.reading.lock();
			try {
				read();
			}
			finally {
				this.reading.unlock();
				this.renewing.set(false);
			}
		}

		private void read() {
			Known known = this.value;
			long before = System.nanoTime();
			Result result = PropertyValues.this.reader.read(this.property);
			long now = System.nanoTime();
			if (result != null) {
				boolean fixed = !this.property.changing() && result.value() != null;
				// Converts without an overflow
				long timeToLive = TimeUnit.NANOSECONDS.convert(PropertyValues.this.reader.timeToLive());
				this.value = new Known(result.value(), fixed, false, now + timeToLive);
			}
			else if (known != null) {
				if (known.expired()) {
					PropertyValues.this.lost.addAndGet(now - before);
				}
				this.value = new Known(known.value(), known.fixed(), false, now + RETRY_AFTER);
			}
			else if (!Thread.currentThread().isInterrupted()) {
				// An interrupted read says nothing about the service
				this.unreadSince = now;
			}
			this.reads++;
		}

		void expire() {
			Known known = this.value;
			this.unreadSince = null;
			if (known != null && !known.fixed()) {
				this.value = new Known(known.value(), false, true, known.dueAt());
			}
		}

	}

}
