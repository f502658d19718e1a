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

package io.github.imds.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A directory read as a tree. An entry that is missing, or not of the type that the
 * catalogue says, is absent. Maps and lists are immutable and in the order of the
 * service.
 */
final class Directory {

	private final Map<?, ?> entries;

	Directory(Map<?, ?> entries) {
		this.entries = entries;
	}

	Optional<String> text(String name) {
		return find(name, String.class).filter((text) -> !text.isEmpty());
	}

	Optional<Integer> integer(String name) {
		return find(name, Integer.class);
	}

	List<String> list(String name) {
		return findList(name).orElse(List.of());
	}

	Directory directory(String name) {
		return findDirectory(name).orElseGet(() -> new Directory(Map.of()));
	}

	/**
	 * Return the text of each entry that is one, even if empty.
	 * @return text by the name of the entry
	 */
	Map<String, String> texts() {
		return each((name) -> find(name, String.class));
	}

	Map<String, List<String>> lists() {
		return each(this::findList);
	}

	Map<String, Directory> directories() {
		return each(this::findDirectory);
	}

	private <V> Map<String, V> each(Function<String, Optional<V>> finder) {
		Map<String, V> values = new LinkedHashMap<>();
		for (Object key : this.entries.keySet()) {
			String name = String.valueOf(key);
			finder.apply(name).ifPresent((value) -> values.put(name, value));
		}
		return Collections.unmodifiableMap(values);
	}

	private Optional<List<String>> findList(String name) {
		return find(name, List.class).map(Directory::strings);
	}

	private static List<String> strings(List<?> list) {
		return list.stream().map(String::valueOf).toList();
	}

	private Optional<Directory> findDirectory(String name) {
		return find(name, Map.class).map(Directory::new);
	}

	private <V> Optional<V> find(String name, Class<V> type) {
		return Optional.ofNullable(this.entries.get(name)).filter(type::isInstance).map(type::cast);
	}

}
