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

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory;

/**
 * Masks sensitive values, unless they are to be shown.
 *
 * @param shown whether sensitive values are shown
 */
record Secrets(boolean shown) {

	private static final String MASK = "******";

	/**
	 * Mask what is sensitive in a tree, or among values by their paths.
	 * @param values values and directories by their paths
	 * @return the same with masks
	 */
	Map<String, @Nullable Object> mask(Map<String, @Nullable Object> values) {
		return this.shown ? values : mask("", values);
	}

	private static Map<String, @Nullable Object> mask(String directory, Map<?, ?> values) {
		Map<String, @Nullable Object> masked = new LinkedHashMap<>();
		values.forEach((name, value) -> masked.put(name.toString(), mask(directory + name, value)));
		return masked;
	}

	private static @Nullable Object mask(String name, @Nullable Object value) {
		String path = plain(name);
		if (value instanceof Map<?, ?> directory && MetadataCategory.of(path).isEmpty()) {
			return mask(path.isEmpty() ? "" : path + "/", directory);
		}
		return (value != null && MetadataCategory.isSensitive(path)) ? MASK : value;
	}

	/**
	 * Return a path without the decoration that people may write.
	 */
	private static String plain(String path) {
		String plain = path.startsWith("/") ? path.substring(1) : path;
		plain = plain.startsWith("latest/") ? plain.substring("latest/".length()) : plain;
		return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
	}

}
