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

import java.util.Locale;

/**
 * Format in which metadata is printed.
 */
enum OutputFormat {

	/** One JSON object. */
	JSON,

	/** One YAML document. */
	YAML,

	/** A properties file as Java reads it. */
	PROPERTIES,

	/** Variables for a POSIX shell. */
	ENV,

	/** The values alone. */
	RAW;

	static OutputFormat of(Arguments arguments) {
		arguments.checkAtMostOne(CommandOption.RAW, CommandOption.FORMAT);
		if (arguments.has(CommandOption.RAW)) {
			return RAW;
		}
		String name = arguments.value(CommandOption.FORMAT).orElse("json");
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "json" -> JSON;
			case "yaml" -> YAML;
			case "properties" -> PROPERTIES;
			case "env" -> ENV;
			default -> throw new UsageException("--format is json, yaml, properties or env, not '%s'".formatted(name));
		};
	}

	/**
	 * Return whether programs take each value as it is, so that a mask in its place would
	 * be taken for the value.
	 * @return {@code true} if secrets are left out
	 */
	boolean leavesSecretsOut() {
		return this != JSON && this != YAML;
	}

}
