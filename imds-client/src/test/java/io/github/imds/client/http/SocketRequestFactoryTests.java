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

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PasswordAuthentication;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;

import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SocketRequestFactory}. The timeout of a test is far beyond that of a
 * call, and ends a test that would hang.
 */
@Timeout(60)
class SocketRequestFactoryTests {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

	private ScriptedServer server = ScriptedServer.answering("");

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void requestHasHostAndIsNotKept() throws IOException {
		serve("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
		ClientHttpRequest request = request(HttpMethod.GET, "/latest/meta-data/instance-id", Duration.ofSeconds(30));
		request.getHeaders().set("X-aws-ec2-metadata-token", "token");
		try (ClientHttpResponse response = request.execute()) {
			assertThat(response.getStatusCode().value()).isEqualTo(200);
			assertThat(response.getStatusText()).isEqualTo("OK");
			assertThat(body(response)).isEqualTo("ok");
		}
		assertThat(this.server.requests()).singleElement()
			.isEqualTo("GET /latest/meta-data/instance-id HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
				.formatted(this.server.uri().getAuthority()) + "X-aws-ec2-metadata-token: token\r\n\r\n");
	}

	@Test
	void emptyPutSaysThatItIsEmpty() throws IOException {
		serve("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntoken");
		try (ClientHttpResponse response = request(HttpMethod.PUT, "/latest/api/token", Duration.ofSeconds(30))
			.execute()) {
			assertThat(body(response)).isEqualTo("token");
		}
		assertThat(this.server.requests()).singleElement()
			.asString()
			.startsWith("PUT /latest/api/token HTTP/1.1\r\n")
			.contains("Content-Length: 0\r\n")
			.doesNotContain("Transfer-Encoding");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nX-Injected: 1", "a\nb", "a\u0000b", "\u00e9" })
	void headerValueCannotAddALine(String value) {
		ClientHttpRequest request = request(HttpMethod.GET, "/", Duration.ofSeconds(30));
		request.getHeaders().set("X-aws-ec2-metadata-token", value);
		assertThatIllegalArgumentException().isThrownBy(request::execute);
		assertThat(this.server.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nvalueand more",
			"HTTP/1.0 200 OK\r\n\r\nvalue", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nvalue",
			"HTTP/1.1 200 \r\ncontent-length:5\r\n\r\nvalue", "HTTP/1.1 200 OK\nContent-Length: 5\n\nvalue",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nContent-Length: \t 5 \t,,05,\r\nContent-Length:\r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nContent-Length: 00000000000000000000000000000000000005\r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: ,chunked,\r\n\r\n5\r\nvalue\r\n0\r\n\r\n",
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nvalue\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;a=b\r\nva\r\n003 ;c=\"d\"\r\nlue\r\n0;e\r\nTrailer: x\r\nOther: y\r\n\r\n",
			"HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 5\r\n\r\nvalue" })
	void validAnswerIsRead(String answer) throws IOException {
		serve(answer);
		try (ClientHttpResponse response = get()) {
			assertThat(response.getStatusCode().value()).isEqualTo(200);
			assertThat(body(response)).isEqualTo("value");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
					"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
					"HTTP/1.1 204 No Content\r\nTransfer-Encoding: gzip\r\n\r\n",
					"HTTP/1.1 304 Not Modified\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
					"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
					"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n" })
	void answerWithoutBodyIsEmpty(String answer) throws IOException {
		serve(answer);
		try (ClientHttpResponse response = get()) {
			assertThat(body(response)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 20", "SSH-2.0-OpenSSH_9.2\r\n\r\n",
			"HTTP/2 200\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 099 Low\r\n\r\n",
			"HTTP/1.1 101 Switching Protocols\r\n\r\n", "<html></html>\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999999999999\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nContent-Length: \"1\"\r\n\r\nx", "HTTP/1.1 200 OK\r\nContent-Length: 1 1\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nContent-Length: 1\u000b\r\n\r\nx", "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nxx",
			"HTTP/1.1 200 OK\r\nContent-Length: 1;\r\n\r\nx", "HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nContent-Length: ,\r\n\r\nx", "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nx",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: \"chunked\"\r\n\r\n1\r\nx\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
			"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: \r\n\r\nx", "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
			"HTTP/1.1 200 OK\r\n: empty\r\n\r\n", "HTTP/1.1 200 OK\r\nSpaced : name\r\n\r\n",
			"HTTP/1.1 200 OK\r\n folded\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n",
			"HTTP/1.1 200 OK\r\nA: b\u0000\r\n\r\n" })
	void invalidHeadIsAnIoException(String answer) {
		serve(answer);
		assertThatIOException().isThrownBy(this::get);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nvalue",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nval",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nvalue\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nvalueX\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\u000b\r\nx\r\n0\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\u0661\r\nx" })
	void invalidOrTruncatedBodyIsAnIoException(String answer) {
		serve(answer);
		assertThatIOException().isThrownBy(() -> {
			try (ClientHttpResponse response = get()) {
				body(response);
			}
		}).isInstanceOfAny(EOFException.class, ProtocolException.class);
	}

	@Test
	void interimAnswersAreLimited() {
		serve("HTTP/1.1 100 Continue\r\n\r\n".repeat(20_000));
		assertThatIOException().isThrownBy(this::get).withMessageContaining("interim");
	}

	@Test
	void headIsLimited() {
		serve("HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000) + "\r\n\r\n");
		assertThatIOException().isThrownBy(this::get).withMessageContaining("a line of more than");
		serve("HTTP/1.1 200 OK\r\n" + "X: x\r\n".repeat(200) + "\r\n");
		assertThatIOException().isThrownBy(this::get).withMessageContaining("more than 100 fields");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0;%s\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: %s\r\n\r\n" })
	void chunkLinesAndTrailersAreLimited(String answer) {
		serve(answer.formatted("0".repeat(20_000)));
		assertThatIOException().isThrownBy(() -> {
			try (ClientHttpResponse response = get()) {
				body(response);
			}
		}).withMessageContaining("a line of more than");
	}

	@ParameterizedTest
	@ValueSource(strings = { "|H", "HTTP/1.1 200 OK\r\nX: |x", "HTTP/1.1 200 OK\r\n|A: b\r\n",
			"|HTTP/1.1 100 Continue\r\n\r\n" })
	void headThatTricklesEndsWithTheCall(String answer) {
		String[] parts = answer.split("\\|");
		replaceServer(ScriptedServer.trickling(parts[0], parts[1], 100));
		assertThatIOException().isThrownBy(() -> request(HttpMethod.GET, "/", Duration.ofMillis(400)).execute())
			.isNotInstanceOfAny(EOFException.class, ProtocolException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\n\r\n|x", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n|x",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|0",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;|e",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|1\r\nx\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n|T: x\r\n" })
	void bodyThatTricklesEndsWithTheCall(String answer) {
		String[] parts = answer.split("\\|");
		replaceServer(ScriptedServer.trickling(parts[0], parts[1], 100));
		assertThatIOException().isThrownBy(() -> {
			try (ClientHttpResponse response = request(HttpMethod.GET, "/", Duration.ofMillis(400)).execute()) {
				body(response);
			}
		}).isNotInstanceOfAny(EOFException.class, ProtocolException.class);
	}

	@Test
	void tlsHandshakeThatTricklesEndsWithTheCall() {
		// A record of a handshake of which a byte comes at a time. The client hello is no
		// head of a request, so the server sends at once
		replaceServer(ScriptedServer.sending("\u0016\u0003\u0003?\u0000", "\u0002", 50));
		URI uri = URI.create("https://127.0.0.1:" + this.server.uri().getPort());
		assertThatIOException()
			.isThrownBy(() -> request(uri, HttpMethod.GET, READ_TIMEOUT, Duration.ofMillis(400)).execute())
			.withStackTraceContaining("SocketTimeoutException");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "%251", "%1" })
	void zoneOfAnAddressIsForThisMachineOnly(String zone) throws IOException {
		InetAddress loopback = InetAddress.getByName("::1");
		Assumptions.assumeThat(NetworkInterface.getByInetAddress(loopback))
			.matches((network) -> network != null && network.getIndex() == 1);
		replaceServer(ScriptedServer.at(ServerSocketFactory.getDefault(), loopback, (output) -> output
			.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nvalue".getBytes(StandardCharsets.US_ASCII))));
		URI uri = URI.create("http://[::1%s]:%d/".formatted(zone, this.server.port()));
		try (ClientHttpResponse response = request(uri, HttpMethod.GET, READ_TIMEOUT, Duration.ofSeconds(30))
			.execute()) {
			assertThat(body(response)).isEqualTo("value");
		}
		assertThat(this.server.requests()).singleElement()
			.asString()
			.contains("Host: [::1]:%d\r\n".formatted(this.server.port()));
	}

	@Test
	void silenceEndsWithTheReadTimeout() {
		replaceServer(ScriptedServer.running((output) -> Thread.sleep(60_000)));
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> request(this.server.uri(), HttpMethod.GET, Duration.ofMillis(200), Duration.ofSeconds(50))
				.execute());
	}

	@Test
	void streamThatOutlivesItsCallIsReadToTheEnd() throws IOException {
		CountDownLatch callIsOver = new CountDownLatch(1);
		replaceServer(ScriptedServer.running((output) -> {
			output.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nv".getBytes(StandardCharsets.US_ASCII));
			callIsOver.await();
			output.write("alue".getBytes(StandardCharsets.US_ASCII));
		}));
		ClientHttpRequest request = request(HttpMethod.GET, "/", Duration.ofSeconds(30));
		try (ClientHttpResponse response = request.execute()) {
			((BodyInputStream) response.getBody()).outliveCall();
			((Deadline) request.getAttributes().get(SocketRequestFactory.DEADLINE)).expire();
			callIsOver.countDown();
			assertThat(body(response)).isEqualTo("value");
		}
	}

	@Test
	void restOfALineThatCameTooLateIsNotTakenForALine() throws IOException {
		CountDownLatch late = new CountDownLatch(1);
		replaceServer(ScriptedServer.running((output) -> {
			output.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nvalue\r\n10"
				.getBytes(StandardCharsets.US_ASCII));
			late.await();
			output.write("\r\n0\r\n\r\nand more...\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		}));
		try (ClientHttpResponse response = request(this.server.uri(), HttpMethod.GET, Duration.ofMillis(500),
				Duration.ofSeconds(30))
			.execute()) {
			InputStream body = response.getBody();
			assertThat(body.readNBytes(5)).asString().isEqualTo("value");
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(body::read);
			late.countDown();
			assertThatIOException().isThrownBy(body::read).withMessageContaining("invalid chunk");
		}
	}

	@Test
	void refusedConnectionIsNotATimeout() throws IOException {
		try (Socket refusing = new Socket()) {
			// Bound, so that no other process gets the port, but nobody listens on it
			refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			URI uri = URI.create("http://127.0.0.1:" + refusing.getLocalPort());
			assertThatExceptionOfType(ConnectFailedException.class)
				.isThrownBy(() -> request(uri, HttpMethod.GET, READ_TIMEOUT, Duration.ofSeconds(30)).execute())
				.matches((ex) -> !ex.isTimeout());
		}
	}

	@Test
	@ResourceLock("the settings of the JVM")
	void jvmWideSettingsTakeNoPart() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		ProxySelector selector = ProxySelector.getDefault();
		CookieHandler cookies = CookieHandler.getDefault();
		ProxySelector.setDefault(new ProxySelector() {

			@Override
			public List<Proxy> select(URI uri) {
				asked.incrementAndGet();
				return List.of(Proxy.NO_PROXY);
			}

			@Override
			public void connectFailed(URI uri, SocketAddress address, IOException failure) {
				// Not asked
			}

		});
		Authenticator.setDefault(new Authenticator() {

			@Override
			protected PasswordAuthentication getPasswordAuthentication() {
				asked.incrementAndGet();
				return new PasswordAuthentication("user", "secret".toCharArray());
			}

		});
		CookieHandler.setDefault(new CookieManager());
		try {
			serve("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
			for (int i = 0; i < 2; i++) {
				try (ClientHttpResponse response = get()) {
					assertThat(response.getStatusCode().value()).isEqualTo(401);
				}
			}
			assertThat(asked).hasValue(0);
			assertThat(this.server.requests()).hasSize(2)
				.noneMatch((request) -> request.contains("Authorization") || request.contains("Cookie"));
		}
		finally {
			ProxySelector.setDefault(selector);
			Authenticator.setDefault(null);
			CookieHandler.setDefault(cookies);
		}
	}

	private void serve(String answer) {
		replaceServer(ScriptedServer.answering(answer));
	}

	private void replaceServer(ScriptedServer server) {
		this.server.close();
		this.server = server;
	}

	private ClientHttpResponse get() throws IOException {
		return request(HttpMethod.GET, "/", Duration.ofSeconds(30)).execute();
	}

	private ClientHttpRequest request(HttpMethod method, String path, Duration timeout) {
		return request(this.server.uri().resolve(path), method, READ_TIMEOUT, timeout);
	}

	private static ClientHttpRequest request(URI uri, HttpMethod method, Duration readTimeout, Duration timeout) {
		ClientHttpRequest request = new SocketRequestFactory(new Connector(Duration.ofSeconds(10), readTimeout))
			.createRequest(uri, method);
		request.getAttributes().put(SocketRequestFactory.DEADLINE, Deadline.after(timeout));
		return request;
	}

	private static String body(ClientHttpResponse response) throws IOException {
		try (InputStream body = response.getBody()) {
			return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

}
