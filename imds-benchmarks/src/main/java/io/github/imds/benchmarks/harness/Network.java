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
import java.time.Duration;
import java.util.Map;

/**
 * What an application meets where it looks for the service.
 */
interface Network {

	/**
	 * Get ready for one process.
	 * @param command the command that starts it
	 * @return the command to use
	 * @throws IOException if it cannot be measured
	 */
	JavaCommand prepare(JavaCommand command) throws IOException;

	/**
	 * Return how many requests or connections there were.
	 * @return the numbers by what was counted
	 * @throws IOException if they cannot be told
	 */
	Map<String, Integer> counts() throws IOException;

	/**
	 * Return whether there is a service.
	 * @return whether values can be read
	 */
	default boolean answers() {
		return false;
	}

	/**
	 * The measuring server answers, after a while.
	 */
	record Served(Server server, Duration delay) implements Network {

		@Override
		public JavaCommand prepare(JavaCommand command) throws IOException {
			this.server.prepare(this.delay);
			return command;
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
	 * Nobody listens: a port of the loopback interface that was never opened.
	 */
	record Refused() implements Network {

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
	 * The real addresses, in a network namespace where they are routed but silent.
	 */
	record Silent(Namespace namespace) implements Network {

		@Override
		public JavaCommand prepare(JavaCommand command) throws IOException {
			this.namespace.clearConnections();
			return this.namespace.within(command);
		}

		@Override
		public Map<String, Integer> counts() throws IOException {
			return Map.of("connections", this.namespace.connections());
		}

	}

	/**
	 * The same, on a machine whose firmware says that it is no EC2 instance.
	 */
	record OffEc2(Namespace namespace) implements Network {

		@Override
		public JavaCommand prepare(JavaCommand command) throws IOException {
			this.namespace.clearConnections();
			return this.namespace.withinOtherMachine(command);
		}

		@Override
		public Map<String, Integer> counts() throws IOException {
			return Map.of("connections", this.namespace.connections());
		}

	}

}
