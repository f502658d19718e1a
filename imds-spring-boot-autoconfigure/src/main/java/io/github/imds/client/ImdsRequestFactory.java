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
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.Assert;

/**
 * Opens connections as the link-local service needs them: without a body, never through a
 * proxy, never following a redirect, and never kept: a response that is closed early is
 * cut off, not drained. The wait for an answer ends with the call that the request is
 * part of.
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

		/**
		 * Connect, and again if nothing comes back in half of the time: operating systems
		 * repeat what was lost after a second only, which is all the time there is.
		 */
		@Override
		protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
			Duration half = ImdsRequestFactory.this.connectTimeout.dividedBy(2);
			try {
				return execute(headers, half);
			}
			catch (ConnectFailedException ex) {
				if (!ConnectFailedException.isTimeout(ex)) {
					throw ex;
				}
				return execute(headers, half);
			}
		}

		private ClientHttpResponse execute(HttpHeaders headers, Duration connectTimeout) throws IOException {
			Assert.state(getAttributes().get(DEADLINE) instanceof Deadline, "A deadline is needed");
			Deadline deadline = (Deadline) getAttributes().get(DEADLINE);
			ConnectionHolder holder = new ConnectionHolder();
			ClientHttpRequest request = holder.createRequest(this.uri, this.method);
			request.getHeaders().putAll(headers);
			HttpURLConnection connection = holder.connection();
			connection.setConnectTimeout(deadline.limit(connectTimeout));
			connection.setReadTimeout(deadline.limit(ImdsRequestFactory.this.readTimeout));
			ClientHttpResponse response = execute(request, connection, deadline);
			if (!isHttp(connection)) {
				connection.disconnect();
				throw new IOException("The answer is not HTTP");
			}
			return new Response(response, connection);
		}

		private static ClientHttpResponse execute(ClientHttpRequest request, HttpURLConnection connection,
				Deadline deadline) throws IOException {
			// The read timeout begins anew with each byte, so it does not end an answer
			// the head of which comes slowly
			Deadline.Watch watch = deadline.watch(connection::disconnect);
			try {
				ClientHttpResponse response = request.execute();
				if (isHttp(connection)) {
					// Until the body is asked for the JDK says nothing of a failure
					response.getBody();
				}
				return response;
			}
			catch (IOException ex) {
				boolean connected = isConnected(connection);
				connection.disconnect();
				if (watch.hasEnded() && !(ex instanceof SocketTimeoutException)) {
					throw new IOException("The answer did not end in time", ex);
				}
				throw (connected ? ex : new ConnectFailedException(ex));
			}
			finally {
				watch.close();
			}
		}

		private static boolean isHttp(HttpURLConnection connection) throws IOException {
			int status = connection.getResponseCode();
			return status >= 100 && status <= 999;
		}

		/**
		 * Tell a connection that could not be made from one that gave no answer: both may
		 * end in the same timeout exception.
		 */
		private static boolean isConnected(HttpURLConnection connection) {
			try {
				connection.setUseCaches(false);
				return false;
			}
			catch (IllegalStateException ex) {
				return true;
			}
		}

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

	private static final class Response implements ClientHttpResponse {

		private final ClientHttpResponse delegate;

		private final HttpURLConnection connection;

		Response(ClientHttpResponse delegate, HttpURLConnection connection) {
			this.delegate = delegate;
			this.connection = connection;
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
