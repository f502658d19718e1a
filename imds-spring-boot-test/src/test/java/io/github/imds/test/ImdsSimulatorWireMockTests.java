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

import java.io.UncheckedIOException;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.imds.test.RawHttp.Answer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what {@link ImdsSimulator} records, and for stubs and faults beside the
 * simulation.
 */
class ImdsSimulatorWireMockTests {

	private static final String INSTANCE_ID = "/latest/meta-data/instance-id";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void requestsAreRecordedInOrder() {
		String token = RawHttp.token(this.simulator);
		RawHttp.get(this.simulator, INSTANCE_ID, token);
		RawHttp.send(this.simulator.endpoint(), "HEAD", "/latest/meta-data/tags/instance/team%3Aowner?a=b");
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
				"GET /latest/meta-data/instance-id", "HEAD /latest/meta-data/tags/instance/team%3Aowner?a=b");
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(2);
	}

	@Test
	void refusedRequestsAreCounted() {
		this.simulator.enabled(false);
		RawHttp.issueToken(this.simulator);
		RawHttp.get(this.simulator, INSTANCE_ID, "unknown");
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
	}

	@Test
	void requestsAnsweredByAStubAreCounted() {
		this.simulator.wireMock().stubFor(any(anyUrl()).willReturn(serviceUnavailable()));
		RawHttp.issueToken(this.simulator);
		RawHttp.get(this.simulator, INSTANCE_ID, "unknown");
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
	}

	@Test
	void requestsAreForgotten() {
		RawHttp.get(this.simulator, INSTANCE_ID);
		assertThat(this.simulator.clearRequests()).isSameAs(this.simulator);
		assertNoRequests();
		RawHttp.get(this.simulator, INSTANCE_ID);
		this.simulator.reset();
		assertNoRequests();
	}

	private void assertNoRequests() {
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(this.simulator.tokenRequests()).isZero();
		assertThat(this.simulator.valueRequests()).isZero();
		assertThat(this.simulator.wireMock().getAllServeEvents()).isEmpty();
	}

	@Test
	void journalKeepsHeaders() {
		String token = RawHttp.token(this.simulator);
		RawHttp.get(this.simulator, INSTANCE_ID, token);
		this.simulator.wireMock()
			.verify(1, getRequestedFor(urlEqualTo(INSTANCE_ID)).withHeader("X-aws-ec2-metadata-token", equalTo(token)));
		assertThat(this.simulator.wireMock().findAllUnmatchedRequests()).isEmpty();
	}

	@Test
	void journalIsBounded() {
		assertThat(this.simulator.wireMock().getOptions().maxRequestJournalEntries()).hasValue(1000);
	}

	@Test
	void stubWinsOverTheSimulation() {
		this.simulator.wireMock()
			.stubFor(get(INSTANCE_ID).atPriority(Integer.MAX_VALUE).willReturn(serviceUnavailable()));
		Answer answer = RawHttp.get(this.simulator, INSTANCE_ID);
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.header("Server")).containsExactly("EC2ws");
		assertThat(answer.header("Connection")).containsExactly("close");
		assertThat(answer.header("Content-Length")).containsExactly("0");
		assertThat(RawHttp.get(this.simulator, "/latest/meta-data/ami-id").status()).isEqualTo(200);
	}

	@Test
	void stubMaySetHeadersOfItsOwn() {
		this.simulator.wireMock()
			.stubFor(get(INSTANCE_ID)
				.willReturn(aResponse().withHeader("Server", "proxy").withHeader("connection", "close").withBody("x")));
		Answer answer = RawHttp.get(this.simulator, INSTANCE_ID);
		assertThat(answer.header("Server")).containsExactly("proxy");
		assertThat(answer.header("Connection")).containsExactly("close");
		assertThat(answer.text()).isEqualTo("x");
	}

	@Test
	void stubMayAnswerOnceAndLeaveTheRestToTheSimulation() {
		this.simulator.wireMock()
			.stubFor(put(RawHttp.TOKEN_PATH).inScenario("throttled")
				.whenScenarioStateIs(Scenario.STARTED)
				.willReturn(aResponse().withStatus(429))
				.willSetStateTo("calm"));
		assertThat(RawHttp.issueToken(this.simulator, RawHttp.TTL + ": 60").status()).isEqualTo(429);
		assertThat(RawHttp.issueToken(this.simulator, RawHttp.TTL + ": 60").status()).isEqualTo(200);
	}

	@Test
	void faultBreaksTheConnection() {
		this.simulator.wireMock().stubFor(get(INSTANCE_ID).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> RawHttp.get(this.simulator, INSTANCE_ID));
		this.simulator.wireMock()
			.stubFor(get(INSTANCE_ID).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> RawHttp.get(this.simulator, INSTANCE_ID))
			.withStackTraceContaining("reset");
	}

	@Test
	void stubMayProxyToAnotherInstance() {
		try (ImdsSimulator other = ImdsSimulator.start()) {
			other.put("meta-data/instance-id", "i-other");
			this.simulator.wireMock().stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(other.endpoint() + "")));
			assertThat(RawHttp.get(this.simulator, INSTANCE_ID).text()).isEqualTo("i-other");
		}
	}

	@Test
	void simulationSurvivesEveryResetOfWireMock() {
		this.simulator.wireMock().stubFor(any(anyUrl()).willReturn(serviceUnavailable()));
		this.simulator.wireMock().resetMappings();
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID).status()).isEqualTo(200);
		this.simulator.wireMock().resetAll();
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID).status()).isEqualTo(200);
	}

	@Test
	void resetRemovesStubsAndSettings() {
		this.simulator.wireMock().stubFor(any(anyUrl()).willReturn(serviceUnavailable()));
		this.simulator.wireMock().setGlobalFixedDelay(3_600_000);
		this.simulator.reset();
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID).status()).isEqualTo(200);
	}

}
