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

package io.github.imds.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the table of limits in {@code docs/resilience.md}: the client accepts a
 * response at a limit, and rejects one beyond it.
 */
class LimitsTests {

	private static final Map<String, Integer> UNITS = Map.of("KiB", 1024, "MiB", 1024 * 1024);

	private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:,\\d{3})*)(?: (KiB|MiB))?");

	private static final List<List<String>> ROWS = Tables.rows("resilience.md", "part of a response", "limit");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void linesOfHeads() {
		int limit = limit("line of a head, or of a chunk");
		assertLimit(limit,
				(length) -> "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nX: " + "x".repeat(length - 4) + "\r\n\r\nv");
	}

	@Test
	void linesOfChunks() {
		int limit = limit("line of a head, or of a chunk");
		assertLimit(limit, (length) -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"
				+ "x".repeat(length - 3) + "\r\nv\r\n0\r\n\r\n");
	}

	@Test
	void headerFields() {
		assertLimit(limit("header fields"),
				(count) -> "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n" + "X: x\r\n".repeat(count - 1) + "\r\nv");
	}

	@Test
	void interimResponses() {
		assertLimit(limit("interim responses (`1xx`)"), (count) -> "HTTP/1.1 100 Continue\r\n\r\n".repeat(count)
				+ "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nv");
	}

	@Test
	void body() {
		assertLimit(limit("body, unless read as a stream"),
				(length) -> "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "v".repeat(length));
	}

	@Test
	void levelsOfTrees() {
		int limit = limits("tree").get(0);
		String deepest = "meta-data/" + "d/".repeat(limit - 2);
		this.simulator.put(deepest + "v", "value");
		assertThat(tree()).contains("value");
		this.simulator.put(deepest + "d/v", "value");
		assertThatExceptionOfType(ImdsException.class).isThrownBy(this::tree)
			.withMessageContaining("more than " + limit + " levels");
	}

	@Test
	void entriesOfTrees() {
		int limit = limits("tree").get(1);
		this.simulator.wireMock()
			.addStubMapping(WireMock.get("/latest/meta-data/")
				.willReturn(WireMock
					.ok(String.join("\n", IntStream.rangeClosed(0, limit).mapToObj((i) -> "v" + i).toList())))
				.build());
		assertThatExceptionOfType(ImdsException.class).isThrownBy(this::tree)
			.withMessageContaining("more than " + limit + " entries");
	}

	@Test
	void sizeOfTrees() {
		int limit = limits("tree").get(2);
		int part = limit("body, unless read as a stream");
		for (int i = 0; i <= limit / part; i++) {
			this.simulator.put("meta-data/large/" + i, "v".repeat(part));
		}
		assertThatExceptionOfType(ImdsException.class).isThrownBy(this::tree)
			.withMessageContaining("more than " + limit + " bytes");
	}

	private String tree() {
		try (ImdsClient client = ImdsClient.builder().endpoints(this.simulator.endpoint()).build()) {
			return client.tree("meta-data").toString();
		}
	}

	private static void assertLimit(int limit, Response response) {
		try (Service service = new Service(response.of(limit)); ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).hasValueSatisfying((value) -> assertThat(value).startsWith("v"));
		}
		try (Service service = new Service(response.of(limit + 1)); ImdsClient client = service.client().build()) {
			assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> client.get("meta-data/mac"));
		}
	}

	private static int limit(String part) {
		return limits(part).get(0);
	}

	private static List<Integer> limits(String part) {
		List<String> row = ROWS.stream()
			.filter((cells) -> cells.get(0).equals(part))
			.findFirst()
			.orElseThrow(() -> new AssertionError("The page does not list: " + part));
		return AMOUNT.matcher(row.get(1)).results().map(LimitsTests::number).toList();
	}

	private static int number(MatchResult amount) {
		return Integer.parseInt(amount.group(1).replace(",", ""))
				* UNITS.getOrDefault((amount.group(2) != null) ? amount.group(2) : "", 1);
	}

	/**
	 * Response whose size can be chosen.
	 */
	private interface Response {

		String of(int size);

	}

	/**
	 * Metadata service with the same response to every request for a value.
	 */
	private static final class Service implements AutoCloseable {

		private static final String TOKEN = "HTTP/1.1 200 OK\r\nX-aws-ec2-metadata-token-ttl-seconds: 21600\r\n"
				+ "Content-Length: 5\r\n\r\ntoken";

		private final ServerSocket server;

		private final String response;

		Service(String response) {
			this.response = response;
			try {
				this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			Thread thread = new Thread(this::serve, "limits");
			thread.setDaemon(true);
			thread.start();
		}

		ImdsClientBuilder client() {
			return ImdsClient.builder()
				.endpoints(URI.create("http://127.0.0.1:" + this.server.getLocalPort()))
				.maxAttempts(1);
		}

		private void serve() {
			while (!this.server.isClosed()) {
				try (Socket connection = this.server.accept()) {
					answer(connection);
				}
				catch (IOException ex) {
					// The client rejected the response, or the test has ended
				}
			}
		}

		private void answer(Socket connection) throws IOException {
			BufferedReader request = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			String line = request.readLine();
			boolean token = line != null && line.startsWith("PUT");
			while (line != null && !line.isEmpty()) {
				line = request.readLine();
			}
			OutputStream output = connection.getOutputStream();
			output.write((token ? TOKEN : this.response).getBytes(StandardCharsets.ISO_8859_1));
			output.flush();
		}

		@Override
		public void close() {
			try {
				this.server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
