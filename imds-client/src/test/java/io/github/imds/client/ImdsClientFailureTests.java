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

package io.github.imds.client;

import java.net.URI;
import java.time.Duration;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what an {@link ImdsClient} does when the service does not answer as it
 * should.
 */
class ImdsClientFailureTests {

	private static final String TOKEN = "/latest/api/token";

	private static final String MAC = "/latest/meta-data/mac";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ImdsClient client = builder().build();

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void refusedConnectionIsRemembered() {
		URI endpoint = this.simulator.endpoint();
		this.simulator.close();
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageStartingWith("No session token from " + endpoint + ": no connection (")
			.withMessageContaining("not an EC2 instance");
		ImdsSimulator another = ImdsSimulator.builder().port(endpoint.getPort()).start();
		try (another) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
				.withCauseInstanceOf(ImdsUnavailableException.class);
			assertThat(another.requests()).isEmpty();
		}
	}

	@Test
	void aFailureIsForgottenOnRequest() {
		URI endpoint = this.simulator.endpoint();
		this.simulator.close();
		try (ImdsClient forgetful = builder().circuitBreakerOpenDuration(Duration.ZERO).build()) {
			assertThat(forgetful.isAvailable()).isFalse();
			assertThat(this.client.isAvailable()).isFalse();
			ImdsSimulator another = ImdsSimulator.builder().port(endpoint.getPort()).start();
			try (another) {
				assertThat(forgetful.isAvailable()).isTrue();
				assertThat(this.client.isAvailable()).isFalse();
			}
		}
	}

	@Test
	void lostTokenAnswerIsNotAskedForAgain() {
		this.simulator.wireMock().stubFor(put(TOKEN).willReturn(aResponse().withFixedDelay(60_000)));
		try (ImdsClient impatient = builder().readTimeout(Duration.ofSeconds(1)).build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> impatient.get("meta-data/mac"))
				.withMessageContaining("no answer came in time");
		}
		assertThat(this.simulator.requests()).containsExactly("PUT " + TOKEN);
	}

	@Test
	void switchedOffSaysHowToSwitchOnAndIsRemembered() {
		this.simulator.enabled(false);
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(ImdsAccessDeniedException.class)
				.isThrownBy(() -> this.client.get("meta-data/mac"))
				.withMessageContaining("--http-endpoint enabled");
		}
		assertThat(this.simulator.requests()).containsExactly("PUT " + TOKEN);
	}

	@Test
	void switchedOffAndOnAgainIsNoticedBothTimes() {
		assertThat(this.client.get("meta-data/mac")).isPresent();
		this.simulator.enabled(false);
		assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageContaining("'meta-data/mac'")
			.withMessageContaining("--http-endpoint enabled");
		assertThat(this.client.isAvailable()).isFalse();
		this.simulator.enabled(true);
		assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void switchedOnAgainIsNoticedOnceTheRefusalOfATokenIsForgotten() {
		this.simulator.enabled(false);
		try (ImdsClient forgetful = builder().circuitBreakerOpenDuration(Duration.ZERO).build()) {
			assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> forgetful.get("meta-data/mac"));
			this.simulator.enabled(true);
			assertThat(forgetful.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 503 })
	void retriesWhenThrottledOrOverloaded(int status) {
		failFirst(MAC, status);
		assertThat(this.client.get("meta-data/mac")).contains("again");
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void retriesTheToken(int status) {
		this.simulator.wireMock()
			.stubFor(put(TOKEN).inScenario("token")
				.whenScenarioStateIs(Scenario.STARTED)
				.willSetStateTo("later")
				.willReturn(aResponse().withStatus(status)));
		assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
	}

	@Test
	void givesUpAfterTheLastAttempt() {
		this.simulator.wireMock().stubFor(get(MAC).willReturn(aResponse().withStatus(500)));
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageContaining("'meta-data/mac'")
			.withMessageContaining("status 500")
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(500));
		this.simulator.wireMock()
			.verify(3, com.github.tomakehurst.wiremock.client.WireMock
				.getRequestedFor(com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo(MAC)));
	}

	@Test
	void doesNotWaitLongerThanTheLongestDelay() {
		failFirst(MAC, 503);
		try (ImdsClient hasty = builder().retryDelay(Duration.ofDays(1)).retryMaxDelay(Duration.ZERO).build()) {
			assertThat(hasty.get("meta-data/mac")).contains("again");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403 })
	void answersAreNotRetried(int status) {
		this.simulator.wireMock().stubFor(get(MAC).willReturn(aResponse().withStatus(status)));
		assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageContaining("'meta-data/mac'");
		this.simulator.wireMock()
			.verify(1, com.github.tomakehurst.wiremock.client.WireMock
				.getRequestedFor(com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo(MAC)));
	}

	@Test
	void aNewTokenThatIsRejectedIsAnErrorNotALoop() {
		this.simulator.wireMock().stubFor(get(MAC).willReturn(aResponse().withStatus(401)));
		assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageContaining("session token");
		assertThat(this.simulator.tokenRequests()).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE" })
	void survivesOneBrokenAnswer(Fault fault) {
		this.simulator.wireMock()
			.stubFor(get(MAC).inScenario("mac")
				.whenScenarioStateIs(Scenario.STARTED)
				.willSetStateTo("later")
				.willReturn(aResponse().withFault(fault)));
		assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE" })
	void brokenAnswersInARowAreAClearError(Fault fault) {
		this.simulator.wireMock().stubFor(get(MAC).willReturn(aResponse().withFault(fault)));
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageStartingWith("Cannot read 'meta-data/mac'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two words", "line\nbreak", "line\r\nX-Injected: 1", "umlaut-ü" })
	void invalidTokenIsNotSent(String body) {
		this.simulator.wireMock().stubFor(put(TOKEN).willReturn(ok(body)));
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageContaining("not a token")
			.withMessageNotContaining("X-Injected");
		assertThat(this.simulator.valueRequests()).isZero();
	}

	@Test
	void aTokenTooLongForAHeaderIsNotSent() {
		this.simulator.wireMock().stubFor(put(TOKEN).willReturn(ok("x".repeat(100_000))));
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		assertThat(this.simulator.valueRequests()).isZero();
	}

	@Test
	void followsTheRedirectThatAddsASlash() {
		this.simulator.wireMock()
			.stubFor(get("/latest/meta-data/placement")
				.willReturn(aResponse().withStatus(301).withHeader("Location", "/latest/meta-data/placement/")));
		assertThat(this.client.get("meta-data/placement"))
			.hasValueSatisfying((listing) -> assertThat(listing).startsWith("availability-zone\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:1/latest/meta-data/mac/", "/latest/meta-data/other", "//other.example/",
			"http://[", "/latest/meta-data/mac" })
	void followsNoOtherRedirect(String location) {
		this.simulator.wireMock()
			.stubFor(get(MAC).willReturn(aResponse().withStatus(301).withHeader("Location", location)));
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageContaining("redirect");
	}

	@Test
	void asksTheNextEndpointWhenTheFirstDoesNotAnswer() {
		try (ImdsClient failingOver = ImdsClient.builder()
			.endpoints(URI.create("http://127.0.0.1:1"), this.simulator.endpoint())
			.build()) {
			assertThat(failingOver.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
			assertThat(failingOver.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
	}

	@Test
	void anInterruptEndsTheWaitAndIsKept() {
		this.simulator.wireMock().stubFor(get(MAC).willReturn(aResponse().withStatus(503)));
		this.client.isAvailable();
		try {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(ImdsUnavailableException.class)
				.isThrownBy(() -> this.client.get("meta-data/mac"));
			assertThat(Thread.currentThread().isInterrupted()).isTrue();
		}
		finally {
			Thread.interrupted();
		}
	}

	private void failFirst(String path, int status) {
		this.simulator.wireMock()
			.stubFor(get(path).inScenario(path)
				.whenScenarioStateIs(Scenario.STARTED)
				.willSetStateTo("later")
				.willReturn(aResponse().withStatus(status)));
		this.simulator.wireMock()
			.stubFor(get(path).inScenario(path).whenScenarioStateIs("later").willReturn(ok("again")));
	}

	private ImdsClientBuilder builder() {
		return ImdsClient.builder().endpoints(this.simulator.endpoint());
	}

}
