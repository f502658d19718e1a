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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataPath;

/**
 * Finds the paths of categories by the names that people write. A path is taken as it is;
 * {@code meta-data/} may be left out, and so may the directories of a value or directory
 * whose name is the only one of its kind: {@code region} is
 * {@code meta-data/placement/region}.
 */
final class CategoryNames {

	private static final String META_DATA = "meta-data/";

	private static final Set<String> TOP = Set.of("meta-data", "dynamic", "user-data");

	private CategoryNames() {
	}

	/**
	 * Return the paths that a name can stand for.
	 * @param name a path or the end of one
	 * @return canonical paths, to be tried in order: one, unless the catalogue does not
	 * know the name
	 * @throws UsageException if the name is empty, or the end of several paths
	 */
	static List<String> resolve(String name) {
		String relative = name.replaceFirst("^/?(latest/|latest$)?", "");
		if (relative.isEmpty()) {
			throw new UsageException("'%s' names no category; without any, everything is printed".formatted(name));
		}
		if (TOP.contains(relative.split("/", 2)[0])) {
			return List.of(canonical(relative));
		}
		String whole = canonical(META_DATA + relative);
		if (isKnown(whole)) {
			return List.of(whole);
		}
		String path = whole.substring(META_DATA.length());
		List<String> found = known().stream().filter((known) -> known.endsWith("/" + path)).toList();
		List<String> plain = found.stream().filter((known) -> known.indexOf('{') < 0).toList();
		if (plain.size() == 1) {
			return plain;
		}
		if (!found.isEmpty()) {
			throw ambiguous(name, plain.isEmpty() ? found : plain);
		}
		return List.of(path, whole);
	}

	private static String canonical(String path) {
		try {
			return MetadataPath.of(path).value();
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException(ex.getMessage());
		}
	}

	private static UsageException ambiguous(String name, List<String> paths) {
		String problem = (paths.size() > 1) ? "is ambiguous" : "needs its whole path";
		return new UsageException("'%s' %s: %s".formatted(name, problem, String.join(", ", paths)));
	}

	private static boolean isKnown(String path) {
		return MetadataCategory.of(path).isPresent() || !MetadataCategory.below(path).isEmpty();
	}

	/**
	 * Return all patterns, and those of the directories above them.
	 */
	private static Set<String> known() {
		Set<String> known = new LinkedHashSet<>();
		for (MetadataCategory category : MetadataCategory.values()) {
			String pattern = category.pattern();
			for (int end = pattern.indexOf('/'); end != -1; end = pattern.indexOf('/', end + 1)) {
				known.add(pattern.substring(0, end));
			}
			known.add(pattern);
		}
		return known;
	}

}
