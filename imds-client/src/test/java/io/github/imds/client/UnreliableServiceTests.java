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
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.http.Deadline;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for what an {@link ImdsClient} makes of a service that loses, breaks, delays or
 * forges its answers: a correct value or a clear error, and no wait without end.
 */
@Timeout(60)
class UnreliableServiceTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Duration SHORT = Duration.ofMillis(500);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final String TOKEN = "PUT /latest/api/token";

	private static final String MAC = "GET /latest/meta-data/mac";

	@Test
	void survivesThatAThirdOfAllAnswersIsLost() {
		Random random = new Random(42);
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			if (random.nextInt(3) > 0) {
				RawService.send(connection, RawService.ok(request));
			}
		}); ImdsClient client = service.client().readTimeout(SHORT).timeout(LONG).maxAttempts(20).build()) {
			for (int i = 0; i < 20; i++) {
				assertThat(client.get("meta-data/" + i)).contains("GET /latest/meta-data/" + i);
			}
			assertThat(service.requests()).hasSizeGreaterThan(21);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void anAnswerThatComesAfterFiveSecondsOfThrottlingIsWaitedForIfThereIsTime(int status) {
		AtomicLong firstRequest = new AtomicLong();
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			firstRequest.compareAndSet(0, System.nanoTime());
			boolean over = System.nanoTime() - firstRequest.get() > Duration.ofSeconds(5).toNanos();
			RawService.send(connection, over ? RawService.ok("value") : throttled(status));
		}); ImdsClient client = service.client().timeout(LONG).maxAttempts(1000).build()) {
			assertThat(client.get("meta-data/mac")).contains("value");
		}
	}

	@ParameterizedTest
	@CsvSource({ "429,token", "503,token", "429,value", "503,value" })
	void throttlingIsAClearErrorAndItsEndIsNoticedAtOnce(int status, String what) {
		AtomicInteger failures = new AtomicInteger(3);
		String throttled = what.equals("token") ? TOKEN : MAC;
		try (RawService service = RawService.start((request, connection) -> RawService.send(connection,
				(request.equals(throttled) && failures.getAndDecrement() > 0) ? throttled(status)
						: RawService.ok("value")));
				ImdsClient client = service.client().retryMaxDelay(Duration.ZERO).build()) {
			assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageContaining("status " + status + "; it throttles or is overloaded");
			assertThat(client.get("meta-data/mac")).contains("value");
			assertThat(service.requests().stream().filter(throttled::equals)).hasSize(4);
		}
	}

	@Test
	void slowThrottlingAtTheEndOfACallIsReportedAsThrottling() {
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			pause(650);
			RawService.send(connection, throttled(503));
		}); ImdsClient client = service.client().readTimeout(LONG).timeout(Duration.ofSeconds(2)).build()) {
			assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageContaining("throttles");
		}
	}

	@Test
	void aConnectionThatIsResetInTheMiddleOfABodyIsAskedAgain() {
		AtomicInteger count = new AtomicInteger();
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			if (count.getAndIncrement() == 0) {
				RawService.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf ");
				RawService.reset(connection);
			}
			else {
				RawService.send(connection, RawService.ok("the value!"));
			}
		}); ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("the value!");
			assertThat(service.requests()).containsExactly(TOKEN, MAC, MAC);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/2 200 OK\r\n\r\n",
			"HTTP/1.1 2 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfour",
			"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfour",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nlonger\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nvalue\r\n" })
	void incompleteAnswerIsAClearError(String answer) {
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			RawService.send(connection, answer);
			connection.close();
		}); ImdsClient client = service.client().retryMaxDelay(Duration.ZERO).build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageMatching("Cannot read 'meta-data/mac'( from http://127.0.0.1:\\d+)?: (?!no connection).*");
			assertThat(service.requests()).startsWith(TOKEN, MAC, MAC, MAC).containsOnly(TOKEN, MAC);
		}
	}

	@Test
	void invalidAnswerToTheTokenRequestIsAClearError() {
		try (RawService service = RawService.start((request, connection) -> {
			RawService.send(connection, "220 mail.example ESMTP\r\n");
			connection.close();
		}); ImdsClient client = service.client().build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessage("No session token from %s: The answer is not HTTP", service.endpoint());
			assertThat(service.requests()).containsExactly(TOKEN);
		}
	}

	@ParameterizedTest
	@CsvSource({ "'',x,is not HTTP", "'HTTP/1.1 200 OK\r\nX: ',x,too big", "'HTTP/1.1 200 OK\r\n','X: y\r\n',too big" })
	void aHeadWithoutEndIsCutOff(String beginning, String rest, String problem) {
		AtomicInteger sent = new AtomicInteger();
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			RawService.send(connection, beginning);
			while (sent.incrementAndGet() < 1_000_000) {
				RawService.send(connection, rest.repeat(100));
			}
		}); ImdsClient client = service.client().readTimeout(LONG).timeout(LONG).maxAttempts(1).build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageContaining(problem);
			assertThat(sent).hasValueLessThan(1_000_000);
		}
	}

	@Test
	void aLengthThatIsTooLongIsAnErrorAlsoIfTheConnectionStaysOpen() {
		try (RawService service = RawService.startWithTokens((request, connection) -> RawService.send(connection,
				"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort"));
				ImdsClient client = service.client().readTimeout(SHORT).maxAttempts(1).build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessage("Cannot read 'meta-data/mac': Read timed out");
		}
	}

	@Test
	void bytesBeyondTheAnnouncedLengthAreIgnored() {
		try (RawService service = RawService.startWithTokens((request, connection) -> RawService.send(connection,
				"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nvalueHTTP/1.1 200 OK\r\n\r\n"));
				ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("value");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.0 200 OK\r\n\r\nvalue", "HTTP/1.1 200\r\n\r\nvalue", "HTTP/1.1 200 OK\n\nvalue",
			"HTTP/1.1 200 OK\r\ncontent-length:5 \r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nvalue",
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nva\r\n03;x=y\r\nlue\r\n0\r\nX: y\r\n\r\n" })
	void readsAnswersOfEveryShape(String answer) throws IOException {
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			RawService.send(connection, answer);
			connection.close();
		}); ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains("value");
			try (InputStream stream = client.stream("user-data").orElseThrow()) {
				assertThat(stream.read()).isEqualTo('v');
				assertThat(stream.readAllBytes()).asString().isEqualTo("alue");
				assertThat(stream.read()).isEqualTo(-1);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
			"HTTP/1.1 200 OK\r\n\r\n" })
	void anAnswerThatTricklesEndsWithTheCall(String beginning) {
		InMemoryImdsTokenStore store = new InMemoryImdsTokenStore();
		try (RawService service = RawService.start((request, connection) -> trickle(connection, beginning));
				ImdsClient client = service.client()
					.readTimeout(LONG)
					.timeout(SECOND)
					.maxAttempts(1)
					.tokenStore(store)
					.build()) {
			store.save(service.endpoint(), new ImdsToken("token", Instant.now().plusSeconds(3600)));
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageEndingWith("The answer did not end in time");
			assertThat(service.requests()).containsExactly(MAC);
		}
	}

	@Test
	void aTokenThatTricklesEndsWithTheCallAndIsNotTakenForTheHopLimit() {
		try (RawService service = RawService
			.start((request, connection) -> trickle(connection, "HTTP/1.1 200 OK\r\nX: "));
				ImdsClient client = service.client().readTimeout(LONG).timeout(SECOND).maxAttempts(1).build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessage("No session token from %s: The answer did not end in time", service.endpoint());
		}
	}

	@Test
	void aTokenThatTricklesIsAnOutageHoweverLongTheCallMayTake() {
		try (RawService service = RawService
			.start((request, connection) -> trickle(connection, "HTTP/1.1 200 OK\r\nX: "));
				ImdsClient client = service.client()
					.connectTimeout(Duration.ofMillis(200))
					.readTimeout(Duration.ofMillis(200))
					.timeout(Duration.ofMillis(2500))
					.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withCauseInstanceOf(ImdsUnavailableException.class);
		}
	}

	@Test
	void aStreamMayGoOnLongerThanTheCall() throws IOException {
		CountDownLatch callIsOver = new CountDownLatch(1);
		try (RawService service = RawService.startWithTokens((request, connection) -> {
			RawService.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nv");
			await(callIsOver);
			RawService.send(connection, "alue");
		}); ImdsClient client = service.client().readTimeout(LONG).timeout(SECOND).build()) {
			try (InputStream stream = client.stream("user-data").orElseThrow()) {
				assertThat(stream.read()).isEqualTo('v');
				Deadline deadline = Deadline.after(SECOND);
				while (!deadline.hasPassed()) {
					pause(10);
				}
				callIsOver.countDown();
				assertThat(stream.readAllBytes()).asString().isEqualTo("alue");
			}
		}
	}

	@Test
	void aStreamThatIsSilentEndsWithTheReadTimeout() throws IOException {
		try (RawService service = RawService.startWithTokens((request, connection) -> RawService.send(connection,
				"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nval"));
				ImdsClient client = service.client().readTimeout(SHORT).timeout(LONG).build();
				InputStream stream = client.stream("user-data").orElseThrow()) {
			assertThatIOException().isThrownBy(stream::readAllBytes).withMessage("Read timed out");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void nothingIsSentWhereARedirectLeads(int status) {
		try (ImdsSimulator elsewhere = ImdsSimulator.start()) {
			String redirect = "HTTP/1.1 %d Moved\r\nLocation: %s/latest/meta-data/mac\r\nContent-Length: 0\r\n\r\n"
				.formatted(status, elsewhere.endpoint());
			try (RawService service = RawService
				.startWithTokens((request, connection) -> RawService.send(connection, redirect));
					ImdsClient client = service.client().build()) {
				assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.get("meta-data/mac"))
					.withMessageContaining("redirect, which is not followed");
				assertThat(service.requests()).containsExactly(TOKEN, MAC);
			}
			try (RawService service = RawService.start((request, connection) -> RawService.send(connection, redirect));
					ImdsClient client = service.client().build()) {
				assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> client.get("meta-data/mac"))
					.withMessageContaining("status " + status);
				assertThat(service.requests()).containsExactly(TOKEN);
			}
			assertThat(elsewhere.requests()).isEmpty();
		}
	}

	@Test
	void aProxyOfTheVirtualMachineIsNotAsked() {
		try (RawService proxy = RawService
			.start((request, connection) -> RawService.send(connection, RawService.ok("")));
				ImdsSimulator simulator = ImdsSimulator.start();
				ImdsClient client = ImdsClient.builder().endpoints(simulator.endpoint()).build()) {
			List<String> properties = List.of("http.proxy", "socksProxy");
			properties.forEach((name) -> {
				System.setProperty(name + "Host", "127.0.0.1");
				System.setProperty(name + "Port", Integer.toString(proxy.endpoint().getPort()));
			});
			System.setProperty("http.nonProxyHosts", "");
			try {
				assertThat(client.get("meta-data/mac")).isPresent();
			}
			finally {
				properties.forEach((name) -> {
					System.clearProperty(name + "Host");
					System.clearProperty(name + "Port");
				});
				System.clearProperty("http.nonProxyHosts");
			}
			assertThat(proxy.requests()).isEmpty();
		}
	}

	@Test
	void aServiceThatSpeaksNoTlsIsAClearError() {
		try (RawService service = RawService
			.start((request, connection) -> RawService.send(connection, RawService.ok("")));
				ImdsClient client = ImdsClient.builder()
					.endpoints(URI.create(service.endpoint().toString().replace("http:", "https:")))
					.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageStartingWith("No session token from https://127.0.0.1:");
		}
	}

	@Test
	void aServiceThatIsSilentInsteadOfSpeakingTlsEndsWithTheCall() {
		try (RawService service = RawService.start((request, connection) -> {
		});
				ImdsClient client = ImdsClient.builder()
					.endpoints(URI.create(service.endpoint().toString().replace("http:", "https:")))
					.readTimeout(LONG)
					.timeout(SECOND)
					.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageStartingWith("No session token from https://127.0.0.1:");
		}
	}

	private static String throttled(int status) {
		return "HTTP/1.1 %d Slow Down\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".formatted(status);
	}

	/**
	 * Send a byte at a time for as long as somebody reads them.
	 */
	private static void trickle(Socket connection, String beginning) throws IOException {
		RawService.send(connection, beginning);
		while (true) {
			pause(10);
			RawService.send(connection, "x");
		}
	}

	private static void await(CountDownLatch latch) throws IOException {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private static void pause(long millis) throws IOException {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

}
