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
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;

/**
 * Decides whether and when a call makes another attempt.
 * <ul>
 * <li>Delays grow exponentially and have jitter. The last attempt begins at least a
 * second after the first: while an instance boots, its metadata service can be that much
 * later than the application.</li>
 * <li>Throttling (429, 503) is waited for as long as the call can take.</li>
 * <li>After an error response no attempt begins that has less time than the one before
 * took, or less than a tenth of a second: its timeout would take the place of the error
 * response, and look like an outage.</li>
 * <li>Patience is shared: after a call has failed with error responses only, further
 * calls make a single attempt until one succeeds or the circuit breaker's time is over.
 * Many values that cannot be read cost no more time than one.</li>
 * </ul>
 *
 * @see <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>
 */
final class RetryPolicy {

	private static final Duration MIN_SPREAD = Duration.ofSeconds(1);

	private static final Duration SPREAD_JITTER = Duration.ofMillis(250);

	private static final Duration MIN_ATTEMPT = Duration.ofMillis(100);

	private final int maxAttempts;

	private final Backoff backoff;

	private final CircuitBreaker patience;

	/**
	 * Create a new policy.
	 * @param maxAttempts the maximum number of attempts of a call
	 * @param backoff the maximum delays between them
	 * @param patience open while the patience of all calls is exhausted
	 */
	RetryPolicy(int maxAttempts, Backoff backoff, CircuitBreaker patience) {
		this.maxAttempts = maxAttempts;
		this.backoff = backoff;
		this.patience = patience;
	}

	/**
	 * Take note of a call that succeeded.
	 */
	void succeeded() {
		this.patience.end();
	}

	/**
	 * Return the delay before the next attempt.
	 * @param attempts the number of attempts that were made
	 * @param failure the failure of the last one
	 * @param took the time that the last one took
	 * @param elapsed the time since the first attempt
	 * @param remaining the time that the call has left
	 * @return the delay, or empty if there is no further attempt
	 */
	Optional<Duration> nextDelay(int attempts, ImdsException failure, Duration took, Duration elapsed,
			Duration remaining) {
		boolean responded = !(failure instanceof ImdsUnavailableException);
		Duration available = responded ? remaining.minus(needed(took)) : remaining;
		boolean endless = isThrottled(failure) && this.maxAttempts > 1 && !longestDelay(attempts).isZero();
		if ((attempts < this.maxAttempts || endless) && !(responded && this.patience.current() != null)) {
			Duration delay = delay(attempts, elapsed, available, endless);
			if (delay.compareTo(available) < 0) {
				return Optional.of(delay);
			}
		}
		if (responded) {
			this.patience.begin(failure);
		}
		return Optional.empty();
	}

	private Duration delay(int attempts, Duration elapsed, Duration available, boolean endless) {
		long longest = longestDelay(attempts).toMillis();
		// Full jitter, but no burst of requests to a service that throttles
		long shortest = endless ? longest / 2 : 0;
		Duration delay = Duration.ofMillis(ThreadLocalRandom.current().nextLong(shortest, longest + 1));
		if (attempts == this.maxAttempts - 1 && !endless && longest > 0) {
			Duration spread = MIN_SPREAD.minus(elapsed)
				.plusMillis(ThreadLocalRandom.current().nextLong(SPREAD_JITTER.toMillis()));
			return (spread.compareTo(delay) > 0 && spread.compareTo(available) < 0) ? spread : delay;
		}
		return delay;
	}

	private static Duration needed(Duration took) {
		return (took.compareTo(MIN_ATTEMPT) > 0) ? took : MIN_ATTEMPT;
	}

	private Duration longestDelay(int attempts) {
		return this.backoff.after(attempts);
	}

	private static boolean isThrottled(ImdsException failure) {
		return failure instanceof ImdsResponseException response
				&& (response.statusCode() == 429 || response.statusCode() == 503);
	}

}
