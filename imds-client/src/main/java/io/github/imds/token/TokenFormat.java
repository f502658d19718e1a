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

package io.github.imds.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;

/**
 * Format of a token in a file: two lines, the time at which it expires and its value. A
 * token has no white space.
 */
final class TokenFormat {

	private TokenFormat() {
	}

	static byte[] write(ImdsToken token) {
		return (token.expiresAt() + "\n" + token.value() + "\n").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Read a token. No exception says what is wrong, since it would quote the content and
	 * with it the token.
	 * @param content the content of a file
	 * @return the token, or {@code null} if the content is not a token
	 */
	static @Nullable ImdsToken read(byte[] content) {
		String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\n", -1);
		if (lines.length != 3 || !lines[2].isEmpty()) {
			// A file that was cut off has no final line feed
			return null;
		}
		try {
			return new ImdsToken(lines[1], Instant.parse(lines[0]));
		}
		catch (DateTimeParseException | IllegalArgumentException ex) {
			return null;
		}
	}

}
