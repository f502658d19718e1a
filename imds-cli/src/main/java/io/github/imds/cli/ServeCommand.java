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

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.github.imds.cli.serve.SimulatedService;

/**
 * Simulates an instance until a signal ends the process.
 */
final class ServeCommand implements Command {

	/** The port that other simulations of the service have. */
	private static final String PORT = "1338";

	private final Arguments arguments;

	private final SimulatedService.Settings settings;

	ServeCommand(Arguments arguments) {
		this.arguments = arguments;
		this.settings = new SimulatedService.Settings(arguments.value(CommandOption.ADDRESS).orElse("127.0.0.1"),
				number(CommandOption.PORT, PORT, 65535), number(CommandOption.CONTROL_PORT, "0", 65535),
				arguments.value(CommandOption.TREE).orElse(null),
				arguments.duration(CommandOption.LATENCY).orElse(Duration.ZERO),
				number(CommandOption.THROTTLE, "0", Integer.MAX_VALUE), !arguments.has(CommandOption.DISABLED));
	}

	@Override
	public int run(Console console) throws IOException {
		SimulatedService service = SimulatedService.start(this.settings);
		// A script can end the command as soon as it has printed the endpoint
		endWithoutFailureOnSignal(service);
		if (this.arguments.has(CommandOption.VERBOSE)) {
			service.logRequests((request) -> console.errors().println(request));
		}
		this.arguments.duration(CommandOption.SPOT_IN).ifPresent(service::interruptSpotIn);
		this.arguments.duration(CommandOption.REBALANCE_IN).ifPresent(service::recommendRebalanceIn);
		console.println("# Simulated instance: " + service.endpoint());
		console.println("# Control API: " + service.controlEndpoint());
		console.println("export AWS_EC2_METADATA_SERVICE_ENDPOINT=" + service.endpoint());
		console.output().flush();
		waitForSignal(service);
		return ExitStatus.OK;
	}

	private static void endWithoutFailureOnSignal(SimulatedService service) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			service.close();
			Runtime.getRuntime().halt(ExitStatus.OK);
		}, "imds-shutdown"));
	}

	private static void waitForSignal(SimulatedService service) {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			service.close();
		}
	}

	private int number(CommandOption option, String otherwise, int max) {
		String value = this.arguments.value(option).orElse(otherwise);
		try {
			int number = Integer.parseInt(value);
			if (number >= 0 && number <= max) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Not a number is as wrong as one that is too large
		}
		throw new UsageException("%s is not followed by a number from 0 to %d: '%s'".formatted(option, max, value));
	}

}
