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

package io.github.imds.client.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link UrlConnector}.
 */
@Timeout(60)
class UrlConnectorTests {

	private final UrlConnector connector = new UrlConnector(Duration.ofSeconds(10));

	private final Deadline deadline = Deadline.after(Duration.ofMinutes(1));

	@Test
	void sendsNothingToFindOutWhetherAnybodyListens() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.connector.probe(uri(server), this.deadline);
			try (Socket connection = server.accept()) {
				assertThat(connection.getInputStream().read()).isEqualTo(-1);
			}
		}
	}

	@Test
	void tellsARefusedConnectionFromALostOne() throws IOException {
		ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		server.close();
		assertThatExceptionOfType(ConnectFailedException.class)
			.isThrownBy(() -> this.connector.probe(uri(server), this.deadline))
			.satisfies((ex) -> assertThat(ex.isTimeout()).isFalse());
	}

	@Test
	void aNameThatIsUnknownIsNoConnection() {
		assertThatExceptionOfType(ConnectFailedException.class)
			.isThrownBy(() -> this.connector.probe(URI.create("http://imds.invalid"), this.deadline))
			.withCauseInstanceOf(UnknownHostException.class);
	}

	@Test
	void connectsTwiceWithinItsTimeIfNothingComesBack() throws IOException {
		AtomicInteger attempts = new AtomicInteger();
		String connected = this.connector.connect((timeout) -> {
			assertThat(timeout).isEqualTo(5000);
			if (attempts.incrementAndGet() == 1) {
				throw new ConnectFailedException(new SocketTimeoutException("lost"));
			}
			return "connected";
		}, this.deadline);
		assertThat(connected).isEqualTo("connected");
		assertThat(attempts).hasValue(2);
	}

	@Test
	void doesNotConnectAgainAfterAnyOtherFailure() {
		AtomicInteger attempts = new AtomicInteger();
		assertThatIOException().isThrownBy(() -> this.connector.connect((timeout) -> {
			attempts.incrementAndGet();
			throw new SocketTimeoutException("no answer");
		}, this.deadline)).withMessage("no answer");
		assertThat(attempts).hasValue(1);
	}

	private static URI uri(ServerSocket server) {
		return URI.create("http://127.0.0.1:" + server.getLocalPort());
	}

}
