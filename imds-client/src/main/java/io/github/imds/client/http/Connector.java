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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

import org.springframework.util.Assert;

import io.github.imds.client.http.Connection.TimedSocket;

/**
 * Makes connections. Each address is tried twice if nothing comes back in half of the
 * time: operating systems repeat a lost packet only after a second, which is all the time
 * there is.
 */
final class Connector {

	private static final int ATTEMPTS = 2;

	private final Duration attemptTimeout;

	private final Duration readTimeout;

	private final HostResolver resolver;

	/**
	 * Create a new connector.
	 * @param connectTimeout the time that making a connection can take
	 * @param readTimeout the time that a single read can take
	 */
	Connector(Duration connectTimeout, Duration readTimeout) {
		this(connectTimeout, readTimeout, new HostResolver());
	}

	Connector(Duration connectTimeout, Duration readTimeout, HostResolver resolver) {
		this.attemptTimeout = Duration.ofMillis(Math.max(1, connectTimeout.toMillis() / ATTEMPTS));
		this.readTimeout = readTimeout;
		this.resolver = resolver;
	}

	/**
	 * Connect.
	 * @param uri the {@code http} or {@code https} address
	 * @param deadline the end of the call
	 * @return the connection
	 * @throws ConnectFailedException if no connection could be made
	 * @throws IOException if the TLS handshake failed
	 */
	Connection connect(URI uri, Deadline deadline) throws IOException {
		TimedSocket socket = open(uri, deadline);
		try {
			return isTls(uri) ? Connection.tls(socket, host(uri)) : Connection.plain(socket);
		}
		catch (IOException | RuntimeException ex) {
			close(socket);
			throw ex;
		}
	}

	/**
	 * Find out whether anything listens, without sending. Where nothing does, which is
	 * true of most machines that are not EC2 instances, no HTTP client has to be loaded.
	 * @param uri the address
	 * @param deadline the end of the call
	 * @throws ConnectFailedException if no connection could be made
	 */
	void probe(URI uri, Deadline deadline) throws ConnectFailedException {
		close(open(uri, deadline));
	}

	private TimedSocket open(URI uri, Deadline deadline) throws ConnectFailedException {
		IOException failure = new SocketTimeoutException("connect timed out");
		try {
			for (InetAddress address : this.resolver.resolve(host(uri), deadline)) {
				try {
					return open(new InetSocketAddress(address, port(uri)), deadline);
				}
				catch (IOException ex) {
					failure = ex;
				}
				if (deadline.hasPassed()) {
					break;
				}
			}
		}
		catch (IOException ex) {
			failure = ex;
		}
		throw new ConnectFailedException(failure);
	}

	private TimedSocket open(InetSocketAddress address, Deadline deadline) throws IOException {
		for (int attempt = 1;; attempt++) {
			TimedSocket socket = new TimedSocket(this.readTimeout, deadline);
			try {
				socket.connect(address, deadline.limit(this.attemptTimeout));
				return socket;
			}
			catch (IOException ex) {
				close(socket);
				if (!(ex instanceof SocketTimeoutException) || attempt == ATTEMPTS || deadline.hasPassed()) {
					throw ex;
				}
			}
		}
	}

	private static void close(TimedSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Nothing was sent
		}
	}

	private static boolean isTls(URI uri) {
		return "https".equalsIgnoreCase(uri.getScheme());
	}

	private static int port(URI uri) {
		return (uri.getPort() != -1) ? uri.getPort() : (isTls(uri) ? 443 : 80);
	}

	/**
	 * Return the host as the JDK resolves it: an IPv6 literal without its brackets, and
	 * with its zone as the system writes it.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6874#section-2">RFC 6874, section
	 * 2</a>
	 */
	private static String host(URI uri) {
		String host = uri.getHost();
		Assert.state(host != null, "The address has no host");
		return host.startsWith("[") ? host.substring(1, host.length() - 1).replace("%25", "%") : host;
	}

}
