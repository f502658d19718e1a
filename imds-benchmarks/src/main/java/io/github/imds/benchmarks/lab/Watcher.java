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
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Application in a process of its own that watches for notices.
 *
 * @since 0.1.0
 */
public final class Watcher implements AutoCloseable {

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private Watcher(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "watcher");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Start an application without a web stack.
	 * @param lab the equipment
	 * @param server the server that it asks
	 * @return the application
	 * @throws IOException if it cannot be started
	 */
	public static Watcher start(Lab lab, Server server) throws IOException {
		return start(lab, "application+imds", server, "-Dimds.lifecycle.enabled=true");
	}

	/**
	 * Start a web application with Actuator.
	 * @param lab the equipment
	 * @param server the server that it asks
	 * @param port the port of the application
	 * @param lifecycle whether the application watches for notices
	 * @return the application
	 * @throws IOException if it cannot be started
	 */
	public static Watcher startWeb(Lab lab, Server server, int port, boolean lifecycle) throws IOException {
		return start(lab, "web+actuator+imds", server, "-Dimds.lifecycle.enabled=" + lifecycle,
				"-Dserver.address=127.0.0.1", "-Dserver.port=" + port,
				"-Dmanagement.endpoint.health.probes.enabled=true");
	}

	private static Watcher start(Lab lab, String classPath, Server server, String... options) throws IOException {
		return new Watcher(lab.java(classPath, "WatchingApplication")
			.options("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlogging.level.root=off")
			.options(options)
			.environment(Server.ENDPOINT_VARIABLE, server.endpoint())
			.start());
	}

	private void read() {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			output.lines().forEach(this.lines::add);
		}
		catch (IOException ex) {
			// The process was destroyed
		}
	}

	/**
	 * Wait for a state of the readiness.
	 * @param state the name of the state
	 * @return the microseconds since the epoch when the application changed to it
	 * @throws IOException if it does not within half a minute
	 */
	public long await(String state) throws IOException {
		try {
			for (String line = next(); line != null; line = next()) {
				if (line.startsWith(state + " ")) {
					return Long.parseLong(line.substring(state.length() + 1));
				}
			}
			throw new IOException("The application does not change to " + state);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private @Nullable String next() throws InterruptedException {
		return this.lines.poll(30, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		TimedCommand.destroy(this.process);
	}

}
