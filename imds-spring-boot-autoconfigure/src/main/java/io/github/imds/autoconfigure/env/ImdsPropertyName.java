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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.ValueType;

/**
 * The metadata that the name of a property stands for: {@code imds.placement.region} is
 * {@code meta-data/placement/region}, {@code imds.tags.instance[team:owner]} is
 * {@code meta-data/tags/instance/team:owner}. What the catalogue does not know is no
 * property, so that the names Spring Boot probes in passing are not asked for.
 *
 * @param path the path of the value
 * @param category its category
 */
record ImdsPropertyName(String path, MetadataCategory category) {

	static final String PREFIX = "imds.";

	/**
	 * A plain name, or any name in brackets. A plain name holds no colon, since
	 * {@code imds.tags.instance.Name:none} is a placeholder with its default.
	 */
	private static final Pattern ELEMENT = Pattern.compile("\\G(?:(?:^|\\.)([A-Za-z0-9_-]+)|\\[([^\\[\\]]+)])");

	/**
	 * Return what a name stands for.
	 * @param name the name of a property, with the prefix
	 * @return the metadata, or {@code null} if the name is not one of ours
	 */
	static @Nullable ImdsPropertyName of(String name) {
		StringBuilder path = new StringBuilder("meta-data");
		Matcher matcher = ELEMENT.matcher(name.substring(PREFIX.length()));
		int end = 0;
		while (matcher.find()) {
			path.append('/').append((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2));
			end = matcher.end();
		}
		if (end != name.length() - PREFIX.length()) {
			return null;
		}
		return MetadataCategory.of(path.toString())
			.filter((category) -> isSingleValue(category) && !category.sensitive())
			.map((category) -> new ImdsPropertyName(path.toString(), category))
			.orElse(null);
	}

	private static boolean isSingleValue(MetadataCategory category) {
		return category.valueType() == ValueType.TEXT || category.valueType() == ValueType.INTEGER;
	}

}
