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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataPath;

/**
 * A value or a directory in a tree: first that it is listed, then what it holds. Filled
 * by one thread and read by another, which must be synchronized by other means.
 */
final class Node {

	private static final String KEY_NAME = "name";

	private final MetadataPath path;

	private final @Nullable String keyName;

	private boolean present;

	private @Nullable Object value;

	private Map<String, Node> children = new LinkedHashMap<>();

	Node(MetadataPath path) {
		this(path, null);
	}

	/**
	 * Create a node.
	 * @param path the path of the value or directory
	 * @param keyName the name of the public key that the directory holds, if it is one
	 */
	Node(MetadataPath path, @Nullable String keyName) {
		this.path = path;
		this.keyName = keyName;
	}

	MetadataPath path() {
		return this.path;
	}

	void fill(@Nullable Object value) {
		this.value = value;
		this.present = true;
	}

	void fill(Map<String, Node> children) {
		this.children = children;
		this.present = true;
	}

	/**
	 * Add a value, {@code null} unless it is there, and the directories that lead to it.
	 * @param path the path of the value, relative to this directory
	 */
	void addIfAbsent(String path) {
		this.present = true;
		int slash = path.indexOf('/');
		String name = (slash != -1) ? path.substring(0, slash) : path;
		Node child = this.children.computeIfAbsent(name,
				(key) -> new Node(this.path.child((slash != -1) ? key + "/" : key)));
		if (slash != -1) {
			child.addIfAbsent(path.substring(slash + 1));
		}
		child.present = true;
	}

	/**
	 * Return what the node holds.
	 * @return the value or the map of the directory; empty if the instance has neither
	 */
	Optional<Object> toObject() {
		return this.present ? Optional.ofNullable(this.path.isDirectory() ? toMap() : this.value) : Optional.empty();
	}

	/**
	 * Return what is below this directory.
	 * @return values and maps by their names
	 */
	Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		if (this.keyName != null) {
			map.put(KEY_NAME, this.keyName);
		}
		this.children.forEach((name, child) -> {
			if (child.present) {
				map.put(name, child.path.isDirectory() ? child.toMap() : child.value);
			}
		});
		return map;
	}

	/**
	 * Collect the values below this directory.
	 * @param values where to put them, by their paths
	 */
	void collectInto(Map<String, @Nullable Object> values) {
		if (this.path.isDirectory()) {
			this.children.values().forEach((child) -> child.collectInto(values));
		}
		else if (this.present) {
			values.put(this.path.value(), this.value);
		}
	}

}
