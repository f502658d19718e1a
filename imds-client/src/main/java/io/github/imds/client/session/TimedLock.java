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

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.http.Deadline;

/**
 * Lock for the state that the threads of a client share. Nobody waits for it longer than
 * the call can take.
 */
final class TimedLock {

	private final ReentrantLock lock = new ReentrantLock();

	private final URI endpoint;

	TimedLock(URI endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Lock.
	 * @param deadline the end of the call
	 * @throws ImdsUnavailableException if the time was not enough or the thread was
	 * interrupted
	 */
	void lock(Deadline deadline) {
		try {
			if (!this.lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
				throw Failures.timedOut(this.endpoint);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw Failures.interrupted();
		}
	}

	void unlock() {
		this.lock.unlock();
	}

	/**
	 * Return the number of threads that wait.
	 * @return an estimate of the number
	 */
	int waiting() {
		return this.lock.getQueueLength();
	}

}
