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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.session.SessionSettings.Expectation;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImdsSession}, as far as they need control over time.
 */
@Timeout(60)
class ImdsSessionTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void aTokenNearItsEndIsRenewedOnce() {
		MovableTime time = new MovableTime();
		ImdsTokenStore store = new InMemoryImdsTokenStore();
		TestSession session = TestSession.of(this.simulator.endpoint()).tokenStore(store).time(time.source()).build();
		session.get("meta-data/mac");
		ImdsToken old = store.load(this.simulator.endpoint()).orElseThrow();
		time.pass(Duration.ofHours(6).minusSeconds(20));
		assertThat(session.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		session.close();
		assertThat(this.simulator.tokenRequests()).isEqualTo(2);
		assertThat(store.load(this.simulator.endpoint())).isPresent().get().isNotEqualTo(old);
	}

	@Test
	void jvmThatIsStoppedDuringARequestBeginsNoOutage() throws Exception {
		MovableTime time = new MovableTime();
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				TestSession session = TestSession.of(URI.create("http://127.0.0.1:" + server.getLocalPort()))
					.expected(Expectation.HARDWARE)
					.time(time.source())
					.build()) {
			Thread service = new Thread(() -> {
				try {
					Socket connection = server.accept();
					time.pass(Duration.ofHours(1));
					connection.close();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			service.start();
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> session.get("meta-data/mac"));
			service.join();
			assertThat(session.session().outage()).isEmpty();
		}
	}

	@Test
	void jvmThatIsStoppedBetweenRequestsBeginsNoOutage() {
		MovableTime time = new MovableTime();
		ImdsTokenStore store = new SlowStore(time, Duration.ofHours(1));
		try (TestSession session = TestSession.of(URI.create("http://127.0.0.1:1"))
			.expected(Expectation.HARDWARE)
			.tokenStore(store)
			.time(time.source())
			.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> session.get("meta-data/mac"));
			assertThat(session.session().outage()).isEmpty();
		}
	}

	@Test
	void tokenStoreThatTakesAllTheTimeOfACallIsNotTakenForAnOutage() {
		MovableTime time = new MovableTime();
		SlowStore store = new SlowStore(time, TestSession.LONG.plusMillis(10));
		try (TestSession session = TestSession.of(this.simulator.endpoint())
			.tokenStore(store)
			.time(time.source())
			.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> session.get("meta-data/mac"))
				.withMessageContaining("token store");
			assertThat(session.session().outage()).isEmpty();
			assertThat(this.simulator.tokenRequests()).isZero();
		}
	}

	private record SlowStore(MovableTime time, Duration duration) implements ImdsTokenStore {

		@Override
		public Optional<ImdsToken> load(URI endpoint) {
			this.time.pass(this.duration);
			return Optional.empty();
		}

		@Override
		public void save(URI endpoint, ImdsToken token) {
			// No token is issued
		}

		@Override
		public void remove(URI endpoint, ImdsToken token) {
			// No token is rejected
		}

	}

	private static final class MovableTime {

		private volatile Duration passed = Duration.ZERO;

		TimeSource source() {
			return new TimeSource(() -> Instant.now().plus(this.passed),
					() -> System.nanoTime() + this.passed.toNanos());
		}

		void pass(Duration duration) {
			this.passed = this.passed.plus(duration);
		}

	}

}
