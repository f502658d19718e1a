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
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;

import io.github.imds.client.http.HeadReader.Head;

/**
 * {@link ClientHttpRequestFactory} whose requests make a single exchange on a plain
 * socket: connect, write the head, read the answer, close. No proxy, no authenticator, no
 * cookie handler and no logger of the JVM takes part, and nothing that the service sends
 * or withholds takes longer than the call.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class SocketRequestFactory implements ClientHttpRequestFactory {

	/**
	 * Request attribute: the {@link Deadline} of the call.
	 */
	static final String DEADLINE = Deadline.class.getName();

	private final Connector connector;

	SocketRequestFactory(Connector connector) {
		this.connector = connector;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
		return new Request(uri, method);
	}

	private final class Request extends AbstractClientHttpRequest {

		private final URI uri;

		private final HttpMethod method;

		Request(URI uri, HttpMethod method) {
			this.uri = uri;
			this.method = method;
		}

		@Override
		public HttpMethod getMethod() {
			return this.method;
		}

		@Override
		public URI getURI() {
			return this.uri;
		}

		@Override
		protected OutputStream getBodyInternal(HttpHeaders headers) {
			throw new UnsupportedOperationException("A request to the metadata service has no body");
		}

		@Override
		protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
			Assert.state(getAttributes().get(DEADLINE) instanceof Deadline, "A deadline is needed");
			Deadline deadline = (Deadline) getAttributes().get(DEADLINE);
			byte[] request = head(headers).getBytes(StandardCharsets.ISO_8859_1);
			Connection connection = SocketRequestFactory.this.connector.connect(this.uri, deadline);
			try {
				connection.output().write(request);
				connection.output().flush();
				HeadReader lines = new HeadReader(connection.input());
				Head head = lines.read();
				return new Response(head, new BodyInputStream(connection, lines, head));
			}
			catch (IOException | RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}

		/**
		 * Write the request line (RFC 9112, section 3), the host (section 3.2) and the
		 * header fields. The connection is not used again (section 9.6).
		 */
		private String head(HttpHeaders headers) {
			StringBuilder head = new StringBuilder(512);
			String query = this.uri.getRawQuery();
			String path = this.uri.getRawPath().isEmpty() ? "/" : this.uri.getRawPath();
			head.append(this.method.name()).append(' ').append(path);
			head.append((query != null) ? "?" + query : "").append(" HTTP/1.1\r\n");
			append(head, HttpHeaders.HOST, host());
			append(head, HttpHeaders.CONNECTION, "close");
			if (this.method == HttpMethod.PUT) {
				append(head, HttpHeaders.CONTENT_LENGTH, "0");
			}
			for (Map.Entry<String, List<String>> field : headers.headerSet()) {
				for (String value : field.getValue()) {
					append(head, field.getKey(), value);
				}
			}
			return head.append("\r\n").toString();
		}

		private static void append(StringBuilder head, String name, String value) {
			for (int i = 0; i < value.length(); i++) {
				char c = value.charAt(i);
				if (c != '\t' && (c < ' ' || c > '~')) {
					throw new IllegalArgumentException("The value of the header field '" + name + "' is not valid");
				}
			}
			head.append(name).append(": ").append(value).append("\r\n");
		}

		/**
		 * Return the host without the zone of an IPv6 address, which means something on
		 * this machine only (RFC 6874, section 4).
		 */
		private String host() {
			String host = this.uri.getHost();
			int zone = host.indexOf('%');
			host = (zone >= 0) ? host.substring(0, zone) + "]" : host;
			return (this.uri.getPort() != -1) ? host + ":" + this.uri.getPort() : host;
		}

	}

	private record Response(Head head, BodyInputStream body) implements ClientHttpResponse {

		@Override
		public HttpStatusCode getStatusCode() {
			return HttpStatusCode.valueOf(this.head.status());
		}

		@Override
		public String getStatusText() {
			return this.head.reason();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.head.fields();
		}

		@Override
		public InputStream getBody() {
			return this.body;
		}

		@Override
		public void close() {
			this.body.close();
		}

	}

}
