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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataPath;

/**
 * Metadata at one moment, all of it or a part.
 *
 * @param root the values and directories at the top by name
 */
record MetadataSnapshot(Map<String, @Nullable Object> root) {

	static final MetadataSnapshot EMPTY = new MetadataSnapshot(Map.of());

	static MetadataSnapshot of(MetadataPath directory, Map<String, @Nullable Object> children) {
		if (directory.isRoot()) {
			return new MetadataSnapshot(children);
		}
		return children.isEmpty() ? EMPTY : EMPTY.with(directory, children);
	}

	MetadataSnapshot with(MetadataPath path, Object value) {
		return new MetadataSnapshot(with(this.root, path.segments(), value));
	}

	private static Map<String, @Nullable Object> with(Map<?, ?> directory, List<String> segments, Object value) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		directory.forEach((name, child) -> copy.put(String.valueOf(name), child));
		String name = segments.get(0);
		if (segments.size() == 1) {
			copy.put(name, value);
		}
		else {
			Map<?, ?> child = (copy.get(name) instanceof Map<?, ?> existing) ? existing : Map.of();
			copy.put(name, with(child, segments.subList(1, segments.size()), value));
		}
		return copy;
	}

	/**
	 * Return the metadata at a path: a value, a part of a JSON document, or a directory.
	 * @param path the canonical path
	 * @return the metadata, or empty if this snapshot has none at the path
	 */
	Optional<Object> find(String path) {
		Object node = this.root;
		for (String name : path.split("/", -1)) {
			if (!(node instanceof Map<?, ?> directory)) {
				return Optional.empty();
			}
			node = directory.get(name);
		}
		return Optional.ofNullable(node);
	}

	/**
	 * Return the part of this snapshot that a predicate selects.
	 * @param selection tests paths; a selected directory is part of the result with all
	 * its descendants
	 * @return the selected part
	 */
	MetadataSnapshot select(Predicate<String> selection) {
		return new MetadataSnapshot(select("", this.root, selection));
	}

	private static Map<String, @Nullable Object> select(String parent, Map<?, ?> directory,
			Predicate<String> selection) {
		Map<String, @Nullable Object> selected = new LinkedHashMap<>();
		directory.forEach((key, child) -> {
			String name = String.valueOf(key);
			String path = parent.isEmpty() ? name : parent + "/" + name;
			if (selection.test(path)) {
				selected.put(name, child);
			}
			else if (child instanceof Map<?, ?> children) {
				Map<String, @Nullable Object> below = select(path, children, selection);
				if (!below.isEmpty()) {
					selected.put(name, below);
				}
			}
		});
		return selected;
	}

}
