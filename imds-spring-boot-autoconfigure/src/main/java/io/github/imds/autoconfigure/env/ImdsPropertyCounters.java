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

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters for look-ups of instance metadata as properties. They include look-ups before
 * the application context exists. The counters are a bean, but not meant for
 * applications.
 *
 * @since 0.1.0
 */
public final class ImdsPropertyCounters {

	private final AtomicLong hits = new AtomicLong();

	private final AtomicLong misses = new AtomicLong();

	ImdsPropertyCounters() {
	}

	void hit() {
		this.hits.incrementAndGet();
	}

	void miss() {
		this.misses.incrementAndGet();
	}

	/**
	 * Return the number of look-ups that were answered without a request.
	 * @return the number of look-ups
	 */
	public long hits() {
		return this.hits.get();
	}

	/**
	 * Return the number of look-ups that required a request: the first one for a value,
	 * and those of a value that may have changed or could not be read before.
	 * @return the number of look-ups
	 */
	public long misses() {
		return this.misses.get();
	}

}
