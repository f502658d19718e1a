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

package io.github.imds.autoconfigure.env;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Field of a JSON value as the text of a property.
 */
final class JsonField {

	private JsonField() {
	}

	/**
	 * Find a field.
	 * @param json the value that contains the field
	 * @param names the names on the way to the field, in kebab case, or indexes
	 * @return its text, or comma-joined texts for an array, or {@code null} if the field
	 * is absent or not simple
	 */
	static @Nullable String find(JsonNode json, List<String> names) {
		JsonNode node = json;
		for (String name : names) {
			node = child(node, name);
			if (node == null) {
				return null;
			}
		}
		return text(node);
	}

	private static @Nullable JsonNode child(JsonNode node, String name) {
		if (node.isArray()) {
			return name.matches("[0-9]{1,4}") ? node.get(Integer.parseInt(name)) : null;
		}
		return node.properties()
			.stream()
			.filter((field) -> kebabCase(field.getKey()).equals(name))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String text(JsonNode node) {
		if (node.isArray()) {
			return node.valueStream().allMatch(JsonField::isSimple)
					? node.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")) : null;
		}
		return isSimple(node) ? node.asString() : null;
	}

	private static boolean isSimple(JsonNode node) {
		return node.isValueNode() && !node.isNull();
	}

	/**
	 * Return a name in the form that property names use.
	 * @param name the name, such as {@code InstanceProfileArn} or {@code accountId}
	 * @return the name in kebab case, such as {@code instance-profile-arn}
	 */
	static String kebabCase(String name) {
		return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
	}

}
