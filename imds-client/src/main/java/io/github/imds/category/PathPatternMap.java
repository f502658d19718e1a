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

package io.github.imds.category;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Finds a value by the path pattern that a concrete path matches. A pattern is a list of
 * segments, each either literal or a variable in braces that stands for one segment of
 * any content. Where several patterns match, the one whose first difference is a literal
 * segment wins.
 *
 * @param <V> the type of the values
 */
final class PathPatternMap<V> {

	private final Map<String, PathPatternMap<V>> literals = new HashMap<>();

	private @Nullable PathPatternMap<V> variable;

	private @Nullable V value;

	void put(String pattern, V value) {
		PathPatternMap<V> node = this;
		for (String segment : pattern.split("/")) {
			node = node.child(segment);
		}
		if (node.value != null) {
			throw new IllegalArgumentException("'%s' matches the same paths as '%s'".formatted(pattern, node.value));
		}
		node.value = value;
	}

	private PathPatternMap<V> child(String segment) {
		if (!segment.startsWith("{")) {
			PathPatternMap<V> child = this.literals.get(segment);
			if (child == null) {
				child = new PathPatternMap<>();
				this.literals.put(segment, child);
			}
			return child;
		}
		if (this.variable == null) {
			this.variable = new PathPatternMap<>();
		}
		return this.variable;
	}

	@Nullable V get(String path) {
		return get(this, path, 0);
	}

	private static <V> @Nullable V get(@Nullable PathPatternMap<V> node, String path, int start) {
		if (node == null) {
			return null;
		}
		if (start > path.length()) {
			return node.value;
		}
		int slash = path.indexOf('/', start);
		int end = (slash != -1) ? slash : path.length();
		if (end == start) {
			return null;
		}
		V value = get(node.literals.get(path.substring(start, end)), path, end + 1);
		return (value != null) ? value : get(node.variable, path, end + 1);
	}

	/**
	 * Call back with each value whose pattern begins with the segments of a path and goes
	 * on from there.
	 * @param path the concrete path, empty for all values
	 * @param action what to do with a value
	 */
	void forEachBelow(String path, Consumer<V> action) {
		forEachBelow(this, path.isEmpty() ? new String[0] : path.split("/", -1), 0, action);
	}

	private static <V> void forEachBelow(@Nullable PathPatternMap<V> node, String[] segments, int index,
			Consumer<V> action) {
		if (node == null) {
			return;
		}
		if (index == segments.length) {
			node.forEachChild((child) -> child.forEachValue(action));
		}
		else if (!segments[index].isEmpty()) {
			forEachBelow(node.literals.get(segments[index]), segments, index + 1, action);
			forEachBelow(node.variable, segments, index + 1, action);
		}
	}

	/**
	 * Return whether {@link #forEachBelow} has a value to call back with.
	 * @param path the concrete path
	 * @return whether a pattern goes on from there
	 */
	boolean hasBelow(String path) {
		AtomicBoolean found = new AtomicBoolean();
		forEachBelow(path, (value) -> found.set(true));
		return found.get();
	}

	private void forEachValue(Consumer<V> action) {
		if (this.value != null) {
			action.accept(this.value);
		}
		forEachChild((child) -> child.forEachValue(action));
	}

	private void forEachChild(Consumer<PathPatternMap<V>> action) {
		this.literals.values().forEach(action);
		if (this.variable != null) {
			action.accept(this.variable);
		}
	}

}
