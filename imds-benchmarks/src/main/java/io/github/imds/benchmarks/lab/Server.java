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

package io.github.imds.benchmarks.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Measuring server in a process of its own, controlled through its standard input.
 *
 * @since 0.1.0
 */
public final class Server implements AutoCloseable {

	public static final String ENDPOINT_VARIABLE = "AWS_EC2_METADATA_SERVICE_ENDPOINT";

	private final Process process;

	private final BufferedReader output;

	private final Writer input;

	private final String endpoint;

	private Server(Process process) throws IOException {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
		this.endpoint = "http://127.0.0.1:" + read();
	}

	/**
	 * Start a server.
	 * @param java the command with the class path of this module
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static Server start(JavaCommand java) throws IOException {
		return new Server(java.main("io.github.imds.benchmarks.server.MeasuringServer").start());
	}

	public String endpoint() {
		return this.endpoint;
	}

	/**
	 * Answer every request from the default instance, and clear the counts.
	 * @param delay the time from a request to its answer
	 * @throws IOException if the server does not respond
	 */
	public void prepare(Duration delay) throws IOException {
		prepare(delay, "instance");
	}

	/**
	 * Answer every request, and clear the counts.
	 * @param delay the time from a request to its answer
	 * @param tree the name of the tree to answer from
	 * @throws IOException if the server does not respond
	 */
	public void prepare(Duration delay, String tree) throws IOException {
		set("tree", tree);
		set("delay", Long.toString(delay.toNanos() / 1000));
		set("connection", "close");
		fault("none");
		counts();
	}

	/**
	 * Answer in another way from now on.
	 * @param fault the name of the fault, or {@code none}
	 * @throws IOException if the server does not respond
	 */
	public void fault(String fault) throws IOException {
		set("fault", fault);
	}

	/**
	 * Change a value of the tree.
	 * @param path the path below the version
	 * @param value the value, empty for none
	 * @throws IOException if the server does not respond
	 */
	public void value(String path, String value) throws IOException {
		set("value", path + " " + value);
	}

	/**
	 * Change a setting.
	 * @param name the name of the setting
	 * @param value the value
	 * @throws IOException if the server does not respond
	 */
	public void set(String name, String value) throws IOException {
		ask(name + " " + value);
	}

	/**
	 * Return the number of requests, and clear it.
	 * @return the number of requests since the last call
	 * @throws IOException if the server does not respond
	 */
	public Counts counts() throws IOException {
		String[] counts = ask("counts").split(" ");
		return new Counts(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]));
	}

	private synchronized String ask(String command) throws IOException {
		this.input.append(command).append('\n').flush();
		return read();
	}

	private String read() throws IOException {
		String line = this.output.readLine();
		if (line == null) {
			throw new IOException("The measuring server has ended");
		}
		return line;
	}

	@Override
	public void close() {
		TimedCommand.destroy(this.process);
	}

	/**
	 * Number of requests.
	 *
	 * @param put the requests for a token
	 * @param get the requests for values and listings
	 */
	public record Counts(int put, int get) {

	}

}
