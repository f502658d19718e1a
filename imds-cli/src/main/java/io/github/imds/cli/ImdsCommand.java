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
import java.util.Objects;

import io.github.imds.ImdsException;

/**
 * The command {@code imds}: prints the metadata of an EC2 instance, records it, simulates
 * an instance, and watches for the end of one. It starts no Spring context.
 *
 * @since 0.1.0
 */
public final class ImdsCommand {

	private ImdsCommand() {
	}

	/**
	 * Run the command and exit with its status.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		LogOutput.install();
		System.exit(run(Console.ofProcess(), args));
	}

	static int run(Console console, String... args) {
		try {
			int status = runCommand(console, Arguments.parse(args));
			console.output().flush();
			return status;
		}
		catch (UsageException ex) {
			console.complain(ex.getMessage());
			console.complain("try --help");
			return ExitStatus.USAGE;
		}
		catch (ImdsException ex) {
			console.complain(ex.getMessage());
			return ExitStatus.FAILURE;
		}
		catch (IOException ex) {
			if (isBrokenPipe(ex)) {
				return ExitStatus.BROKEN_PIPE;
			}
			console.complain(ex.getMessage());
			return ExitStatus.FAILURE;
		}
	}

	private static int runCommand(Console console, Arguments arguments) throws IOException {
		if (arguments.has(CommandOption.HELP)) {
			return printHelp(console, arguments.command());
		}
		if (arguments.has(CommandOption.VERSION)) {
			console.println("imds " + version());
			return ExitStatus.OK;
		}
		if (arguments.has(CommandOption.VERBOSE)) {
			LogOutput.verbose();
		}
		return command(arguments).run(console);
	}

	private static Command command(Arguments arguments) {
		if (arguments.command() != CommandName.READ) {
			arguments.checkNoOperands();
		}
		return switch (arguments.command()) {
			case READ -> read(arguments);
			case SERVE -> new ServeCommand(arguments);
			case RECORD -> new RecordCommand(arguments);
			case WATCH -> new WatchCommand(arguments);
		};
	}

	private static Command read(Arguments arguments) {
		arguments.checkOperandsOrOneOf("CATEGORY", CommandOption.ALL, CommandOption.MATCH, CommandOption.LIST_ALL,
				CommandOption.LIST, CommandOption.USER_DATA);
		if (arguments.has(CommandOption.LIST_ALL) || arguments.has(CommandOption.LIST)) {
			return new ListCommand(arguments);
		}
		return arguments.has(CommandOption.USER_DATA) ? new UserDataCommand(arguments) : new ReadCommand(arguments);
	}

	private static int printHelp(Console console, CommandName command) throws IOException {
		try (InputStream help = Objects.requireNonNull(ImdsCommand.class.getResourceAsStream(command.help()))) {
			help.transferTo(console.output());
		}
		return ExitStatus.OK;
	}

	private static String version() {
		String version = ImdsCommand.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "(not packaged)";
	}

	/**
	 * Java tells of a broken pipe by the message of the operating system alone.
	 */
	private static boolean isBrokenPipe(IOException ex) {
		String message = ex.getMessage();
		return message != null && (message.contains("Broken pipe") || message.contains("pipe is being closed"));
	}

}
