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

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

import static io.github.imds.cli.CommandName.READ;
import static io.github.imds.cli.CommandName.RECORD;
import static io.github.imds.cli.CommandName.SERVE;
import static io.github.imds.cli.CommandName.WATCH;

/**
 * The options of all commands. An option means the same wherever it is allowed.
 */
enum CommandOption {

	/** Print everything, the default. */
	ALL("a", "all", null, READ),

	/** Print the categories that match. */
	MATCH("E", null, "REGEX", READ),

	/** List all categories. */
	LIST_ALL("L", "list-all", null, READ),

	/** List the categories that match. */
	LIST("l", null, "REGEX", READ),

	/** Write user data as is. */
	USER_DATA("U", "user-data", null, READ, RECORD),

	/** Print values without names. */
	RAW("r", "raw", null, READ),

	/** Format of the output. */
	FORMAT(null, "format", "FORMAT", READ),

	/** Print secrets. */
	SHOW_SECRETS(null, "show-secrets", null, READ, RECORD),

	/** Use a simulated instance. */
	SIMULATE(null, "simulate", null, READ, RECORD, WATCH),

	/** Addresses of the service. */
	ENDPOINT(null, "imds", "ENDPOINT", READ, RECORD, WATCH),

	/** Directory of the session tokens. */
	TOKEN_DIRECTORY("t", null, "DIR", READ, RECORD, WATCH),

	/** Keep no session token. */
	NO_TOKEN_CACHE(null, "no-token-cache", null, READ, RECORD, WATCH),

	/** Time limit of a request. */
	TIMEOUT(null, "timeout", "SECONDS", READ, RECORD, WATCH),

	/** File to write to. */
	OUTPUT("o", "output", "FILE", RECORD),

	/** Keep account numbers, addresses and names in a recording. */
	KEEP_NAMES(null, "keep-names", null, RECORD),

	/** Port of the service. */
	PORT(null, "port", "PORT", SERVE),

	/** Address of the service. */
	ADDRESS(null, "address", "ADDRESS", SERVE),

	/** Port of the control API. */
	CONTROL_PORT(null, "control-port", "PORT", SERVE),

	/** Tree of the simulated instance. */
	TREE(null, "tree", "FILE", SERVE),

	/** Delay of every response. */
	LATENCY(null, "latency", "DURATION", SERVE),

	/** Time until the Spot interruption notice. */
	SPOT_IN(null, "spot-in", "DURATION", SERVE),

	/** Time until the rebalance recommendation. */
	REBALANCE_IN(null, "rebalance-in", "DURATION", SERVE),

	/** Number of requests that are throttled. */
	THROTTLE(null, "throttle", "REQUESTS", SERVE),

	/** Answer every request as if the service were switched off. */
	DISABLED(null, "disabled", null, SERVE),

	/** Command to run for each notice. */
	EXEC(null, "exec", "COMMAND", WATCH),

	/** Watch the tags too. */
	TAGS(null, "tags", null, WATCH),

	/** Time between two looks. */
	INTERVAL(null, "interval", "DURATION", WATCH),

	/** Log requests. */
	VERBOSE("v", "verbose", null, READ, SERVE, RECORD, WATCH),

	/** Show the help. */
	HELP("h", "help", null, READ, SERVE, RECORD, WATCH),

	/** Show the version. */
	VERSION("V", "version", null, READ, SERVE, RECORD, WATCH);

	private final @Nullable String letter;

	private final @Nullable String word;

	private final @Nullable String value;

	private final Set<CommandName> commands;

	CommandOption(@Nullable String letter, @Nullable String word, @Nullable String value, CommandName first,
			CommandName... others) {
		this.letter = letter;
		this.word = word;
		this.value = value;
		this.commands = EnumSet.of(first, others);
	}

	/**
	 * Return the option for the parser.
	 * @return a new option
	 */
	Option toOption() {
		return Option.builder(this.letter).longOpt(this.word).hasArg(this.value != null).argName(this.value).get();
	}

	/**
	 * Return the name by which the parser finds the option.
	 * @return the letter or the word, without hyphens
	 */
	String key() {
		return (this.letter != null) ? this.letter : Objects.requireNonNull(this.word);
	}

	boolean hasValue() {
		return this.value != null;
	}

	boolean isAllowedFor(CommandName command) {
		return this.commands.contains(command);
	}

	/**
	 * Return the option as people write it.
	 * @return the letter, or the word if there is no letter, with hyphens
	 */
	@Override
	public String toString() {
		return (this.letter != null) ? "-" + this.letter : "--" + this.word;
	}

}
