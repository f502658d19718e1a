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
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

/**
 * Opens connections as the link-local service needs them: never through a proxy, never
 * following a redirect, and never kept: a response that is closed early is cut off, not
 * drained.
 */
final class ImdsRequestFactory implements ClientHttpRequestFactory {

	/**
	 * Request attribute: the {@link Deadline} that shortens the timeouts.
	 */
	static final String DEADLINE = Deadline.class.getName();

	private final Duration connectTimeout;

	private final Duration readTimeout;

	ImdsRequestFactory(Duration connectTimeout, Duration readTimeout) {
		this.connectTimeout = connectTimeout;
		this.readTimeout = readTimeout;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) throws IOException {
		ConnectionHolder holder = new ConnectionHolder();
		return new Request(holder.createRequest(uri, httpMethod), holder.connection());
	}

	/**
	 * Creates one request and keeps its connection, to which Spring's request gives no
	 * access.
	 */
	private static final class ConnectionHolder extends SimpleClientHttpRequestFactory {

		private @Nullable HttpURLConnection connection;

		@Override
		protected HttpURLConnection openConnection(URL url, @Nullable Proxy proxy) throws IOException {
			this.connection = super.openConnection(url, Proxy.NO_PROXY);
			return this.connection;
		}

		@Override
		protected void prepareConnection(HttpURLConnection connection, String httpMethod) throws IOException {
			super.prepareConnection(connection, httpMethod);
			connection.setInstanceFollowRedirects(false);
			connection.setUseCaches(false);
		}

		HttpURLConnection connection() {
			if (this.connection == null) {
				throw new IllegalStateException("No connection was opened");
			}
			return this.connection;
		}

	}

	private final class Request implements ClientHttpRequest {

		private final ClientHttpRequest delegate;

		private final HttpURLConnection connection;

		Request(ClientHttpRequest delegate, HttpURLConnection connection) {
			this.delegate = delegate;
			this.connection = connection;
		}

		@Override
		public ClientHttpResponse execute() throws IOException {
			if (getAttributes().get(DEADLINE) instanceof Deadline deadline) {
				this.connection.setConnectTimeout(deadline.limit(ImdsRequestFactory.this.connectTimeout));
				this.connection.setReadTimeout(deadline.limit(ImdsRequestFactory.this.readTimeout));
			}
			try {
				return new Response(this.delegate.execute(), this.connection);
			}
			catch (IOException ex) {
				boolean connected = isConnected();
				this.connection.disconnect();
				throw (connected ? ex : new ConnectFailedException(ex));
			}
		}

		/**
		 * Tell a connection that could not be made from one that gave no answer: both may
		 * end in the same timeout exception.
		 */
		private boolean isConnected() {
			try {
				this.connection.setUseCaches(false);
				return false;
			}
			catch (IllegalStateException ex) {
				return true;
			}
		}

		@Override
		public HttpMethod getMethod() {
			return this.delegate.getMethod();
		}

		@Override
		public URI getURI() {
			return this.delegate.getURI();
		}

		@Override
		public Map<String, Object> getAttributes() {
			return this.delegate.getAttributes();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.delegate.getHeaders();
		}

		@Override
		public OutputStream getBody() throws IOException {
			return this.delegate.getBody();
		}

	}

	private static final class Response implements ClientHttpResponse {

		private final ClientHttpResponse delegate;

		private final HttpURLConnection connection;

		Response(ClientHttpResponse delegate, HttpURLConnection connection) throws IOException {
			this.delegate = delegate;
			this.connection = connection;
			int status = connection.getResponseCode();
			if (status < 100 || status > 999) {
				throw new IOException("The answer is not HTTP");
			}
		}

		@Override
		public HttpStatusCode getStatusCode() throws IOException {
			return this.delegate.getStatusCode();
		}

		@Override
		public String getStatusText() throws IOException {
			return this.delegate.getStatusText();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.delegate.getHeaders();
		}

		@Override
		public InputStream getBody() throws IOException {
			return this.delegate.getBody();
		}

		@Override
		public void close() {
			this.connection.disconnect();
		}

	}

	/**
	 * The connection could not be made, so nothing was sent.
	 */
	static final class ConnectFailedException extends IOException {

		ConnectFailedException(IOException cause) {
			super(cause.getMessage(), cause);
		}

	}

}
