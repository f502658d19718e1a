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

package io.github.imds.client.tree;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.ValueType;
import io.github.imds.category.MetadataPath;

/**
 * Turns the body of a value into what the catalogue says it is.
 */
final class TypedValue {

	private TypedValue() {
	}

	static @Nullable Object of(MetadataPath path, byte[] body) {
		ValueType type = path.category().map(MetadataCategory::valueType).orElse(ValueType.TEXT);
		return switch (type) {
			case TEXT -> text(body);
			case INTEGER -> integer(text(body));
			case LIST -> Listing.lines(text(body)).toList();
			case JSON -> JsonReader.parse(text(body));
			case BYTES -> body;
		};
	}

	private static String text(byte[] body) {
		return new String(body, StandardCharsets.UTF_8);
	}

	private static Object integer(String text) {
		try {
			return Integer.valueOf(text);
		}
		catch (NumberFormatException ex) {
			return text;
		}
	}

}
