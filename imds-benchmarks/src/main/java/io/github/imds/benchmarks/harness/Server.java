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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The measuring server, in a process of its own.
 */
final class Server implements AutoCloseable {

	static final String ENDPOINT_VARIABLE = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

	private final Process process;

	private final String endpoint;

	private Server(Process process, int port) {
		this.process = process;
		this.endpoint = "http://127.0.0.1:" + port;
	}

	static Server start(JavaCommand java) throws IOException {
		Process process = java.main("io.github.imds.benchmarks.server.MeasuringServer").start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		String port = output.readLine();
		if (port == null) {
			throw new IOException("The measuring server did not start");
		}
		return new Server(process, Integer.parseInt(port));
	}

	String endpoint() {
		return this.endpoint;
	}

	void prepare(Duration delay) throws IOException {
		prepare(delay, "instance", "close");
	}

	void prepare(Duration delay, String tree, String connection) throws IOException {
		ask("/measure/set?delay=%d&tree=%s&connection=%s".formatted(delay.toNanos() / 1000, tree, connection));
	}

	Counts counts() throws IOException {
		String[] counts = ask("/measure/counts").split(" ");
		return new Counts(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
	}

	private String ask(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(this.endpoint + path).toURL().openConnection();
		connection.setReadTimeout(10_000);
		try (var body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	/**
	 * How many requests the server has received.
	 *
	 * @param put requests for a token
	 * @param get requests for values and listings
	 */
	record Counts(int put, int get) {

	}

}
