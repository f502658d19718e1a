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

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * How a token is written to a file: as a JSON object. It is read and written piece by
 * piece, since a mapper takes longer to load than the service to issue another token.
 */
final class TokenFormat {

	private static final String TOKEN = "token";

	private static final String EXPIRES_AT = "expiresAt";

	private static final JsonFactory FACTORY = new JsonFactory();

	private TokenFormat() {
	}

	static byte[] write(ImdsToken token) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), content)) {
			generator.writeStartObject()
				.writeStringProperty(TOKEN, token.value())
				.writeStringProperty(EXPIRES_AT, token.expiresAt().toString())
				.writeEndObject();
		}
		return content.toByteArray();
	}

	/**
	 * Read a token. No exception says what is wrong, since it would quote the content and
	 * with it the token.
	 * @param content the content of a file
	 * @return the token, or {@code null} if that is not what it holds
	 */
	static @Nullable ImdsToken read(byte[] content) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), content)) {
			return (parser.nextToken() == JsonToken.START_OBJECT) ? read(parser) : null;
		}
		catch (JacksonException | DateTimeParseException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable ImdsToken read(JsonParser parser) {
		String value = null;
		String expiresAt = null;
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			if (name.equals(TOKEN)) {
				value = parser.getValueAsString();
			}
			else if (name.equals(EXPIRES_AT)) {
				expiresAt = parser.getValueAsString();
			}
			parser.skipChildren();
		}
		return (value != null && expiresAt != null) ? new ImdsToken(value, Instant.parse(expiresAt)) : null;
	}

}
