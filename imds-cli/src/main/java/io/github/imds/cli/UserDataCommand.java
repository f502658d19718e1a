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
import java.io.InputStream;
import java.util.Optional;

import io.github.imds.client.ImdsClient;

/**
 * Writes the user data, byte for byte.
 */
final class UserDataCommand implements Command {

	private final Arguments arguments;

	UserDataCommand(Arguments arguments) {
		this.arguments = arguments;
	}

	@Override
	public int run(Console console) throws IOException {
		this.arguments.checkAtMostOne(CommandOption.USER_DATA, CommandOption.FORMAT);
		if (console.isTerminal()) {
			throw new UsageException("-U writes to a file or a pipe, not to a terminal");
		}
		try (ImdsClient client = ClientFactory.create(this.arguments)) {
			Optional<InputStream> userData = client.stream("user-data");
			if (userData.isEmpty()) {
				console.complain("this instance has no user data");
				return ExitStatus.FAILURE;
			}
			try (InputStream stream = userData.get()) {
				stream.transferTo(console.output());
			}
			return ExitStatus.OK;
		}
	}

}
