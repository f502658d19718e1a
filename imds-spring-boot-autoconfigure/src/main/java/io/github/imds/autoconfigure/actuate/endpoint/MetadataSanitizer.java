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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Replaces values by {@code ******}, as Spring Boot's own endpoints do: all values, or
 * those that a {@link SanitizingFunction} selects by path. Values of tags with a key that
 * suggests a secret are always replaced. Names are kept.
 */
final class MetadataSanitizer {

	private static final String TAGS = "meta-data/tags/instance/";

	private static final SanitizingFunction LIKELY_CREDENTIAL = SanitizingFunction.sanitizeValue().ifLikelyCredential();

	private final Sanitizer sanitizer;

	MetadataSanitizer(Iterable<SanitizingFunction> sanitizingFunctions) {
		List<SanitizingFunction> functions = new ArrayList<>();
		functions.add(MetadataSanitizer::sanitizeTag);
		sanitizingFunctions.forEach(functions::add);
		this.sanitizer = new Sanitizer(functions);
	}

	private static SanitizableData sanitizeTag(SanitizableData data) {
		return data.getKey().startsWith(TAGS) ? LIKELY_CREDENTIAL.applyUnlessFiltered(data) : data;
	}

	/**
	 * Return a sanitized value or directory.
	 * @param path the path
	 * @param value the value, or the values of a directory by name
	 * @param showValues whether to show values that no function replaces
	 * @return the same structure with sanitized values
	 */
	@Nullable Object sanitize(String path, @Nullable Object value, boolean showValues) {
		if (value instanceof Map<?, ?> directory) {
			Map<String, @Nullable Object> sanitized = new LinkedHashMap<>();
			directory.forEach((key, child) -> {
				String name = String.valueOf(key);
				sanitized.put(name, sanitize(path.isEmpty() ? name : path + "/" + name, child, showValues));
			});
			return sanitized;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> sanitized = new ArrayList<>();
			list.forEach((item) -> sanitized.add(sanitize(path, item, showValues)));
			return sanitized;
		}
		return this.sanitizer.sanitize(new SanitizableData(null, path, value), showValues);
	}

}
