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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the faults of {@link ImdsSimulator}.
 */
class ImdsSimulatorFaultTests {

	private static final String INSTANCE_ID = "/latest/meta-data/instance-id";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void nextRequestsAreThrottled() {
		String token = RawHttp.token(this.simulator);
		this.simulator.throttle(2);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(503);
		assertThat(issueToken()).isEqualTo(503);
		assertThat(issueToken()).isEqualTo(200);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(200);
	}

	@Test
	void throttlingLastsUntilItIsEnded() {
		this.simulator.throttle(Integer.MAX_VALUE);
		assertThat(IntStream.range(0, 5).map((i) -> issueToken())).containsOnly(503);
		this.simulator.throttle(0);
		assertThat(issueToken()).isEqualTo(200);
	}

	@Test
	void connectionsOfNextRequestsAreReset() {
		this.simulator.resetConnections(1);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::issueToken)
			.withStackTraceContaining("reset");
		assertThat(issueToken()).isEqualTo(200);
	}

	@Test
	void numberOfRequestsCannotBeNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.throttle(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.resetConnections(-1));
	}

	@Test
	void proxyKeepsTokensFromTheApplication() {
		String token = RawHttp.token(this.simulator);
		this.simulator.behindProxy(true);
		assertThat(issueToken()).isEqualTo(403);
		assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(200);
		this.simulator.behindProxy(false);
		assertThat(issueToken()).isEqualTo(200);
	}

	@Test
	void tokenIsLostOnTheWayBeyondTheHopLimit() throws IOException {
		String token = RawHttp.token(this.simulator);
		this.simulator.hopLimitExceeded(true);
		try (Socket socket = askForToken()) {
			assertThat(RawHttp.get(this.simulator, INSTANCE_ID, token).status()).isEqualTo(200);
			assertThat(socket.getInputStream().available()).isZero();
			this.simulator.hopLimitExceeded(false);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().readAllBytes());
		}
		assertThat(issueToken()).isEqualTo(200);
	}

	@Test
	void closeDoesNotWaitForTokensLostOnTheWay() throws IOException {
		this.simulator.hopLimitExceeded(true);
		try (Socket socket = askForToken()) {
			this.simulator.close();
			assertThat(this.simulator.wireMock().isRunning()).isFalse();
			assertThat(socket.isClosed()).isFalse();
		}
	}

	@Test
	void faultsAreDeclaredWithTheBuilder() {
		try (ImdsSimulator declared = ImdsSimulator.builder().enabled(false).throttle(1).start()) {
			declared.enabled(true);
			assertThat(RawHttp.issueToken(declared, RawHttp.TTL + ": 60").status()).isEqualTo(503);
			declared.reset();
			assertThat(RawHttp.issueToken(declared, RawHttp.TTL + ": 60").status()).isEqualTo(403);
			declared.enabled(true);
			assertThat(RawHttp.issueToken(declared, RawHttp.TTL + ": 60").status()).isEqualTo(503);
		}
	}

	private int issueToken() {
		return RawHttp.issueToken(this.simulator, RawHttp.TTL + ": 60").status();
	}

	private Socket askForToken() throws IOException {
		long before = this.simulator.tokenRequests();
		Socket socket = new Socket(this.simulator.endpoint().getHost(), this.simulator.endpoint().getPort());
		socket.getOutputStream()
			.write("PUT %s HTTP/1.1\r\nHost: imds\r\n%s: 60\r\nContent-Length: 0\r\n\r\n"
				.formatted(RawHttp.TOKEN_PATH, RawHttp.TTL)
				.getBytes(StandardCharsets.US_ASCII));
		while (this.simulator.tokenRequests() == before) {
			Thread.onSpinWait();
		}
		return socket;
	}

}
