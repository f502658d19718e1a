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

package io.github.imds.benchmarks.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.imds.benchmarks.lab.Lab;

/**
 * Requests a second that the measuring server answers to the simplest of clients, on the
 * same machine.
 */
final class ServerSpeed {

	private static final byte[] REQUEST = ("PUT /latest/api/token HTTP/1.1\r\nHost: 127.0.0.1\r\n"
			+ "X-aws-ec2-metadata-token-ttl-seconds: 21600\r\nContent-Length: 0\r\n\r\n")
		.getBytes(StandardCharsets.ISO_8859_1);

	private static final int CONNECTIONS = 8;

	private static final Duration DURATION = Duration.ofSeconds(2);

	private final Lab lab;

	ServerSpeed(Lab lab) {
		this.lab = lab;
	}

	void measure() throws IOException {
		for (String connection : new String[] { "keep-alive", "close" }) {
			this.lab.server().prepare(Duration.ZERO);
			this.lab.server().set("connection", connection);
			for (int run = 0; run < 4; run++) {
				double perSecond = requestsPerSecond(connection.equals("keep-alive"));
				// The first round warms up
				if (run > 0) {
					this.lab.results().add("server", "measuring server", connection, "requests/s", perSecond);
				}
			}
		}
		this.lab.server().prepare(Duration.ZERO);
	}

	private double requestsPerSecond(boolean keepAlive) throws IOException {
		AtomicLong count = new AtomicLong();
		long start = System.nanoTime();
		Thread[] threads = new Thread[CONNECTIONS];
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread(() -> ask(keepAlive, start, count));
			threads[i].start();
		}
		try {
			for (Thread thread : threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		return count.get() * 1e9 / (System.nanoTime() - start);
	}

	private void ask(boolean keepAlive, long start, AtomicLong count) {
		URI endpoint = URI.create(this.lab.server().endpoint());
		byte[] buffer = new byte[8192];
		try {
			while (System.nanoTime() - start < DURATION.toNanos()) {
				try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
					socket.setTcpNoDelay(true);
					do {
						socket.getOutputStream().write(REQUEST);
						read(socket.getInputStream(), buffer);
						count.incrementAndGet();
					}
					while (keepAlive && System.nanoTime() - start < DURATION.toNanos());
				}
			}
		}
		catch (IOException ex) {
			System.out.println("  " + ex);
		}
	}

	/**
	 * The server writes the short answer at once, so it arrives at once.
	 */
	private static void read(InputStream input, byte[] buffer) throws IOException {
		if (input.read(buffer) <= 0) {
			throw new IOException("No answer");
		}
	}

}
