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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory;

/**
 * Converts a tree of instance metadata to properties: {@code imds.placement.region},
 * {@code imds.tags.instance[team:owner]}. A value that is not in the catalogue has a name
 * such as {@code imds.meta-data.new.thing}, as in a single look-up, and cannot be
 * mistaken for a setting.
 */
final class SnapshotProperties {

	private static final String PREFIX = "imds";

	private static final Pattern NAME = Pattern.compile(PREFIX + "(\\.[a-z][a-z0-9-]*|\\[[^\\[\\]]+])*");

	/**
	 * Name that the client adds to the formats of a public key.
	 */
	private static final Pattern KEY_NAME = Pattern.compile("meta-data/public-keys/[^/]+/name");

	private final Log logger;

	private final Map<String, Object> properties = new LinkedHashMap<>();

	SnapshotProperties(Log logger) {
		this.logger = logger;
	}

	/**
	 * Add the metadata at a path.
	 * @param path the path, empty for everything
	 * @param metadata a value or the tree below a directory
	 */
	void add(String path, Object metadata) {
		Object tree = metadata;
		for (String rest = path; !rest.isEmpty(); rest = rest.substring(0, Math.max(0, rest.lastIndexOf('/')))) {
			tree = Map.of(rest.substring(rest.lastIndexOf('/') + 1), tree);
		}
		if (tree instanceof Map<?, ?> root) {
			add(ImdsPropertyName.META_DATA, PREFIX, root.get(ImdsPropertyName.META_DATA));
			add(ImdsPropertyName.DYNAMIC, PREFIX + "." + ImdsPropertyName.DYNAMIC, root.get(ImdsPropertyName.DYNAMIC));
		}
	}

	/**
	 * Return the properties, including their short names.
	 * @return values by the names of the properties
	 */
	Map<String, Object> toMap() {
		Object mac = this.properties.get("imds.mac");
		Map<String, Object> all = new LinkedHashMap<>(this.properties);
		this.properties.forEach((name, value) -> {
			String primary = ImdsPropertyName.ofPrimaryInterface(name, mac);
			if (primary != null) {
				all.putIfAbsent(primary, value);
			}
		});
		for (String name : ImdsPropertyName.SHORTCUTS) {
			Object value = this.properties.get(ImdsPropertyName.PREFIX + ImdsPropertyName.IDENTITY_DOCUMENT + name);
			if (value != null) {
				all.putIfAbsent(PREFIX + "." + name, value);
			}
		}
		return Collections.unmodifiableMap(all);
	}

	private void add(String path, String name, @Nullable Object value) {
		if (value instanceof Map<?, ?> map && MetadataCategory.of(path).isPresent()) {
			map.forEach((key, field) -> add(path,
					ImdsPropertyName.child(name, JsonField.kebabCase((String) key), false), field));
		}
		else if (value instanceof Map<?, ?> map) {
			boolean variable = holdsVariables(path);
			map.forEach(
					(key, entry) -> add(path + "/" + key, ImdsPropertyName.child(name, (String) key, variable), entry));
		}
		else if (value instanceof List<?> list && !list.stream().allMatch(SnapshotProperties::isSimple)) {
			for (int i = 0; i < list.size(); i++) {
				add(path, "%s[%d]".formatted(name, i), list.get(i));
			}
		}
		else if (value instanceof List<?> list) {
			addText(path, name, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
		}
		else if (isSimple(value)) {
			addText(path, name, String.valueOf(value));
		}
	}

	private void addText(String path, String name, String text) {
		if (ImdsPropertySource.isEvaluated(text)) {
			warn(path, "holds a placeholder or an expression");
		}
		else if (!NAME.matcher(name).matches()) {
			warn(path, "has a name with brackets");
		}
		else {
			boolean unknown = path.startsWith(ImdsPropertyName.META_DATA) && MetadataCategory.of(path).isEmpty()
					&& !KEY_NAME.matcher(path).matches();
			String relative = name.substring(PREFIX.length());
			this.properties.putIfAbsent(PREFIX + (unknown ? "." + ImdsPropertyName.META_DATA : "") + relative, text);
		}
	}

	private void warn(String path, String problem) {
		this.logger.warn("Instance metadata '%s' %s and is not a property. Read it through the ImdsClient"
			.formatted(path, problem));
	}

	private static boolean isSimple(@Nullable Object value) {
		return value instanceof String || value instanceof Number || value instanceof Boolean;
	}

	/**
	 * Return whether the names of a directory's entries vary, such as MAC addresses and
	 * tag keys.
	 */
	private static boolean holdsVariables(String directory) {
		int depth = directory.split("/").length;
		return MetadataCategory.below(directory)
			.stream()
			.anyMatch((category) -> category.pattern().split("/")[depth].startsWith("{"));
	}

}
