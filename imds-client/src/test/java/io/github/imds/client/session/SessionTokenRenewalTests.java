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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.imds.ImdsResponseException;
import io.github.imds.token.ImdsToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the renewal of session tokens by {@link SessionTokens}.
 */
class SessionTokenRenewalTests extends AbstractSessionTokensTests {

	@Test
	void renewsInTheBackgroundWhileOthersGoOnWithTheOldToken() throws Exception {
		ImdsToken old = this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(29));
		this.issuer.gate = new CountDownLatch(1);
		for (int i = 0; i < 100; i++) {
			assertThat(this.tokens.get(deadline())).isSameAs(old);
		}
		this.issuer.gate.countDown();
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
		assertThat(this.store.load(ENDPOINT)).map(ImdsToken::value).contains("token-2");
		assertThat(this.issuer.issued).hasValue(2);
	}

	@Test
	void marginIsATwentiethOfAShortTimeToLive() throws Exception {
		SessionTokens tokens = tokens(this.store, Duration.ofSeconds(100));
		ImdsToken old = tokens.get(deadline());
		pass(Duration.ofSeconds(94));
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(this.issuer.issued).hasValue(1);
		pass(Duration.ofSeconds(2));
		assertThat(tokens.get(deadline())).isSameAs(old);
		tokens.close();
		assertThat(this.issuer.issued).hasValue(2);
	}

	@Test
	void aTokenGrantedForAShortTimeIsRenewedInItsSecondHalf() throws Exception {
		SessionTokens tokens = tokens(this.store, SIX_HOURS);
		this.issuer.timeToLive = Duration.ofSeconds(10);
		ImdsToken old = tokens.get(deadline());
		pass(Duration.ofSeconds(4));
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(tokens.isRenewing()).isFalse();
		assertThat(this.issuer.asked).hasValue(1);
		pass(Duration.ofSeconds(2));
		assertThat(tokens.get(deadline())).isSameAs(old);
		tokens.close();
		assertThat(tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	@Test
	void aRenewalThatGetsNoThreadFailsNoReadAndIsTriedAgainLater() throws Exception {
		AtomicInteger started = new AtomicInteger();
		SessionTokens tokens = tokens(this.store, SIX_HOURS, (thread) -> {
			if (started.getAndIncrement() == 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			thread.start();
		});
		ImdsToken old = tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(20));
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(tokens.get(deadline())).isSameAs(old);
		assertThat(started).hasValue(1);
		pass(Duration.ofSeconds(2));
		assertThat(tokens.get(deadline())).isSameAs(old);
		tokens.close();
		assertThat(tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failedRenewalKeepsTheOldTokenAndIsTriedAgainLater(RuntimeException failure) throws Exception {
		ImdsToken old = this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(20));
		this.issuer.failure = failure;
		assertThat(this.tokens.get(deadline())).isSameAs(old);
		awaitRenewals(2);
		this.issuer.gate = new CountDownLatch(1);
		assertThat(this.tokens.get(deadline())).isSameAs(old);
		assertThat(this.tokens.isRenewing()).isFalse();
		this.issuer.gate = new CountDownLatch(0);
		this.issuer.failure = null;
		pass(Duration.ofSeconds(2));
		assertThat(this.tokens.get(deadline())).isSameAs(old);
		awaitRenewals(3);
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	static Stream<RuntimeException> failures() {
		return Stream.of(new ImdsResponseException("status 503", 503),
				new IllegalStateException("Thrown by a handler of observations"));
	}

	@Test
	void aRenewalTakesTheTokenThatAnotherClientHasRenewed() throws Exception {
		this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(29));
		ImdsToken renewed = new ImdsToken("renewed-elsewhere", this.wall.plus(SIX_HOURS));
		this.store.save(ENDPOINT, renewed);
		this.tokens.get(deadline());
		this.tokens.close();
		assertThat(this.tokens.get(deadline())).isEqualTo(renewed);
		assertThat(this.issuer.issued).hasValue(1);
	}

	@Test
	void aRenewalDoesNotTakeATokenThatHardlyLivesLonger() throws Exception {
		this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(25));
		this.store.save(ENDPOINT, new ImdsToken("hardly-longer", this.wall.plusSeconds(54)));
		this.tokens.get(deadline());
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	@Test
	void aRenewalDoesNotTakeItsOwnTokenForANewOneWhenTheWallClockIsSetBack() throws Exception {
		this.tokens.get(deadline());
		pass(SIX_HOURS.minusSeconds(20));
		this.wall = this.wall.minus(Duration.ofDays(1));
		this.tokens.get(deadline());
		this.tokens.close();
		assertThat(this.tokens.get(deadline()).value()).isEqualTo("token-2");
	}

	private void awaitRenewals(int asked) {
		while (this.issuer.asked.get() < asked || this.tokens.isRenewing()) {
			Thread.onSpinWait();
		}
	}

}
