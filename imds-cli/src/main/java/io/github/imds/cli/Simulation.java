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

package io.github.imds.cli;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.test.ImdsSimulator;

/**
 * The simulated instance behind {@code --simulate}. Only this class and those of
 * {@code imds serve} need its library.
 */
final class Simulation {

	private Simulation() {
	}

	/**
	 * Build a client of a new simulated instance, which lasts as long as the process.
	 * @param builder the builder, to which the endpoint is added
	 * @return the client
	 */
	static ImdsClient client(ImdsClientBuilder builder) {
		return builder.endpoints(ImdsSimulator.start().endpoint()).build();
	}

}
