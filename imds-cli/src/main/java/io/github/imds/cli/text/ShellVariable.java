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

package io.github.imds.cli.text;

import java.util.Locale;

/**
 * Names and values of variables for the {@code eval} of a POSIX shell.
 */
final class ShellVariable {

	private static final String META_DATA = "meta-data/";

	private ShellVariable() {
	}

	/**
	 * Return the name for a path: {@code IMDS_PLACEMENT_REGION} for
	 * {@code meta-data/placement/region}, and {@code …_ACCOUNT_ID} for a JSON name
	 * {@code accountId}.
	 * @param path the path of a value
	 * @return the name, of ASCII capitals, digits and underscores
	 */
	static String name(String path) {
		String relative = path.startsWith(META_DATA) ? path.substring(META_DATA.length()) : path;
		return "IMDS_" + relative.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
			.toUpperCase(Locale.ROOT)
			.replaceAll("[^A-Z0-9]", "_");
	}

	/**
	 * Quote a value so that a shell takes every character as it is.
	 * @param value the value
	 * @return the value in single quotes
	 */
	static String quote(String value) {
		return "'" + value.replace("\u0000", "").replace("'", "'\\''") + "'";
	}

}
