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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A client that sends a given text unchanged, and considers a response complete only when
 * the server has closed the connection.
 */
final class RawHttp {

	static final String TOKEN_PATH = "/latest/api/token";

	static final String TTL = "X-aws-ec2-metadata-token-ttl-seconds";

	private static final int TIMEOUT_MILLIS = 10_000;

	private RawHttp() {
	}

	static Answer send(URI endpoint, String method, String target, String... headers) {
		StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: imds\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		request.append("Content-Length: 0\r\n\r\n");
		try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
			socket.setSoTimeout(TIMEOUT_MILLIS);
			socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
			return read(socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Answer issueToken(ImdsSimulator simulator, String... headers) {
		return send(simulator.endpoint(), "PUT", TOKEN_PATH, headers);
	}

	static String token(ImdsSimulator simulator) {
		return issueToken(simulator, TTL + ": 21600").text();
	}

	static Answer get(ImdsSimulator simulator, String target, String token) {
		return send(simulator.endpoint(), "GET", target, "X-aws-ec2-metadata-token: " + token);
	}

	static Answer get(ImdsSimulator simulator, String target) {
		return get(simulator, target, token(simulator));
	}

	private static Answer read(InputStream in) throws IOException {
		byte[] bytes = in.readAllBytes();
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		int headEnd = text.indexOf("\r\n\r\n");
		if (headEnd == -1) {
			throw new IOException("Not an HTTP answer: '" + text + "'");
		}
		String[] head = text.substring(0, headEnd).split("\r\n");
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (int i = 1; i < head.length; i++) {
			String[] header = head[i].split(": ?", 2);
			headers.computeIfAbsent(header[0], (name) -> new ArrayList<>()).add(header[1]);
		}
		byte[] body = Arrays.copyOfRange(bytes, headEnd + 4, bytes.length);
		return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, body);
	}

	record Answer(int status, Map<String, List<String>> headers, byte[] body) {

		String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		List<String> header(String name) {
			return this.headers.getOrDefault(name, List.of());
		}

	}

}
