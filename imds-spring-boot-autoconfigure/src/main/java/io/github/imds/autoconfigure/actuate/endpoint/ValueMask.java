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
 * Masks values as other endpoints do: all of them, or those that a
 * {@link SanitizingFunction} says, to which a value is known by its path. Tags whose key
 * looks like that of a secret are masked in any case. Names stay as they are.
 */
final class ValueMask {

	private static final String TAGS = "meta-data/tags/instance/";

	private static final SanitizingFunction LIKELY_CREDENTIAL = SanitizingFunction.sanitizeValue().ifLikelyCredential();

	private final Sanitizer sanitizer;

	ValueMask(List<SanitizingFunction> sanitizingFunctions) {
		List<SanitizingFunction> functions = new ArrayList<>();
		functions.add(ValueMask::maskSecretTag);
		functions.addAll(sanitizingFunctions);
		this.sanitizer = new Sanitizer(functions);
	}

	private static SanitizableData maskSecretTag(SanitizableData data) {
		return data.getKey().startsWith(TAGS) ? LIKELY_CREDENTIAL.applyUnlessFiltered(data) : data;
	}

	/**
	 * Return a value, or all below a directory, with what is not to be shown masked.
	 * @param path the path of the value or directory
	 * @param value the value, or the map of the directory
	 * @param showValues whether values are shown that no function masks
	 * @return the same structure with masked values
	 */
	@Nullable Object apply(String path, @Nullable Object value, boolean showValues) {
		if (value instanceof Map<?, ?> directory) {
			Map<String, @Nullable Object> masked = new LinkedHashMap<>();
			directory.forEach((key, child) -> {
				String name = String.valueOf(key);
				masked.put(name, apply(path.isEmpty() ? name : path + "/" + name, child, showValues));
			});
			return masked;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> masked = new ArrayList<>();
			list.forEach((item) -> masked.add(apply(path, item, showValues)));
			return masked;
		}
		return this.sanitizer.sanitize(new SanitizableData(null, path, value), showValues);
	}

}
