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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket each read of which ends at the read timeout or with the call, whichever is
 * first.
 */
final class DeadlineSocket extends Socket {

	private final Deadline deadline;

	private final Duration readTimeout;

	/**
	 * Create a socket that is not connected.
	 * @param deadline the end of the call
	 * @param readTimeout how long one read may take
	 */
	DeadlineSocket(Deadline deadline, Duration readTimeout) {
		super(Proxy.NO_PROXY);
		this.deadline = deadline;
		this.readTimeout = readTimeout;
	}

	/**
	 * Connect the socket, or close it.
	 * @param host a name or an address
	 * @param port the port
	 * @param timeout how long that may take
	 * @throws IOException if the connection cannot be made
	 */
	void connect(String host, int port, Duration timeout) throws IOException {
		try {
			setTcpNoDelay(true);
			connect(new InetSocketAddress(host, port), this.deadline.limit(timeout));
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return new LimitedInputStream(super.getInputStream());
	}

	private final class LimitedInputStream extends FilterInputStream {

		private boolean begun;

		LimitedInputStream(InputStream delegate) {
			super(delegate);
		}

		@Override
		public int read() throws IOException {
			byte[] single = new byte[1];
			return (read(single, 0, 1) > 0) ? single[0] & 0xFF : -1;
		}

		/**
		 * Read what there is.
		 * @throws SocketTimeoutException if nothing of the answer came in time
		 */
		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			try {
				setSoTimeout(DeadlineSocket.this.deadline.limit(DeadlineSocket.this.readTimeout));
				int count = super.read(bytes, offset, length);
				this.begun = true;
				if (!DeadlineSocket.this.deadline.hasPassed()) {
					return count;
				}
			}
			catch (SocketTimeoutException ex) {
				if (!this.begun) {
					throw ex;
				}
			}
			throw new IOException("The answer did not end in time");
		}

	}

}
