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

import java.time.Duration;

/**
 * Exponential backoff: each time is twice the one before, none is longer than a maximum.
 *
 * @param first the time after the first failure
 * @param longest the longest time
 */
public record Backoff(Duration first, Duration longest) {

	/**
	 * So many times as are enough to get from a millisecond to any timeout.
	 */
	private static final int MAX_DOUBLINGS = 30;

	/**
	 * Return the time after a failure.
	 * @param failures the number of failures in a row, at least 1
	 * @return the time
	 */
	public Duration after(int failures) {
		long millis = this.first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
		return Duration.ofMillis(Math.min(millis, this.longest.toMillis()));
	}

}
