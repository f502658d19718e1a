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

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * Connection for a single exchange. Every read, those of a TLS handshake included, ends
 * after the read timeout and with the call.
 */
final class Connection implements Closeable {

	private static final int BUFFER_SIZE = 4096;

	private final TimedSocket socket;

	private final InputStream input;

	private final OutputStream output;

	private Connection(TimedSocket socket, InputStream input, OutputStream output) {
		this.socket = socket;
		this.input = new BufferedInputStream(input, BUFFER_SIZE);
		this.output = output;
	}

	static Connection plain(TimedSocket socket) throws IOException {
		return new Connection(socket, socket.getInputStream(), socket.getOutputStream());
	}

	/**
	 * Add TLS to a socket and verify that its certificate is one of the host's.
	 * @param socket the connected socket
	 * @param host the host name
	 * @return the connection, after the handshake
	 * @throws IOException if the handshake fails or does not end in time
	 */
	static Connection tls(TimedSocket socket, String host) throws IOException {
		SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
		SSLSocket tls = (SSLSocket) factory.createSocket(socket, host, socket.getPort(), true);
		SSLParameters parameters = tls.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		tls.setSSLParameters(parameters);
		tls.startHandshake();
		return new Connection(socket, tls.getInputStream(), tls.getOutputStream());
	}

	InputStream input() {
		return this.input;
	}

	OutputStream output() {
		return this.output;
	}

	/**
	 * Let further reads outlive the call. The read timeout still applies.
	 */
	void outliveCall() {
		this.socket.deadline = null;
	}

	/**
	 * Close the socket itself: with TLS on top of it, nothing waits for the peer.
	 */
	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// The exchange is over either way
		}
	}

	/**
	 * Socket whose reads end in time.
	 */
	static final class TimedSocket extends Socket {

		private final Duration readTimeout;

		private volatile @Nullable Deadline deadline;

		private volatile boolean answered;

		private volatile boolean limitedByCall;

		/**
		 * Create a new socket that is not connected. Without the explicit proxy the JDK
		 * would ask the application's {@code ProxySelector} for a SOCKS proxy.
		 * @param readTimeout the time that a single read can take
		 * @param deadline the end of the call
		 */
		TimedSocket(Duration readTimeout, Deadline deadline) {
			super(Proxy.NO_PROXY);
			this.readTimeout = readTimeout;
			this.deadline = deadline;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read() throws IOException {
					byte[] single = new byte[1];
					return (read(single, 0, 1) > 0) ? single[0] & 0xFF : -1;
				}

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					try {
						limitRead();
						int count = super.read(bytes, offset, length);
						TimedSocket.this.answered = true;
						return count;
					}
					catch (SocketTimeoutException ex) {
						throw failure(ex);
					}
				}

			};
		}

		private void limitRead() throws IOException {
			Deadline deadline = this.deadline;
			int timeout = (int) this.readTimeout.toMillis();
			int limit = (deadline != null) ? deadline.limit(this.readTimeout) : timeout;
			this.limitedByCall = limit < timeout;
			if (deadline != null && deadline.hasPassed()) {
				throw new SocketTimeoutException("Read timed out");
			}
			setSoTimeout(limit);
		}

		/**
		 * Tell an answer that does not end from one that never begins, which has other
		 * causes.
		 */
		private IOException failure(SocketTimeoutException timeout) {
			return (this.answered && this.limitedByCall) ? new IOException("The answer did not end in time", timeout)
					: timeout;
		}

	}

}
