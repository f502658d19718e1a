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

package io.github.imds.benchmarks.client;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Lower bound: IMDSv2 on a {@link Socket}, without timeouts, retries, renewal of the
 * token or any check of the response except for its status.
 *
 * @since 0.1.0
 */
public final class SocketClient {

	private final String host;

	private final int port;

	private final String token;

	/**
	 * Create a client, which asks for a token.
	 * @param endpoint the base URI, with a port
	 * @throws IOException if there is no token
	 */
	public SocketClient(URI endpoint) throws IOException {
		this.host = endpoint.getHost();
		this.port = endpoint.getPort();
		this.token = send("PUT /latest/api/token HTTP/1.1\r\nX-aws-ec2-metadata-token-ttl-seconds: 21600\r\n");
	}

	/**
	 * Read a value.
	 * @param path the path below the version
	 * @return the value
	 * @throws IOException if there is none
	 */
	public String get(String path) throws IOException {
		return send("GET /latest/" + path + " HTTP/1.1\r\nX-aws-ec2-metadata-token: " + this.token + "\r\n");
	}

	private String send(String request) throws IOException {
		try (Socket socket = new Socket(this.host, this.port)) {
			socket.setTcpNoDelay(true);
			socket.getOutputStream()
				.write((request + "Host: " + this.host + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!answer.startsWith("HTTP/1.1 200")) {
				throw new IOException("Unexpected answer: " + answer);
			}
			return answer.substring(answer.indexOf("\r\n\r\n") + 4);
		}
	}

}
