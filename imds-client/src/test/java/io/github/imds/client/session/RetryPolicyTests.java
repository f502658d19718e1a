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
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryPolicy}.
 */
class RetryPolicyTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final Duration QUICK = Duration.ofMillis(1);

	private static final Duration OPEN = Duration.ofSeconds(5);

	private static final ImdsException REFUSED = new ImdsUnavailableException("refused");

	private final AtomicLong nanos = new AtomicLong();

	private final RetryPolicy policy = policy(3, Duration.ofMillis(100));

	@RepeatedTest(20)
	void lastAttemptBeginsASecondAfterTheFirst() {
		assertThat(this.policy.nextDelay(1, REFUSED, QUICK, Duration.ZERO, LONG)).get()
			.satisfies((delay) -> assertThat(delay).isLessThanOrEqualTo(Duration.ofMillis(100)));
		assertThat(this.policy.nextDelay(2, REFUSED, QUICK, Duration.ofMillis(80), LONG)).get()
			.satisfies((delay) -> assertThat(delay).isBetween(Duration.ofMillis(920), Duration.ofMillis(1170)));
		assertThat(this.policy.nextDelay(3, REFUSED, QUICK, Duration.ofMillis(1100), LONG)).isEmpty();
	}

	@RepeatedTest(20)
	void callThatIsShorterThanASecondMakesItsAttemptsAnyway() {
		assertThat(this.policy.nextDelay(2, REFUSED, QUICK, Duration.ofMillis(100), Duration.ofMillis(400))).get()
			.satisfies((delay) -> assertThat(delay).isLessThanOrEqualTo(Duration.ofMillis(200)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void throttlingIsWaitedForAsLongAsThereIsTime(int status) {
		assertThat(this.policy.nextDelay(10, response(status), QUICK, Duration.ofSeconds(2), Duration.ofSeconds(3)))
			.get()
			.satisfies((delay) -> assertThat(delay).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2000)));
		assertThat(this.policy.nextDelay(11, response(status), QUICK, Duration.ofSeconds(5), Duration.ofMillis(900)))
			.isEmpty();
	}

	@RepeatedTest(20)
	void attemptAfterAnErrorResponseHasAtLeastTheTimeThatTheOneBeforeTook() {
		Duration took = Duration.ofMillis(400);
		assertThat(this.policy.nextDelay(1, response(503), took, took, Duration.ofMillis(501))).isPresent();
		assertThat(this.policy.nextDelay(1, response(503), took, took, Duration.ofMillis(449))).isEmpty();
		assertThat(this.policy.nextDelay(1, REFUSED, took, took, Duration.ofMillis(101))).isPresent();
	}

	@RepeatedTest(20)
	void attemptAfterAnErrorResponseHasATenthOfASecondHoweverQuicklyThatCame() {
		assertThat(this.policy.nextDelay(2, response(500), QUICK, LONG, Duration.ofMillis(301))).isPresent();
		assertThat(this.policy.nextDelay(2, response(500), QUICK, LONG, Duration.ofMillis(100))).isEmpty();
	}

	@RepeatedTest(20)
	void spreadLeavesTimeForTheLastAttempt() {
		assertThat(this.policy.nextDelay(2, response(500), QUICK, Duration.ZERO, Duration.ofMillis(1050))).get()
			.satisfies((delay) -> assertThat(delay).isLessThanOrEqualTo(Duration.ofMillis(200)));
	}

	@Test
	void otherErrorsAreRepeatedAsOftenAsPermitted() {
		assertThat(this.policy.nextDelay(2, response(500), QUICK, Duration.ZERO, LONG)).isPresent();
		assertThat(this.policy.nextDelay(3, response(500), QUICK, Duration.ZERO, LONG)).isEmpty();
	}

	@Test
	void patienceIsSharedUntilACallSucceeds() {
		assertThat(this.policy.nextDelay(3, response(503), QUICK, LONG, Duration.ZERO)).isEmpty();
		assertThat(this.policy.nextDelay(1, response(503), QUICK, Duration.ZERO, LONG)).isEmpty();
		assertThat(this.policy.nextDelay(1, REFUSED, QUICK, Duration.ZERO, LONG)).isPresent();
		this.policy.succeeded();
		assertThat(this.policy.nextDelay(1, response(503), QUICK, Duration.ZERO, LONG)).isPresent();
	}

	@Test
	void patienceComesBackWhenTheCircuitBreakerCloses() {
		this.policy.nextDelay(3, response(503), QUICK, LONG, Duration.ZERO);
		this.nanos.addAndGet(OPEN.toNanos() - 1);
		assertThat(this.policy.nextDelay(1, response(503), QUICK, Duration.ZERO, LONG)).isEmpty();
		this.nanos.addAndGet(1);
		assertThat(this.policy.nextDelay(1, response(503), QUICK, Duration.ZERO, LONG)).isPresent();
	}

	@Test
	void singleAttemptIsNotRepeatedForThrottlingEither() {
		assertThat(policy(1, Duration.ofMillis(100)).nextDelay(1, response(503), QUICK, Duration.ZERO, LONG)).isEmpty();
	}

	@Test
	void withoutDelaysAttemptsAreNeitherSpreadNorEndless() {
		RetryPolicy hasty = policy(3, Duration.ZERO);
		assertThat(hasty.nextDelay(2, REFUSED, QUICK, Duration.ZERO, LONG)).contains(Duration.ZERO);
		assertThat(hasty.nextDelay(3, response(503), QUICK, Duration.ZERO, LONG)).isEmpty();
	}

	private RetryPolicy policy(int maxAttempts, Duration delay) {
		return new RetryPolicy(maxAttempts, new Backoff(delay, Duration.ofSeconds(2)),
				new CircuitBreaker(new Backoff(OPEN, OPEN), this.nanos::get));
	}

	private static ImdsException response(int status) {
		return new ImdsResponseException("status", status);
	}

}
