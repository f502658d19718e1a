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

package io.github.imds.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.github.imds.ImdsResponseException;
import io.github.imds.client.ImdsClient;

/**
 * A JSON object of the service. What is missing, {@code null} or empty is absent. Read by
 * hand rather than bound, so that what AWS leaves out or adds is dealt with in one place,
 * and no native image needs hints. Its content never shows in a message.
 */
final class JsonObject {

	private static final int OK = 200;

	private static final String SUCCESS = "Success";

	/**
	 * The maintenance events have times such as {@code 21 Jan 2019 09:00:43 GMT}.
	 */
	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
		.appendOptional(DateTimeFormatter.ISO_INSTANT)
		.appendOptional(DateTimeFormatter.RFC_1123_DATE_TIME)
		.toFormatter(Locale.ROOT);

	private final String path;

	private final JsonNode node;

	private JsonObject(String path, JsonNode node) {
		this.path = path;
		this.node = node;
	}

	static Optional<JsonObject> read(ImdsClient client, String path) {
		return client.get(path, ObjectNode.class).map((node) -> new JsonObject(path, node));
	}

	static List<JsonObject> readAll(ImdsClient client, String path) {
		return client.get(path, ArrayNode.class)
			.stream()
			.flatMap(ArrayNode::valueStream)
			.map((node) -> new JsonObject(path, node))
			.toList();
	}

	/**
	 * Return this object unless it is what the service has in place of credentials, or of
	 * information about them, that it could not get. Its status is 200 then, too.
	 * @return this object
	 */
	JsonObject orFailure() {
		String code = findText("Code").orElse(SUCCESS);
		if (!code.equals(SUCCESS)) {
			throw new ImdsResponseException("AWS reports an error in place of '%s': %s%s".formatted(this.path, code,
					findText("Message").map(": "::concat).orElse("")), OK);
		}
		return this;
	}

	String text(String name) {
		return findText(name).orElseThrow(() -> missing(name));
	}

	Optional<String> findText(String name) {
		return text(this.node.path(name));
	}

	private static Optional<String> text(JsonNode node) {
		return node.asStringOpt().filter((text) -> !text.isEmpty());
	}

	List<String> texts(String name) {
		return this.node.path(name).valueStream().map(JsonObject::text).flatMap(Optional::stream).toList();
	}

	Instant time(String name) {
		return findTime(name).orElseThrow(() -> missing(name));
	}

	Optional<Instant> findTime(String name) {
		return findText(name).map((text) -> {
			try {
				return TIME.parse(text, Instant::from);
			}
			catch (DateTimeException ex) {
				// Without its cause, which would quote the value
				throw new ImdsResponseException("'%s' in '%s' is not a time".formatted(name, this.path), OK);
			}
		});
	}

	private ImdsResponseException missing(String name) {
		return new ImdsResponseException("'%s' has no '%s'".formatted(this.path, name), OK);
	}

}
