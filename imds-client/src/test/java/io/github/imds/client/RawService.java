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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service on a plain socket, whose answers need not even be HTTP.
 */
final class RawService implements AutoCloseable {

	private final ServerSocket server;

	private final Answer answer;

	private final ExecutorService threads;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private RawService(int backlog, ExecutorService threads, Answer answer) {
		this.threads = threads;
		this.answer = answer;
		try {
			this.server = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a service.
	 * @param answer answers all requests, in a thread for each
	 * @return the running service
	 */
	static RawService start(Answer answer) {
		RawService service = new RawService(0, Executors.newCachedThreadPool(), answer);
		service.accept();
		return service;
	}

	/**
	 * Start a service to which many connections may be made at once.
	 * @param threads how many of them are served at once
	 * @param answer answers all requests
	 * @return the running service
	 */
	static RawService pooled(int threads, Answer answer) {
		RawService service = new RawService(4096, Executors.newFixedThreadPool(threads + 1), answer);
		service.accept();
		return service;
	}

	/**
	 * Start a service that issues tokens.
	 * @param answer answers all requests but those for a token
	 * @return the running service
	 */
	static RawService startWithTokens(Answer answer) {
		return start((request, connection) -> {
			if (request.startsWith("PUT ")) {
				send(connection, ok("token"));
			}
			else {
				answer.write(request, connection);
			}
		});
	}

	/**
	 * Create a service to which no connection can be made before it accepts them: its
	 * queue is so short that two connections fill it, and what comes then is lost.
	 * @param answer answers all requests
	 * @return the service
	 */
	static RawService full(Answer answer) throws IOException {
		RawService service = new RawService(1, Executors.newCachedThreadPool(), answer);
		for (int i = 0; i < 2; i++) {
			service.connections.add(new Socket(InetAddress.getLoopbackAddress(), service.server.getLocalPort()));
		}
		return service;
	}

	static String ok(String body) {
		return "HTTP/1.1 200 OK\r\nX-aws-ec2-metadata-token-ttl-seconds: 21600\r\nContent-Length: %d\r\n\r\n%s"
			.formatted(body.length(), body);
	}

	static void send(Socket connection, String text) throws IOException {
		connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Close a connection so that the other side learns of it by a reset.
	 */
	static void reset(Socket connection) throws IOException {
		connection.setSoLinger(true, 0);
		connection.close();
	}

	/**
	 * Begin to accept connections.
	 */
	void accept() {
		this.threads.execute(() -> {
			try {
				while (true) {
					Socket connection = this.server.accept();
					this.connections.add(connection);
					this.threads.execute(() -> serve(connection));
				}
			}
			catch (IOException ex) {
				// Closed
			}
		});
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	ImdsClientBuilder client() {
		return ImdsClient.builder().endpoints(endpoint());
	}

	/**
	 * Return all requests.
	 * @return method and path of each
	 */
	List<String> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

	private void serve(Socket connection) {
		try {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			String first = reader.readLine();
			for (String line = first; line != null && !line.isEmpty(); line = reader.readLine()) {
				// Nothing but the first line matters
			}
			if (first != null) {
				String request = first.replace(" HTTP/1.1", "");
				this.requests.add(request);
				this.answer.write(request, connection);
			}
			reader.readLine();
		}
		catch (IOException ex) {
			// The client has gone
		}
		finally {
			close(connection);
		}
	}

	private void close(Socket connection) {
		this.connections.remove(connection);
		try {
			connection.close();
		}
		catch (IOException ex) {
			// Closed enough
		}
	}

	/**
	 * Writes an answer. The connection is closed when the client has closed it.
	 */
	interface Answer {

		void write(String request, Socket connection) throws IOException;

	}

}
