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
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;

import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;

/**
 * All metadata as it was at one moment. Secrets are not part of it, only that they are
 * there: {@code ******} is in their place.
 *
 * @param root values and maps by their names
 */
record MetadataSnapshot(Map<String, @Nullable Object> root) {

	static MetadataSnapshot read(ImdsClient client) {
		MetadataSnapshot tree = new MetadataSnapshot(client.tree(""));
		for (MetadataCategory category : MetadataCategory.values()) {
			if (category.sensitive()) {
				tree = tree.withNamesOf(category, client);
			}
		}
		return tree;
	}

	private MetadataSnapshot withNamesOf(MetadataCategory category, ImdsClient client) {
		String pattern = category.pattern();
		String directory = pattern.substring(0, Math.max(0, pattern.lastIndexOf('/')));
		Map<String, @Nullable Object> tree = this.root;
		for (String name : client.list(directory)) {
			String path = directory.isEmpty() ? name : directory + "/" + name;
			if (MetadataCategory.of(path).filter(category::equals).isPresent()) {
				tree = with(tree, path, SanitizableData.SANITIZED_VALUE);
			}
		}
		return new MetadataSnapshot(tree);
	}

	private static Map<String, @Nullable Object> with(Map<?, ?> directory, String path, Object value) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		directory.forEach((name, child) -> copy.put(String.valueOf(name), child));
		int slash = path.indexOf('/');
		if (slash == -1) {
			copy.put(path, value);
		}
		else {
			String name = path.substring(0, slash);
			Map<?, ?> child = (copy.get(name) instanceof Map<?, ?> existing) ? existing : Map.of();
			copy.put(name, with(child, path.substring(slash + 1), value));
		}
		return copy;
	}

	/**
	 * Return what is at a path: a value, a part of a JSON document, or the map of a
	 * directory.
	 * @param path the path, in the form of the catalogue
	 * @return what is there, or empty if nothing is
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
	 * Return the part of this tree that a predicate selects.
	 * @param selection tests paths. A directory that it selects is part of the result
	 * with all that is below
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
