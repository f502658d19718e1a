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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.net.ServerSocketFactory;

/**
 * Server that reads the head of each request and then runs a script. It closes the
 * connection after the script.
 */
final class ScriptedServer implements AutoCloseable {

	private static final int LONGEST_MILLIS = 20_000;

	private final ServerSocket server;

	private final boolean afterHead;

	private final Script script;

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final Queue<Socket> connections = new ConcurrentLinkedQueue<>();

	private ScriptedServer(ServerSocket server, boolean afterHead, Script script) {
		this.server = server;
		this.afterHead = afterHead;
		this.script = script;
		start(this::accept);
	}

	private ScriptedServer(boolean afterHead, Script script) {
		this(listen(ServerSocketFactory.getDefault(), InetAddress.getLoopbackAddress()), afterHead, script);
	}

	private static ServerSocket listen(ServerSocketFactory factory, InetAddress address) {
		try {
			return factory.createServerSocket(0, 50, address);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a server that listens at an address.
	 * @param factory the maker of the server's sockets, for example of TLS
	 * @param address the address
	 * @param script the script
	 * @return the server
	 */
	static ScriptedServer at(ServerSocketFactory factory, InetAddress address, Script script) {
		return new ScriptedServer(listen(factory, address), true, script);
	}

	static ScriptedServer running(Script script) {
		return new ScriptedServer(true, script);
	}

	/**
	 * Start a server that sends a fixed answer.
	 * @param answer the answer, each character a byte
	 * @return the server
	 */
	static ScriptedServer answering(String answer) {
		return running((output) -> output.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
	}

	/**
	 * Start a server that sends an answer and then the same bytes again and again, slowly
	 * enough for each read to be in time, until the client goes away. That ends after a
	 * while, so that a client without a limit fails a test and does not hang it.
	 * @param answer the begin of the answer
	 * @param more the bytes to repeat
	 * @param pauseMillis the pause before each repetition
	 * @return the server
	 */
	static ScriptedServer trickling(String answer, String more, int pauseMillis) {
		return running(repeat(answer, more, pauseMillis));
	}

	/**
	 * Start a server that does so without waiting for the head of a request.
	 * @param answer the begin of the answer
	 * @param more the bytes to repeat
	 * @param pauseMillis the pause before each repetition
	 * @return the server
	 */
	static ScriptedServer sending(String answer, String more, int pauseMillis) {
		return new ScriptedServer(false, repeat(answer, more, pauseMillis));
	}

	static Script repeat(String answer, String more, int pauseMillis) {
		return (output) -> {
			output.write(answer.getBytes(StandardCharsets.ISO_8859_1));
			for (int time = 0; time < LONGEST_MILLIS; time += pauseMillis) {
				Thread.sleep(pauseMillis);
				output.write(more.getBytes(StandardCharsets.ISO_8859_1));
			}
		};
	}

	int port() {
		return this.server.getLocalPort();
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/**
	 * Return the heads of the requests so far.
	 * @return the heads, with their line ends
	 */
	Queue<String> requests() {
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
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.server.accept();
				this.connections.add(connection);
				start(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			StringBuilder head = new StringBuilder();
			InputStream input = connection.getInputStream();
			while (this.afterHead && head.indexOf("\r\n\r\n") < 0) {
				int next = input.read();
				if (next < 0) {
					return;
				}
				head.append((char) next);
			}
			this.requests.add(head.toString());
			this.script.run(connection.getOutputStream());
		}
		catch (IOException | InterruptedException ex) {
			// The client has gone
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "scripted-server");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Answer of a server.
	 */
	@FunctionalInterface
	interface Script {

		void run(OutputStream output) throws IOException, InterruptedException;

	}

}
