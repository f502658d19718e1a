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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ConcurrentCalls;
import io.github.imds.client.session.SessionSettings.Expectation;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for how a client finds, keeps and changes its {@link Endpoints endpoint}. Where
 * an endpoint is silent the timeouts are far longer than a test may take.
 */
@Timeout(30)
class EndpointsTests {

	private static final Duration CONNECTION_ATTEMPT_DELAY = Duration.ofMillis(100);

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
				TestSession client = TestSession.of(this.simulator.endpoint(), other.endpoint())
					.raced(TestSession.LONG)
					.build()) {
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
			assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token", "GET /latest/meta-data/mac");
			assertThat(other.requests()).isEmpty();
			assertThat(client.session().endpoint()).contains(this.simulator.endpoint());
		}
	}

	@Test
	void theSecondIsUsedIfTheFirstIsSilent() throws IOException {
		Set<Thread> others = racers();
		TestSession client = raced(silent(), this.simulator.endpoint());
		assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token", "GET /latest/meta-data/mac",
				"GET /latest/meta-data/mac");
		this.silent.close();
		client.close();
		assertThat(racers()).isSubsetOf(others);
	}

	@Test
	void theFirstIsUsedIfTheSecondIsSilent() throws IOException {
		this.simulator.latency(CONNECTION_ATTEMPT_DELAY.multipliedBy(3));
		TestSession client = raced(this.simulator.endpoint(), silent());
		assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		this.silent.close();
		client.close();
	}

	@Test
	void theSecondIsUsedIfTheFirstRefuses() {
		try (TestSession client = raced(REFUSED, this.simulator.endpoint())) {
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
	}

	@Test
	void manyThreadsRunOneRace() throws Exception {
		try (TestSession client = raced(REFUSED, this.simulator.endpoint())) {
			assertThat(ConcurrentCalls.make(16, () -> client.get("meta-data/mac"))).hasSize(16)
				.containsOnly(Optional.of("0a:1b:2c:3d:4e:5f"));
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void theFailureOfAnEndpointThatWasReachedIsTold() {
		this.simulator.enabled(false);
		try (TestSession client = raced(REFUSED, this.simulator.endpoint())) {
			assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> client.get("meta-data/mac"));
		}
		try (TestSession client = raced(this.simulator.endpoint(), REFUSED)) {
			assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> client.get("meta-data/mac"));
		}
	}

	@Test
	void anotherEndpointTakesOverWhenTheOneInUseStopsAnswering() {
		ImdsSimulator other = ImdsSimulator.start();
		try (TestSession client = TestSession.of(other.endpoint(), this.simulator.endpoint())
			.raced(TestSession.LONG)
			.build()) {
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
		try (TestSession client = TestSession.of(other.endpoint(), this.simulator.endpoint()).build()) {
			assertThat(client.get("meta-data/mac")).isPresent();
			assertThat(this.simulator.requests()).isEmpty();
			other.close();
			assertThat(client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
	}

	@Test
	void waitingEndsWithTheCall() throws IOException {
		try (ServerSocket alsoSilent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			URI other = URI.create("http://127.0.0.1:" + alsoSilent.getLocalPort());
			try (TestSession client = TestSession.of(silent(), other)
				.raced(CONNECTION_ATTEMPT_DELAY)
				.timeout(Duration.ofMillis(300))
				.build()) {
				assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
			}
		}
	}

	@Test
	void waitingForTheConnectionAttemptDelayEndsWithTheCall() {
		TestSession client = TestSession.of(silent(), this.simulator.endpoint())
			.raced(TestSession.LONG)
			.timeout(Duration.ofMillis(300))
			.build();
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tokenThatStaysAwayIsAskedForOnceWhereTheOtherCannotBeReached(boolean raced) throws IOException {
		TestSession.Builder builder = TestSession.of(silent(), REFUSED)
			.expected(Expectation.HARDWARE)
			.readTimeout(Duration.ofMillis(300));
		try (TestSession client = (raced ? builder.raced(CONNECTION_ATTEMPT_DELAY) : builder).build()) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
					.withMessageContaining("no answer came in time");
			}
			assertThat(client.session().outage()).isPresent();
		}
		assertThat(connections(this.silent)).isEqualTo(1);
	}

	@Test
	void tokensThatTrickleAreAnOutage() throws IOException {
		try (ServerSocket first = trickling();
				ServerSocket second = trickling();
				TestSession client = TestSession.of(uri(first), uri(second))
					.raced(CONNECTION_ATTEMPT_DELAY)
					.timeout(Duration.ofMillis(500))
					.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
			assertThat(client.session().outage()).isPresent();
		}
	}

	@Test
	void tokenThatTricklesIsToldRatherThanARefusedConnection() throws IOException {
		try (ServerSocket trickling = trickling();
				TestSession client = TestSession.of(REFUSED, uri(trickling))
					.raced(CONNECTION_ATTEMPT_DELAY)
					.expected(Expectation.HARDWARE)
					.timeout(Duration.ofMillis(500))
					.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageContaining(uri(trickling).toString());
			assertThat(client.session().outage()).isPresent();
		}
	}

	@Test
	void endpointThatTakesAllOfACallDoesNotKeepTheNextCallFromAskingAnother() throws IOException {
		try (ServerSocket trickling = trickling();
				TestSession client = TestSession.of(uri(trickling), silent(), this.simulator.endpoint())
					.timeout(Duration.ofMillis(500))
					.build()) {
			Optional<String> mac = Optional.empty();
			// The first call ends at one of two endpoints, as its last milliseconds fall
			for (int call = 1; mac.isEmpty(); call++) {
				assertThat(call).isLessThanOrEqualTo(3);
				try {
					mac = client.get("meta-data/mac");
				}
				catch (ImdsUnavailableException ex) {
					assertThat(client.session().outage()).isEmpty();
				}
			}
			assertThat(mac).contains("0a:1b:2c:3d:4e:5f");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void refusalOfATokenIsRememberedWhereTheOtherCannotBeReached(boolean raced) {
		this.simulator.enabled(false);
		TestSession.Builder builder = TestSession.of(this.simulator.endpoint(), REFUSED).expected(Expectation.HARDWARE);
		try (TestSession client = (raced ? builder.raced(CONNECTION_ATTEMPT_DELAY) : builder).build()) {
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ImdsAccessDeniedException.class)
					.isThrownBy(() -> client.get("meta-data/mac"));
			}
		}
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token");
	}

	@Test
	void interruptOfARaceIsNotAnOutage() throws Exception {
		this.simulator.enabled(false);
		try (TestSession client = raced(this.simulator.endpoint(), silent())) {
			Thread caller = new Thread(() -> assertThatExceptionOfType(ImdsUnavailableException.class)
				.isThrownBy(() -> client.get("meta-data/mac")));
			caller.start();
			Socket asked = this.silent.accept();
			caller.interrupt();
			caller.join();
			asked.close();
			assertThat(client.session().outage()).isEmpty();
		}
	}

	/**
	 * Count the connections that were made to a server that has accepted none.
	 */
	private static int connections(ServerSocket server) throws IOException {
		server.setSoTimeout(100);
		int count = 0;
		try {
			for (;; count++) {
				server.accept().close();
			}
		}
		catch (SocketTimeoutException ex) {
			return count;
		}
	}

	private URI silent() {
		return uri(this.silent);
	}

	private static URI uri(ServerSocket server) {
		return URI.create("http://127.0.0.1:" + server.getLocalPort());
	}

	/**
	 * Create a server that answers each connection with a header that does not end, a
	 * byte at a time.
	 */
	private static ServerSocket trickling() throws IOException {
		ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					Socket connection = server.accept();
					connection.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
					Thread trickle = new Thread(() -> trickle(connection));
					trickle.setDaemon(true);
					trickle.start();
				}
			}
			catch (IOException ex) {
				// Closed
			}
		});
		thread.setDaemon(true);
		thread.start();
		return server;
	}

	private static void trickle(Socket connection) {
		try (connection) {
			while (true) {
				Thread.sleep(20);
				connection.getOutputStream().write('x');
			}
		}
		catch (IOException | InterruptedException ex) {
			// The client has gone
		}
	}

	private static TestSession raced(URI... endpoints) {
		return TestSession.of(endpoints).raced(CONNECTION_ATTEMPT_DELAY).build();
	}

	private static Set<Thread> racers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("imds-endpoint-race"))
			.collect(Collectors.toSet());
	}

}
