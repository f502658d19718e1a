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

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Network and machine of an application that looks for the service.
 *
 * @since 0.1.0
 */
public interface Network {

	/**
	 * Prepare the run of a process.
	 * @param command the command that starts it
	 * @return the command to use
	 * @throws IOException if it cannot be measured
	 */
	JavaCommand prepare(JavaCommand command) throws IOException;

	/**
	 * Return the number of requests or connections.
	 * @return the numbers by kind
	 * @throws IOException if they are unknown
	 */
	Map<String, Integer> counts() throws IOException;

	/**
	 * Return whether the service answers.
	 * @return whether values can be read
	 */
	default boolean answers() {
		return false;
	}

	/**
	 * Network with a measuring server.
	 *
	 * @param server the server
	 * @param delay the time from a request to its answer
	 */
	record Served(Server server, Duration delay) implements Network {

		@Override
		public JavaCommand prepare(JavaCommand command) throws IOException {
			this.server.prepare(this.delay);
			return command.environment(Server.ENDPOINT_VARIABLE, this.server.endpoint());
		}

		@Override
		public Map<String, Integer> counts() throws IOException {
			Server.Counts counts = this.server.counts();
			return Map.of("PUT", counts.put(), "GET", counts.get());
		}

		@Override
		public boolean answers() {
			return true;
		}

	}

	/**
	 * Network with an explicit endpoint that refuses connections: a port of the loopback
	 * interface without a listener.
	 */
	record ExplicitlyRefused() implements Network {

		@Override
		public JavaCommand prepare(JavaCommand command) {
			return command.environment(Server.ENDPOINT_VARIABLE, "http://127.0.0.1:1");
		}

		@Override
		public Map<String, Integer> counts() {
			return Map.of();
		}

	}

	/**
	 * Network without the service, asked at its default addresses.
	 *
	 * @param namespace the network
	 * @param hardware the machine
	 */
	record Unserved(Namespace namespace, Hardware hardware) implements Network {

		@Override
		public JavaCommand prepare(JavaCommand command) throws IOException {
			this.namespace.clearConnections();
			return this.namespace.within(command, this.hardware).withoutEnvironment();
		}

		@Override
		public Map<String, Integer> counts() throws IOException {
			return Map.of("connections", this.namespace.connections());
		}

	}

}
