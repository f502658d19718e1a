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
 * Masks sensitive values or leaves them out, unless they are to be shown.
 *
 * @param shown whether sensitive values are shown
 * @param leftOut whether sensitive values are left out, rather than masked
 */
record Secrets(boolean shown, boolean leftOut) {

	private static final String MASK = "******";

	boolean hides(String path) {
		return !this.shown && MetadataCategory.isSensitive(path);
	}

	/**
	 * Hide what is sensitive in a tree, or among values by their paths.
	 * @param values values and directories by their canonical paths
	 * @return the same without secrets
	 */
	Map<String, @Nullable Object> hide(Map<String, @Nullable Object> values) {
		return this.shown ? values : hide("", values);
	}

	private Map<String, @Nullable Object> hide(String directory, Map<?, ?> values) {
		Map<String, @Nullable Object> shown = new LinkedHashMap<>();
		values.forEach((key, value) -> {
			String name = key.toString();
			String path = directory + name;
			if (value instanceof Map<?, ?> children && MetadataCategory.of(path).isEmpty() && !hides(path)) {
				shown.put(name, hide(path + "/", children));
			}
			else if (value == null || !hides(path)) {
				shown.put(name, value);
			}
			else if (!this.leftOut) {
				shown.put(name, mask(path, value));
			}
		});
		return shown;
	}

	/**
	 * A directory of secrets keeps the names that it lists.
	 */
	private static Object mask(String path, Object value) {
		if (value instanceof Map<?, ?> children && MetadataCategory.of(path).isEmpty()) {
			Map<String, Object> masked = new LinkedHashMap<>();
			children.keySet().forEach((name) -> masked.put(name.toString(), MASK));
			return masked;
		}
		return MASK;
	}

}
