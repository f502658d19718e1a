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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import io.github.imds.cli.text.Durations;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.token.FileImdsTokenStore;

/**
 * Creates the client that a command line describes.
 */
final class ClientFactory {

	private ClientFactory() {
	}

	/**
	 * Create a client.
	 * @param arguments the command line
	 * @return a new client
	 * @throws UsageException if an option is invalid
	 */
	static ImdsClient create(Arguments arguments) {
		arguments.checkAtMostOne(CommandOption.SIMULATE, CommandOption.ENDPOINT);
		arguments.checkAtMostOne(CommandOption.TOKEN_DIRECTORY, CommandOption.NO_TOKEN_CACHE);
		try {
			ImdsClientBuilder builder = ImdsClient.builder();
			arguments.value(CommandOption.ENDPOINT).ifPresent((value) -> builder.endpoints(endpoints(value)));
			arguments.value(CommandOption.TIMEOUT).ifPresent((value) -> {
				Duration timeout = Durations.parse("--timeout is not followed by a number of seconds", value);
				builder.connectTimeout(timeout).readTimeout(timeout).timeout(timeout);
			});
			arguments.value(CommandOption.TOKEN_DIRECTORY)
				.ifPresent((value) -> builder.tokenStore(new FileImdsTokenStore(Path.of(value))));
			if (arguments.has(CommandOption.SIMULATE)) {
				return Simulation.client(builder);
			}
			if (!arguments.has(CommandOption.TOKEN_DIRECTORY) && !arguments.has(CommandOption.NO_TOKEN_CACHE)) {
				builder
					.tokenStore(new OptionalTokenStore(new FileImdsTokenStore(FileImdsTokenStore.defaultDirectory())));
			}
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException(ex.getMessage());
		}
	}

	private static URI[] endpoints(String value) {
		return Arrays.stream(value.split(",")).map(String::strip).map(URI::create).toArray(URI[]::new);
	}

}
