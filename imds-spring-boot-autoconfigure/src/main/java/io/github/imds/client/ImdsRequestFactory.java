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
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;

/**
 * Sends requests as the link-local service needs them: one per connection, without a
 * body, never through a proxy, never following a redirect. Every wait ends with the call
 * that the request is part of.
 * <p>
 * The connections of the JDK cannot do the last: their read timeout begins anew with each
 * byte, so a service that sends its headers slowly enough would hold a call without end.
 * They also log tokens, and ask the authenticator and the cookie handler of the
 * application.
 */
final class ImdsRequestFactory implements ClientHttpRequestFactory {

	/**
	 * Request attribute: the {@link Deadline} of the call.
	 */
	static final String DEADLINE = Deadline.class.getName();

	private final Duration connectTimeout;

	private final Duration readTimeout;

	ImdsRequestFactory(Duration connectTimeout, Duration readTimeout) {
		this.connectTimeout = connectTimeout;
		this.readTimeout = readTimeout;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) {
		return new Request(uri, httpMethod);
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
			Socket socket = connect();
			try {
				socket = secure(socket);
				socket.getOutputStream().write(head(headers).getBytes(StandardCharsets.ISO_8859_1));
				return SocketResponse.read(socket);
			}
			catch (IOException | RuntimeException ex) {
				socket.close();
				throw ex;
			}
		}

		/**
		 * Connect, and again if nothing comes back in half of the time: operating systems
		 * repeat what was lost after a second only, which is all the time there is.
		 */
		private Socket connect() throws ConnectFailedException {
			Duration half = ImdsRequestFactory.this.connectTimeout.dividedBy(2);
			try {
				try {
					return connect(half);
				}
				catch (SocketTimeoutException ex) {
					return connect(half);
				}
			}
			catch (IOException ex) {
				throw new ConnectFailedException(ex);
			}
		}

		private Socket connect(Duration timeout) throws IOException {
			Assert.state(getAttributes().get(DEADLINE) instanceof Deadline, "A deadline is needed");
			DeadlineSocket socket = new DeadlineSocket((Deadline) getAttributes().get(DEADLINE),
					ImdsRequestFactory.this.readTimeout);
			socket.connect(this.uri.getHost(), port(), timeout);
			return socket;
		}

		private Socket secure(Socket socket) throws IOException {
			if (!isSecure()) {
				return socket;
			}
			SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
			SSLSocket secure = (SSLSocket) factory.createSocket(socket, this.uri.getHost(), port(), true);
			SSLParameters parameters = secure.getSSLParameters();
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
			secure.setSSLParameters(parameters);
			return secure;
		}

		private boolean isSecure() {
			return "https".equalsIgnoreCase(this.uri.getScheme());
		}

		private int port() {
			return (this.uri.getPort() >= 0) ? this.uri.getPort() : (isSecure() ? 443 : 80);
		}

		/**
		 * Return what is sent. It does not say that the connection is to be closed: then
		 * the service need not say how long its answer is, and one that is cut off looks
		 * like one that is complete.
		 */
		private String head(HttpHeaders headers) {
			StringBuilder head = new StringBuilder();
			head.append("%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(this.method, this.uri.getRawPath(),
					this.uri.getRawAuthority()));
			headers.forEach((name, values) -> values.forEach((value) -> {
				Assert.isTrue(value.chars().noneMatch((c) -> c < ' '), () -> "Header %s is no line".formatted(name));
				head.append(name).append(": ").append(value).append("\r\n");
			}));
			return head.append("\r\n").toString();
		}

	}

	/**
	 * The connection could not be made, so nothing was sent.
	 */
	static final class ConnectFailedException extends IOException {

		ConnectFailedException(IOException cause) {
			super(cause.getMessage(), cause);
		}

		/**
		 * Tell whether a connection was not even refused.
		 * @param ex why there is no answer
		 * @return whether nothing came back
		 */
		static boolean isTimeout(IOException ex) {
			return ex instanceof ConnectFailedException && ex.getCause() instanceof SocketTimeoutException;
		}

	}

}
