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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * The answer that comes through a socket. Closing it closes the connection: what is left
 * of the answer is cut off, not drained.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class SocketResponse implements ClientHttpResponse {

	/**
	 * A hundred times as much as the service sends.
	 */
	private static final int MAX_HEAD_SIZE = 64 * 1024;

	/**
	 * More interim answers than anybody sends, and the answer proper.
	 */
	private static final int MAX_HEADS = 10;

	private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.\\d ([1-9]\\d{2})(?: (.*))?");

	private final Socket socket;

	private final Matcher statusLine;

	private final HttpHeaders headers;

	private final InputStream body;

	private SocketResponse(Socket socket, Matcher statusLine, HttpHeaders headers, InputStream body) {
		this.socket = socket;
		this.statusLine = statusLine;
		this.headers = headers;
		this.body = body;
	}

	/**
	 * Read an answer up to its body.
	 * @param socket a connected socket
	 * @return the open answer
	 * @throws IOException if there is none, or it is not HTTP
	 */
	static SocketResponse read(Socket socket) throws IOException {
		HttpInput input = new HttpInput(socket.getInputStream());
		for (int i = 0; i < MAX_HEADS; i++) {
			Matcher statusLine = STATUS_LINE.matcher(input.readLine(MAX_HEAD_SIZE));
			if (!statusLine.matches()) {
				throw new IOException("The answer is not HTTP");
			}
			HttpHeaders headers = readHeaders(input);
			boolean interim = statusLine.group(1).startsWith("1");
			if (!interim) {
				return new SocketResponse(socket, statusLine, headers, body(headers, input));
			}
		}
		throw new IOException("The answer is not HTTP");
	}

	private static HttpHeaders readHeaders(HttpInput input) throws IOException {
		HttpHeaders headers = new HttpHeaders();
		int remaining = MAX_HEAD_SIZE;
		for (String line = input.readLine(remaining); !line.isEmpty(); line = input.readLine(remaining)) {
			int colon = line.indexOf(':');
			if (colon <= 0 || line.chars().limit(colon).anyMatch((c) -> c <= ' ')) {
				throw new IOException("The answer is not HTTP");
			}
			headers.add(line.substring(0, colon), line.substring(colon + 1).trim());
			remaining = Math.max(0, remaining - line.length());
		}
		return headers;
	}

	private static InputStream body(HttpHeaders headers, HttpInput input) throws IOException {
		List<String> codings = headers.getOrEmpty(HttpHeaders.TRANSFER_ENCODING);
		if (!codings.isEmpty()) {
			if (!codings.equals(List.of("chunked"))) {
				throw new IOException("The answer has a transfer coding that was not asked for");
			}
			return new ChunkedInputStream(input);
		}
		List<String> lengths = headers.getOrEmpty(HttpHeaders.CONTENT_LENGTH).stream().distinct().toList();
		return lengths.isEmpty() ? input : new FixedLengthInputStream(input, parseLength(lengths));
	}

	private static long parseLength(List<String> lengths) throws IOException {
		if (lengths.size() > 1 || !lengths.get(0).matches("\\d{1,18}")) {
			throw new IOException("The answer has no valid length");
		}
		return Long.parseLong(lengths.get(0));
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(Integer.parseInt(this.statusLine.group(1)));
	}

	@Override
	public String getStatusText() {
		String text = this.statusLine.group(2);
		return (text != null) ? text : "";
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() {
		return this.body;
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// Nobody waits for the rest of the answer
		}
	}

}
