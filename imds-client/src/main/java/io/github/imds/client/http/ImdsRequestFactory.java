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
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;

/**
 * Makes requests as the link-local service needs them: without a body, never through a
 * proxy, never following a redirect, and never kept: a response that is closed early is
 * cut off, not drained. The wait for an answer ends with the call that the request is
 * part of. Spring's own factory gives no access to the connection, which all of that
 * takes.
 */
final class ImdsRequestFactory implements ClientHttpRequestFactory {

	/**
	 * Request attribute: the {@link Deadline} of the call.
	 */
	static final String DEADLINE = Deadline.class.getName();

	private final UrlConnector connector;

	private final Duration readTimeout;

	ImdsRequestFactory(UrlConnector connector, Duration readTimeout) {
		this.connector = connector;
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
			Assert.state(getAttributes().get(DEADLINE) instanceof Deadline, "A deadline is needed");
			Deadline deadline = (Deadline) getAttributes().get(DEADLINE);
			return ImdsRequestFactory.this.connector.connect((timeout) -> execute(headers, timeout, deadline),
					deadline);
		}

		private Response execute(HttpHeaders headers, int connectTimeout, Deadline deadline) throws IOException {
			HttpURLConnection connection = open(headers);
			connection.setConnectTimeout(connectTimeout);
			connection.setReadTimeout(deadline.limit(ImdsRequestFactory.this.readTimeout));
			// The read timeout begins anew with each byte, so it does not end an answer
			// the head of which comes slowly
			Watchdog.Watch watch = deadline.watch(connection::disconnect);
			try {
				return exchange(connection);
			}
			catch (ConnectFailedException | SocketTimeoutException ex) {
				connection.disconnect();
				throw ex;
			}
			catch (IOException ex) {
				connection.disconnect();
				throw watch.hasEnded() ? new IOException("The answer did not end in time", ex) : ex;
			}
			finally {
				watch.close();
			}
		}

		private HttpURLConnection open(HttpHeaders headers) throws IOException {
			HttpURLConnection connection = (HttpURLConnection) this.uri.toURL().openConnection(Proxy.NO_PROXY);
			connection.setRequestMethod(this.method.name());
			connection.setInstanceFollowRedirects(false);
			connection.setUseCaches(false);
			headers.forEach((name, values) -> values.forEach((value) -> connection.addRequestProperty(name, value)));
			if (this.method == HttpMethod.PUT) {
				connection.setDoOutput(true);
				connection.setFixedLengthStreamingMode(0);
			}
			return connection;
		}

		private static Response exchange(HttpURLConnection connection) throws IOException {
			try {
				connection.connect();
			}
			catch (IOException ex) {
				throw new ConnectFailedException(ex);
			}
			int status = connection.getResponseCode();
			if (status < 100 || status > 999) {
				throw new IOException("The answer is not HTTP");
			}
			// Until the body is asked for the JDK says nothing of a failure
			InputStream body = (status < 400) ? connection.getInputStream() : connection.getErrorStream();
			return new Response(connection, status, (body != null) ? body : InputStream.nullInputStream());
		}

	}

	private static final class Response implements ClientHttpResponse {

		private final HttpURLConnection connection;

		private final HttpStatusCode status;

		private final InputStream body;

		private @Nullable HttpHeaders headers;

		Response(HttpURLConnection connection, int status, InputStream body) {
			this.connection = connection;
			this.status = HttpStatusCode.valueOf(status);
			this.body = body;
		}

		@Override
		public HttpStatusCode getStatusCode() {
			return this.status;
		}

		@Override
		public String getStatusText() throws IOException {
			String text = this.connection.getResponseMessage();
			return (text != null) ? text : "";
		}

		@Override
		public HttpHeaders getHeaders() {
			HttpHeaders headers = this.headers;
			if (headers == null) {
				headers = new HttpHeaders();
				// The first is the status line
				int index = 1;
				for (String name = name(index); name != null; name = name(++index)) {
					headers.add(name, this.connection.getHeaderField(index));
				}
				this.headers = headers;
			}
			return headers;
		}

		private @Nullable String name(int index) {
			return this.connection.getHeaderFieldKey(index);
		}

		@Override
		public InputStream getBody() {
			return this.body;
		}

		@Override
		public void close() {
			this.connection.disconnect();
		}

	}

}
