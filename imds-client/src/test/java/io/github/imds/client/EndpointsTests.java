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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how a client finds, keeps and changes its {@link Endpoints endpoint}. Where
 * an endpoint is silent the timeouts are far longer than a test may take.
 */
@Timeout(30)
class EndpointsTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Duration HEAD_START = Duration.ofMillis(100);

	private static final URI REFUSED = URI.create("http://127.0.0.1:1");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private ServerSocket silent;

	@BeforeEach
	void listen() throws IOException {
		this.silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() throws IOException {
		this.silent.close();
		this.simulator.close();
	}

	@Test
	void theFirstIsUsedIfItAnswers() throws IOException {
		try (ImdsSimulator other = ImdsSimulator.start();
				DefaultImdsClient client = raced(this.simulator.endpoint(), other.endpoint())) {
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
			assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token", "GET /latest/meta-data/mac");
			assertThat(other.requests()).isEmpty();
			assertThat(client.status().endpointMode()).contains(EndpointMode.AUTO);
			assertThat(client.status().endpoint()).contains(this.simulator.endpoint());
		}
	}

	@Test
	void theSecondIsUsedIfTheFirstIsSilent() throws IOException {
		DefaultImdsClient client = raced(silent(), this.simulator.endpoint());
		assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token", "GET /latest/meta-data/mac",
				"GET /latest/meta-data/mac");
		this.silent.close();
		client.close();
		assertThat(threads()).doesNotContain("imds-endpoint-race");
	}

	@Test
	void theFirstIsUsedIfTheSecondIsSilent() throws IOException {
		this.simulator.latency(HEAD_START.multipliedBy(3));
		DefaultImdsClient client = raced(this.simulator.endpoint(), silent());
		assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		this.silent.close();
		client.close();
	}

	@Test
	void theSecondIsUsedIfTheFirstRefuses() {
		try (DefaultImdsClient client = raced(REFUSED, this.simulator.endpoint())) {
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
	}

	@Test
	void manyThreadsRunOneRace() throws Exception {
		try (DefaultImdsClient client = raced(REFUSED, this.simulator.endpoint())) {
			assertThat(ConcurrentCalls.make(16, () -> client.get("meta-data/mac"))).hasSize(16)
				.containsOnly(Optional.of("0a:1b:2c:3d:4e:5f"));
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void theFailureOfAnEndpointThatWasReachedIsTold() {
		this.simulator.enabled(false);
		try (DefaultImdsClient client = raced(REFUSED, this.simulator.endpoint())) {
			assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> client.get("meta-data/mac"));
		}
		try (DefaultImdsClient client = raced(this.simulator.endpoint(), REFUSED)) {
			assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> client.get("meta-data/mac"));
		}
	}

	@Test
	void anotherEndpointTakesOverWhenTheOneInUseStopsAnswering() {
		ImdsSimulator other = ImdsSimulator.start();
		try (DefaultImdsClient client = raced(other.endpoint(), this.simulator.endpoint())) {
			assertThat(client.get("meta-data/mac")).isPresent();
			other.close();
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
			assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token", "GET /latest/meta-data/mac",
					"GET /latest/meta-data/mac");
		}
	}

	@Test
	void anotherEndpointOfAListTakesOverToo() {
		ImdsSimulator other = ImdsSimulator.start();
		try (ImdsClient client = ImdsClient.builder().endpoints(other.endpoint(), this.simulator.endpoint()).build()) {
			assertThat(client.get("meta-data/mac")).isPresent();
			assertThat(this.simulator.requests()).isEmpty();
			other.close();
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
	}

	@Test
	void waitingEndsWithTheCall() throws IOException {
		try (ServerSocket alsoSilent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			ImdsSettings settings = settings(Duration.ofMillis(300), silent(),
					URI.create("http://127.0.0.1:" + alsoSilent.getLocalPort()));
			try (DefaultImdsClient client = new DefaultImdsClient(settings)) {
				assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
			}
		}
	}

	@Test
	void waitingForTheHeadStartEndsWithTheCall() {
		ImdsSettings settings = settings(Duration.ofMillis(300), LONG, silent(), this.simulator.endpoint());
		DefaultImdsClient client = new DefaultImdsClient(settings);
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
		assertThat(this.simulator.requests()).isEmpty();
	}

	private URI silent() {
		return URI.create("http://127.0.0.1:" + this.silent.getLocalPort());
	}

	private static DefaultImdsClient raced(URI... endpoints) {
		return new DefaultImdsClient(settings(LONG, endpoints));
	}

	private static ImdsSettings settings(Duration timeout, URI... endpoints) {
		return settings(timeout, HEAD_START, endpoints);
	}

	private static ImdsSettings settings(Duration timeout, Duration connectionAttemptDelay, URI... endpoints) {
		return new ImdsSettings(new ImdsDetection(Result.UNKNOWN, "test"), Optional.of(EndpointMode.AUTO),
				List.of(endpoints), LONG, LONG, timeout, connectionAttemptDelay, 3, new Backoff(HEAD_START, HEAD_START),
				new Backoff(LONG, LONG), 4, "latest", ImdsToken.MAX_TIME_TO_LIVE,
				new TolerantTokenStore(new InMemoryImdsTokenStore()), ObservationRegistry.NOOP,
				new ImdsClientCounters());
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
	}

}
