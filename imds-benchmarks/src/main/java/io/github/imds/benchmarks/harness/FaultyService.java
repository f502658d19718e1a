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
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.imds.benchmarks.lab.Hardware;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Namespace;
import io.github.imds.benchmarks.lab.Server;
import io.github.imds.benchmarks.lab.TimedCommand;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Look-ups of a due value by many threads while the service has a fault.
 */
final class FaultyService {

	private static final String PROPERTY = "imds.tags.instance[Name]";

	private static final int THREADS = 50;

	private final Lab lab;

	FaultyService(Lab lab) {
		this.lab = lab;
	}

	/**
	 * Measure each fault with a server in the same network namespace. The kernel of the
	 * namespace also counts refused connections.
	 */
	void measure() throws IOException {
		try (Namespace namespace = Namespace.refusing();
				Server server = Server.start(namespace.within(this.lab.serverCommand(), Hardware.EC2))) {
			for (String fault : new String[] { "none", "silent", "throttle", "refuse" }) {
				measure(namespace, server, fault);
			}
		}
	}

	private void measure(Namespace namespace, Server server, String fault) throws IOException {
		server.prepare(Duration.ofMillis(2));
		Process process = namespace
			.within(this.lab.java("application+imds", "UnderFire")
				.options("-Dlogging.level.root=off", "-Dimds.client.cache.time-to-live=200ms")
				.arguments(PROPERTY, Integer.toString(THREADS), Integer.toString(this.lab.effort().faultSeconds()))
				.environment(Server.ENDPOINT_VARIABLE, server.endpoint()), Hardware.EC2)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			skipTo(output, "ready ");
			server.fault(fault);
			namespace.clearConnections();
			process.getOutputStream().write('\n');
			process.getOutputStream().flush();
			String[] values = skipTo(output, "look-ups ").split(" ");
			add(fault, "look-ups", values[0]);
			add(fault, "median (µs)", values[1]);
			add(fault, "99 % (µs)", values[2]);
			add(fault, "99.9 % (µs)", values[3]);
			add(fault, "longest (µs)", values[4]);
			add(fault, "requests", Integer.toString(namespace.connections()));
		}
		finally {
			TimedCommand.destroy(process);
		}
	}

	private static String skipTo(BufferedReader output, String prefix) throws IOException {
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(prefix)) {
				return line.substring(prefix.length());
			}
		}
		throw new IOException("No line begins with '%s'".formatted(prefix));
	}

	private void add(String fault, String kind, String value) {
		String subject = switch (fault) {
			case "none" -> Subjects.HEALTHY;
			case "throttle" -> "throttling";
			case "refuse" -> "refusing";
			default -> fault;
		};
		this.lab.results().add("under fire", subject, kind, "50 threads", Double.parseDouble(value));
	}

}
