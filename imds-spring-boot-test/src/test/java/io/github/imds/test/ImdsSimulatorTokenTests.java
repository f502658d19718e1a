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

package io.github.imds.test;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.test.RawHttp.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the session tokens of {@link ImdsSimulator}.
 */
class ImdsSimulatorTokenTests {

	private static final String INSTANCE_ID = "/latest/meta-data/instance-id";

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

	private final ImdsSimulator simulator = ImdsSimulator.builder().clock(this.now::get).start();

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "60", "21600" })
	void tokenIsIssuedForTimeToLiveWithinRange(String ttl) {
		Answer answer = RawHttp.issueToken(this.simulator, RawHttp.TTL + ": " + ttl);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header(RawHttp.TTL)).containsExactly(ttl);
		assertThat(answer.header("Content-Type")).containsExactly("text/plain");
		assertThat(answer.text()).matches("[-_A-Za-z0-9]{56}");
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, answer.text()).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "21601", "99999999999", "six", "", "60s", "+60", "6 0", "1.5", "٣" })
	void timeToLiveThatIsNotANumberWithinRangeIsABadRequest(String ttl) {
		Answer answer = RawHttp.issueToken(this.simulator, RawHttp.TTL + ": " + ttl);
		assertErrorPage(answer, 400, "400 - Bad Request");
	}

	@Test
	void missingTimeToLiveIsABadRequest() {
		assertErrorPage(RawHttp.issueToken(this.simulator), 400, "400 - Bad Request");
	}

	@Test
	void forwardedTokenRequestIsForbidden() {
		Answer answer = RawHttp.issueToken(this.simulator, RawHttp.TTL + ": 60", "X-Forwarded-For: 10.0.0.1");
		assertErrorPage(answer, 403, "403 - Forbidden");
	}

	@Test
	void versionedTokenPathIsForbidden() {
		Answer answer = RawHttp.send(this.simulator.endpoint(), "PUT", "/2021-07-15/api/token", RawHttp.TTL + ": 60");
		assertErrorPage(answer, 403, "403 - Forbidden");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "POST", "DELETE", "OPTIONS", "PATCH" })
	void onlyPutIsAllowedOnTheTokenPath(String method) {
		Answer answer = RawHttp.send(this.simulator.endpoint(), method, RawHttp.TOKEN_PATH, RawHttp.TTL + ": 60",
				"X-aws-ec2-metadata-token: " + RawHttp.token(this.simulator));
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow")).containsExactly("OPTIONS, PUT");
		assertThat(answer.header("Content-Length")).containsExactly("0");
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void everyTokenIsDifferentAndAllAreValid() {
		String first = RawHttp.token(this.simulator);
		String second = RawHttp.token(this.simulator);
		assertThat(first).isNotEqualTo(second);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, first).status()).isEqualTo(200);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, second).status()).isEqualTo(200);
	}

	@Test
	void requestWithoutTokenIsUnauthorized() {
		Answer answer = RawHttp.send(this.simulator.endpoint(), "GET", INSTANCE_ID);
		assertErrorPage(answer, 401, "401 - Unauthorized");
	}

	@Test
	void requestWithUnknownTokenIsUnauthorized() {
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, "unknown").status()).isEqualTo(401);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, "").status()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/latest", "/latest/meta-data/absent", "/1999-01-01/meta-data/", "/favicon.ico",
			"/latest//", "/latest/../latest/" })
	void tokenIsAskedForBeforePathIsLookedUp(String path) {
		assertThat(RawHttp.send(this.simulator.endpoint(), "GET", path).status()).isEqualTo(401);
		assertThat(RawHttp.send(this.simulator.endpoint(), "HEAD", path).status()).isEqualTo(401);
	}

	@Test
	void tokenExpiresAfterItsTimeToLive() {
		String token = RawHttp.issueToken(this.simulator, RawHttp.TTL + ": 60").text();
		this.now.updateAndGet((now) -> now.plusMillis(59_999));
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(200);
		this.now.updateAndGet((now) -> now.plusMillis(1));
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(401);
	}

	@Test
	void issuingTokenLeavesUnexpiredOnesValid() {
		String token = RawHttp.issueToken(this.simulator, RawHttp.TTL + ": 60").text();
		this.now.updateAndGet((now) -> now.plusSeconds(59));
		String later = RawHttp.token(this.simulator);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(200);
		this.now.updateAndGet((now) -> now.plusSeconds(1));
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(401);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, later).status()).isEqualTo(200);
	}

	@Test
	void revokedTokensAreUnauthorizedAndNewOnesAreValid() {
		String revoked = RawHttp.token(this.simulator);
		this.simulator.revokeTokens();
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, revoked).status()).isEqualTo(401);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID).status()).isEqualTo(200);
	}

	@Test
	void tokenOfAnotherInstanceIsUnauthorized() {
		try (ImdsSimulator other = ImdsSimulator.start()) {
			assertThat(RawHttp.get(this.simulator, INSTANCE_ID, RawHttp.token(other)).status()).isEqualTo(401);
		}
	}

	private static void assertErrorPage(Answer answer, int status, String title) {
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).containsExactly("text/html");
		assertThat(answer.text()).contains("<title>" + title + "</title>");
	}

}
