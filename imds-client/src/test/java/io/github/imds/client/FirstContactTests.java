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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for a client whose service comes late, throttles, or is something else.
 */
@Timeout(60)
class FirstContactTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final String TOKEN = "PUT /latest/api/token";

	private static final String INSTANCE_ID = "GET /latest/meta-data/instance-id";

	private static final String MAC = "GET /latest/meta-data/mac";

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "Elsewhere a server cannot listen on a port that another reserves")
	void serviceThatStartsAfterTheApplicationIsReached() throws Exception {
		try (Socket reserved = refusing()) {
			CompletableFuture<ImdsSimulator> late = CompletableFuture.supplyAsync(
					() -> ImdsSimulator.builder().port(reserved.getLocalPort()).start(),
					CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
			try (ImdsClient client = client(reserved).maxAttempts(1000).timeout(Duration.ofSeconds(30)).build()) {
				assertThat(client.get("meta-data/mac")).isPresent();
			}
			finally {
				late.get().close();
			}
		}
	}

	@Test
	void refusedConnectionEndsTheCallAtOnceWhereNothingIsKnown() throws IOException {
		CountingListener listener = new CountingListener();
		ImdsDetection unknown = new ImdsDetection(Result.UNKNOWN, "test");
		try (Socket refusing = refusing();
				ImdsClient client = new DefaultImdsClient(unknown, Optional.empty(),
						client(refusing).listener(listener).settings(unknown), 1)) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
		}
		assertThat(listener.retries()).isZero();
	}

	@Test
	void refusedConnectionIsRepeatedWhereTheEndpointIsExplicit() throws IOException {
		CountingListener listener = new CountingListener();
		try (Socket refusing = refusing(); ImdsClient client = client(refusing).listener(listener).build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withCauseInstanceOf(ImdsUnavailableException.class);
		}
		assertThat(listener.retries()).isEqualTo(2);
	}

	@Test
	void firstConnectionThatIsDroppedIsMadeAgain() {
		AtomicInteger count = new AtomicInteger();
		try (RawService service = RawService.start((request, connection) -> {
			if (count.getAndIncrement() == 0) {
				RawService.reset(connection);
			}
			else {
				RawService.send(connection, RawService.ok("value"));
			}
		}); ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("value");
		}
	}

	@Test
	void tokenThatIsRejectedAtFirstIsAskedForAgain() {
		AtomicInteger count = new AtomicInteger();
		try (RawService service = RawService.startWithTokens((request,
				connection) -> RawService.send(connection, (count.getAndIncrement() < 3)
						? "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n" : RawService.ok("value")));
				ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("value");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "429 Too Many Requests", "503 Service Unavailable",
			"429 Too Many Requests\r\nRetry-After: 3600", "503 Service Unavailable\r\nRetry-After: soon" })
	void throttlingOfAMomentFailsNoRead(String status) throws Exception {
		AtomicLong first = new AtomicLong();
		try (RawService service = RawService.pooled(16, (request, connection) -> {
			first.compareAndSet(0, System.nanoTime());
			// Longer than a read that fails for another reason makes attempts
			boolean over = System.nanoTime() - first.get() > Duration.ofMillis(1500).toNanos();
			RawService.send(connection,
					over ? RawService.ok("value") : "HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n".formatted(status));
		}); ImdsClient client = service.client().timeout(Duration.ofSeconds(30)).build()) {
			assertThat(ConcurrentCalls.make(40, () -> client.get("meta-data/mac"))).hasSize(40)
				.containsOnly(Optional.of("value"));
		}
	}

	@Test
	void lastingThrottlingIsWaitedForOnceByAll() {
		try (RawService service = RawService.startWithTokens((request, connection) -> RawService.send(connection,
				"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n"));
				ImdsClient client = service.client().timeout(Duration.ofSeconds(1)).build()) {
			ImdsException failure;
			do {
				failure = catchThrowableOfType(ImdsException.class, () -> client.get("meta-data/first"));
			}
			// The time of a call can end while its last attempt waits for the answer
			while (failure instanceof ImdsUnavailableException);
			assertThat(failure).isInstanceOf(ImdsResponseException.class);
			service.requests().clear();
			for (int i = 0; i < 20; i++) {
				String path = "meta-data/" + i;
				assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.get(path));
			}
			assertThat(service.requests()).hasSize(20);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.0 501 Unsupported method ('PUT')\r\n\r\n<html>", "HTTP/1.1 505 HTTP Version Not Supported\r\n\r\n",
			"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 200 OK\r\n\r\n<html> <body>Welcome</body> </html>", "SSH-2.0-OpenSSH_9.6\r\n" })
	void somethingThatIsNotTheServiceIsRemembered(String answer) {
		try (RawService service = RawService.start((request, connection) -> {
			RawService.send(connection, answer);
			connection.close();
		}); ImdsClient client = service.client().build()) {
			for (int i = 0; i < 15; i++) {
				String path = "meta-data/" + i;
				assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> client.get(path));
			}
			assertThat(client.isAvailable()).isFalse();
			assertThat(service.requests()).containsExactly(TOKEN);
		}
	}

	@Test
	void serverThatAnswersEverythingWithAHugePageIsRemembered() {
		String page = "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2_000_000);
		try (RawService service = RawService.start((request, connection) -> RawService.send(connection, page));
				ImdsClient client = service.client().build()) {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.get("meta-data/mac"))
					.withMessageContaining("the response is not a token");
			}
			assertThat(service.requests()).containsExactly(TOKEN);
		}
		isRememberedAsSomethingElse((request, connection) -> RawService.send(connection,
				request.equals(TOKEN) ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntrue" : page));
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.0 200 OK\r\n\r\n<html></html>",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" })
	void serverThatAnswersEverythingWithTheSameTextIsRemembered(String answer) {
		isRememberedAsSomethingElse((request, connection) -> RawService.send(connection, answer));
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK", "302 Found", "400 Bad Request", "404 Not Found", "405 Method Not Allowed",
			"501 Not Implemented" })
	void serverThatAcceptsAnyPutIsRemembered(String status) {
		isRememberedAsSomethingElse((request, connection) -> RawService.send(connection,
				"HTTP/1.1 %s\r\nContent-Length: 4\r\n\r\ntrue".formatted(request.equals(TOKEN) ? "200 OK" : status)));
	}

	private static void isRememberedAsSomethingElse(RawService.Answer answer) {
		try (RawService service = RawService.start((request, connection) -> {
			answer.write(request, connection);
			connection.close();
		}); ImdsClient client = service.client().build()) {
			for (int i = 0; i < 15; i++) {
				String path = "meta-data/" + i;
				assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.get(path))
					.withMessageContaining("Is it the metadata service?");
			}
			assertThat(client.isAvailable()).isFalse();
			assertThat(service.requests()).containsExactly(TOKEN, INSTANCE_ID);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK", "403 Forbidden", "503 Slow Down" })
	void tokenWithoutTimeToLiveIsUsedUnlessTheInstanceIdIsImplausible(String status) {
		try (RawService service = RawService.start((request, connection) -> RawService.send(connection,
				"HTTP/1.1 %s\r\nContent-Length: 4\r\n\r\ni-12"
					.formatted(request.equals(INSTANCE_ID) ? status : "200 OK")));
				ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("i-12");
			assertThat(client.get("meta-data/mac")).contains("i-12");
			assertThat(service.requests()).containsExactly(TOKEN, INSTANCE_ID, MAC, MAC);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { TOKEN, MAC })
	void answerThatIsResetAfterItsHeadIsAskedForAgain(String reset) {
		AtomicInteger count = new AtomicInteger();
		try (RawService service = RawService.start((request, connection) -> {
			if (request.equals(reset) && count.getAndIncrement() == 0) {
				RawService.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
				RawService.reset(connection);
			}
			else {
				RawService.send(connection, RawService.ok("value"));
			}
		}); ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("value");
			assertThat(service.requests()).hasSize(3);
		}
	}

	@Test
	void serverThatAnswersEverythingWithAPageIsNotAvailable() {
		try (RawService service = RawService
			.start((request, connection) -> RawService.send(connection, RawService.ok("<html></html>")));
				ImdsClient client = service.client().build()) {
			assertThat(client.isAvailable()).isFalse();
		}
		try (ImdsSimulator simulator = ImdsSimulator.start();
				ImdsClient client = ImdsClient.builder().endpoints(simulator.endpoint()).build()) {
			assertThat(client.isAvailable()).isTrue();
			assertThat(simulator.requests()).containsExactly(TOKEN, "GET /latest/meta-data/instance-id");
		}
	}

	@Test
	void missingValueIsNotAnOutage() {
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			if (!request.endsWith("/slow")) {
				RawService.send(connection, RawService.ok("value"));
			}
		}); ImdsClient client = service.client().readTimeout(Duration.ofSeconds(1)).timeout(LONG).build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/slow"));
			assertThat(client.status().failure()).isPresent();
			assertThat(client.get("meta-data/mac")).contains("value");
			assertThat(client.status().failure()).isEmpty();
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void interruptOfAVirtualThreadFailsItsCallOnly() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawService service = RawService.start((request, connection) -> {
			if (asked.getCount() > 0) {
				asked.countDown();
			}
			else {
				RawService.send(connection, RawService.ok("value"));
			}
		}); ImdsClient client = service.client().readTimeout(LONG).timeout(LONG).build()) {
			AtomicReference<Throwable> failure = new AtomicReference<>();
			Thread thread = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class)
				.invoke(null, (Runnable) () -> {
					try {
						client.get("meta-data/mac");
					}
					catch (ImdsException ex) {
						failure.set(ex);
					}
				});
			asked.await();
			thread.interrupt();
			thread.join();
			assertThat(failure.get()).isInstanceOf(ImdsUnavailableException.class).hasMessageContaining("Interrupted");
			assertThat(client.status().failure()).isEmpty();
			assertThat(client.get("meta-data/mac")).contains("value");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "0", "99999999999999999999", "9223372036854775807", "soon", "" })
	void timeToLiveThatMakesNoSenseIsIgnored(String timeToLive) {
		try (RawService service = RawService.start((request, connection) -> RawService.send(connection,
				"HTTP/1.1 200 OK\r\nX-aws-ec2-metadata-token-ttl-seconds: %s\r\nContent-Length: 5\r\n\r\nvalue"
					.formatted(timeToLive)));
				ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("value");
		}
	}

	@Test
	void closingDoesNotWaitForARenewalThatTrickles() throws IOException {
		List<Thread> renewals = new ArrayList<>();
		AtomicInteger tokens = new AtomicInteger();
		CountDownLatch renewing = new CountDownLatch(1);
		try (RawService service = RawService.start((request, connection) -> {
			if (!request.equals(TOKEN) || tokens.getAndIncrement() == 0) {
				RawService.send(connection, "HTTP/1.1 200 OK\r\nX-aws-ec2-metadata-token-ttl-seconds: 4\r\n"
						+ "Content-Length: 5\r\n\r\nvalue");
				return;
			}
			RawService.send(connection, "HTTP/1.1 200 OK\r\nX: ");
			renewing.countDown();
			while (true) {
				RawService.send(connection, "x");
				sleep();
			}
		})) {
			ImdsClient client = service.client().readTimeout(LONG).build();
			while (renewing.getCount() > 0) {
				client.get("meta-data/mac");
				sleep();
			}
			Thread.getAllStackTraces().keySet().stream().filter(FirstContactTests::isRenewal).forEach(renewals::add);
			client.close();
			assertThat(Thread.getAllStackTraces().keySet()).noneMatch(renewals::contains);
		}
	}

	private static boolean isRenewal(Thread thread) {
		return thread.getName().equals("imds-token-renewal");
	}

	private static void sleep() throws IOException {
		try {
			Thread.sleep(10);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private static ImdsClientBuilder client(Socket refusing) {
		return ImdsClient.builder().endpoints(URI.create("http://127.0.0.1:" + refusing.getLocalPort()));
	}

	/**
	 * Reserve a port that refuses connections: it is bound, so that no other process gets
	 * it, but nobody listens on it.
	 */
	private static Socket refusing() throws IOException {
		Socket socket = new Socket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return socket;
	}

}
