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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

import io.github.imds.cli.text.Durations;

/**
 * A command line: the command, its options and its operands.
 */
final class Arguments {

	private final CommandLine line;

	private final CommandName command;

	private final List<String> operands;

	private Arguments(CommandLine line) {
		this.line = line;
		List<String> operands = new ArrayList<>(line.getArgList());
		this.command = operands.isEmpty() ? CommandName.READ : CommandName.of(operands.get(0)).orElse(CommandName.READ);
		if (this.command != CommandName.READ) {
			operands.remove(0);
		}
		this.operands = List.copyOf(operands);
	}

	/**
	 * Parse a command line.
	 * @param args what was given to the process
	 * @return the arguments
	 * @throws UsageException if an option is unknown, lacks its value, is repeated with
	 * another value, or does not belong to the command
	 */
	static Arguments parse(String... args) {
		Options options = new Options();
		for (CommandOption option : CommandOption.values()) {
			options.addOption(option.toOption());
		}
		try {
			DefaultParser parser = DefaultParser.builder().setAllowPartialMatching(false).get();
			Arguments arguments = new Arguments(parser.parse(options, args));
			arguments.check();
			return arguments;
		}
		catch (ParseException ex) {
			throw new UsageException(ex.getMessage());
		}
	}

	CommandName command() {
		return this.command;
	}

	List<String> operands() {
		return this.operands;
	}

	boolean has(CommandOption option) {
		return this.line.hasOption(option.key());
	}

	Optional<String> value(CommandOption option) {
		return Optional.ofNullable(this.line.getOptionValue(option.key()));
	}

	/**
	 * Return the duration that follows an option.
	 * @param option the option
	 * @return the duration, or empty without the option
	 * @throws UsageException if the value is not a duration
	 */
	Optional<Duration> duration(CommandOption option) {
		return value(option).map((value) -> {
			try {
				return Durations.parse(option + " is not followed by a duration such as 30s", value);
			}
			catch (IllegalArgumentException ex) {
				throw new UsageException(ex.getMessage());
			}
		});
	}

	Optional<Pattern> pattern(CommandOption option) {
		return value(option).map((regex) -> {
			try {
				return Pattern.compile(regex);
			}
			catch (PatternSyntaxException ex) {
				throw new UsageException(
						"%s is not followed by a regular expression: %s".formatted(option, ex.getDescription()));
			}
		});
	}

	/**
	 * Check that at most one of several options is given.
	 * @param options options that exclude each other
	 * @throws UsageException if more than one is given
	 */
	void checkAtMostOne(CommandOption... options) {
		checkAtMostOne(given(options));
	}

	/**
	 * Check that at most one of several options is given, or operands.
	 * @param operand how the help calls the operands
	 * @param options options that exclude each other and operands
	 * @throws UsageException if more than one is given
	 */
	void checkOperandsOrOneOf(String operand, CommandOption... options) {
		List<String> given = given(options);
		if (!this.operands.isEmpty()) {
			given.add(0, operand);
		}
		checkAtMostOne(given);
	}

	private List<String> given(CommandOption... options) {
		List<String> given = new ArrayList<>();
		for (CommandOption option : options) {
			if (has(option)) {
				given.add(option.toString());
			}
		}
		return given;
	}

	void checkNoOperands() {
		if (!this.operands.isEmpty()) {
			throw new UsageException("%s does not take '%s'".formatted(this.command, this.operands.get(0)));
		}
	}

	private static void checkAtMostOne(List<String> given) {
		if (given.size() > 1) {
			throw new UsageException(String.join(" and ", given) + " cannot be used together");
		}
	}

	private void check() {
		for (CommandOption option : CommandOption.values()) {
			if (!has(option)) {
				continue;
			}
			if (!option.isAllowedFor(this.command)) {
				throw new UsageException("%s is not an option of %s".formatted(option, this.command));
			}
			if (option.hasValue() && this.line.getOptionValues(option.key()).length > 1) {
				throw new UsageException(option + " is given more than once");
			}
		}
	}

}
