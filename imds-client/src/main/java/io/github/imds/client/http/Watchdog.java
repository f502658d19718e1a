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

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Ends what is still under way at its deadline. It looks at the earliest deadline, on the
 * timer that the JDK has for such cases: a timer for each call would wake the thread
 * behind it with each call.
 */
final class Watchdog {

	static final Watchdog INSTANCE = new Watchdog();

	private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Deadline nextLook;

	/**
	 * Watch until the result is closed.
	 * @param deadline when to end
	 * @param action what to do then
	 * @return the watch, to be closed
	 */
	Watch watch(Deadline deadline, Runnable action) {
		Watch watch = new Watch(deadline, action);
		this.watches.add(watch);
		if (isEarlier(deadline)) {
			lookAt(deadline);
		}
		return watch;
	}

	private boolean isEarlier(Deadline deadline) {
		Deadline nextLook = this.nextLook;
		return nextLook == null || deadline.isBefore(nextLook);
	}

	private void lookAt(Deadline deadline) {
		this.lock.lock();
		try {
			if (isEarlier(deadline)) {
				this.nextLook = deadline;
				CompletableFuture.delayedExecutor(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)
					.execute(() -> look(deadline));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void look(Deadline deadline) {
		if (this.nextLook != deadline) {
			// An earlier look has taken over
			return;
		}
		// Whoever watches from here on asks for a look; the others are seen below
		this.nextLook = null;
		Deadline earliest = null;
		for (Watch watch : this.watches) {
			if (watch.deadline.hasPassed()) {
				watch.end();
			}
			else if (earliest == null || watch.deadline.isBefore(earliest)) {
				earliest = watch.deadline;
			}
		}
		if (earliest != null) {
			lookAt(earliest);
		}
	}

	/**
	 * One call that is watched.
	 */
	final class Watch implements AutoCloseable {

		private final Deadline deadline;

		private final Runnable action;

		private volatile boolean ended;

		private Watch(Deadline deadline, Runnable action) {
			this.deadline = deadline;
			this.action = action;
		}

		/**
		 * Return whether the deadline came before the watch was closed.
		 * @return whether the action was called for
		 */
		boolean hasEnded() {
			return this.ended;
		}

		private void end() {
			this.ended = true;
			close();
			// The others are not to wait for it
			CompletableFuture.runAsync(this.action);
		}

		@Override
		public void close() {
			Watchdog.this.watches.remove(this);
		}

	}

}
