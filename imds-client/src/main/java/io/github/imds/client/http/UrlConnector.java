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
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * Makes connections, in two attempts if nothing comes back in half of the time: operating
 * systems repeat what was lost after a second only, which is all the time there is.
 */
final class UrlConnector {

	private final Duration timeoutOfAttempt;

	/**
	 * Create a connector.
	 * @param timeout how long making a connection may take
	 */
	UrlConnector(Duration timeout) {
		this.timeoutOfAttempt = Duration.ofMillis(timeout.toMillis() / 2);
	}

	/**
	 * Connect.
	 * @param <T> the type of what is done with the connection
	 * @param attempt what connects
	 * @param deadline the end of the call
	 * @return what the attempt returned
	 * @throws ConnectFailedException if no connection could be made
	 * @throws IOException if that was not what failed
	 */
	<T> T connect(Attempt<T> attempt, Deadline deadline) throws IOException {
		try {
			return attempt.make(deadline.limit(this.timeoutOfAttempt));
		}
		catch (ConnectFailedException ex) {
			if (!ex.isTimeout()) {
				throw ex;
			}
			return attempt.make(deadline.limit(this.timeoutOfAttempt));
		}
	}

	/**
	 * Find out whether anybody listens. Where nobody does, which is most of the places
	 * that are not EC2, no HTTP client has to be loaded.
	 * @param uri the address
	 * @param deadline the end of the call
	 * @throws ConnectFailedException if nobody does
	 * @throws IOException if that could not be found out
	 */
	void probe(URI uri, Deadline deadline) throws IOException {
		connect((timeout) -> open(uri, timeout), deadline).close();
	}

	private static Socket open(URI uri, int timeout) throws ConnectFailedException {
		int defaultPort = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
		Socket socket = new Socket(Proxy.NO_PROXY);
		try {
			socket.connect(new InetSocketAddress(uri.getHost(), (uri.getPort() != -1) ? uri.getPort() : defaultPort),
					timeout);
			return socket;
		}
		catch (IOException ex) {
			closeQuietly(socket);
			throw new ConnectFailedException(ex);
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It never was a connection
		}
	}

	/**
	 * One attempt.
	 *
	 * @param <T> the type of what is done with the connection
	 */
	@FunctionalInterface
	interface Attempt<T> {

		/**
		 * Connect.
		 * @param timeout how long that may take, in milliseconds
		 * @return what was done with the connection
		 * @throws ConnectFailedException if no connection could be made
		 * @throws IOException if that was not what failed
		 */
		T make(int timeout) throws IOException;

	}

}
