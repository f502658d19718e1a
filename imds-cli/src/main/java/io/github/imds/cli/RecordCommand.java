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
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.imds.category.MetadataCategory;
import io.github.imds.cli.record.Anonymizer;
import io.github.imds.cli.record.Recorder;
import io.github.imds.cli.text.DocumentWriter;
import io.github.imds.client.ImdsClient;

/**
 * Records an instance as a file that simulated instances replay.
 */
final class RecordCommand implements Command {

	private final Arguments arguments;

	RecordCommand(Arguments arguments) {
		this.arguments = arguments;
	}

	@Override
	public int run(Console console) throws IOException {
		Map<String, byte[]> bodies;
		boolean secrets = this.arguments.has(CommandOption.SHOW_SECRETS);
		try (ImdsClient client = ClientFactory.create(this.arguments)) {
			bodies = Recorder.record(client, this.arguments.has(CommandOption.USER_DATA), secrets, console::complain);
		}
		if (!this.arguments.has(CommandOption.KEEP_NAMES)) {
			bodies = Anonymizer.anonymize(bodies, RecordCommand::isCredentials);
		}
		byte[] recording = DocumentWriter.toJson(bodies);
		Optional<String> file = this.arguments.value(CommandOption.OUTPUT);
		if (file.isPresent()) {
			write(Path.of(file.get()), recording);
		}
		else {
			console.output().write(recording);
		}
		return ExitStatus.OK;
	}

	/**
	 * Write the file. Java does not tell the reason for the most common failures in their
	 * message, but by their type.
	 */
	private static void write(Path file, byte[] recording) throws IOException {
		try {
			Files.write(file, recording);
		}
		catch (NoSuchFileException ex) {
			throw new IOException("%s cannot be written: its directory does not exist".formatted(file), ex);
		}
		catch (AccessDeniedException ex) {
			throw new IOException("%s cannot be written: permission denied".formatted(file), ex);
		}
	}

	/**
	 * Credentials are made up already, or wanted as they are.
	 */
	private static boolean isCredentials(String path) {
		return MetadataCategory.of(path).filter(MetadataCategory::sensitive).isPresent() && !path.equals("user-data");
	}

}
