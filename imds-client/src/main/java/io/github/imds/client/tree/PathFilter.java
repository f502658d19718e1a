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

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataPath;

/**
 * Selects the values that match a regular expression, by their path or by that of their
 * category, and the directories that may lead to one.
 */
final class PathFilter implements Predicate<MetadataPath> {

	/**
	 * An expression that is certain to match from the beginning of a path only.
	 */
	private static final Pattern ANCHORED = Pattern.compile("\\^(?![*+?{])[^|]*");

	/**
	 * An expression that matches one path only.
	 */
	private static final Pattern LITERAL = Pattern.compile("\\^([\\w/-]+)\\$");

	private final Pattern pattern;

	private final boolean anchored;

	private final Set<MetadataCategory> categories;

	PathFilter(Pattern pattern) {
		this.pattern = pattern;
		this.anchored = pattern.flags() == 0 && ANCHORED.matcher(pattern.pattern()).matches();
		this.categories = Arrays.stream(MetadataCategory.values())
			.filter((category) -> pattern.matcher(category.pattern()).find())
			.collect(Collectors.toSet());
	}

	/**
	 * Return the path of the only value that can match.
	 * @return the path, or empty if there may be others
	 */
	Optional<MetadataPath> onlyPath() {
		Matcher matcher = LITERAL.matcher(this.pattern.pattern());
		if (!this.anchored || !matcher.matches()) {
			return Optional.empty();
		}
		return MetadataCategory.of(matcher.group(1)).map((category) -> MetadataPath.of(matcher.group(1)));
	}

	@Override
	public boolean test(MetadataPath path) {
		return path.isDirectory() ? mayHoldMatch(path) : matches(path);
	}

	private boolean matches(MetadataPath path) {
		return this.pattern.matcher(path.value()).find()
				|| path.category().filter(this.categories::contains).isPresent();
	}

	private boolean mayHoldMatch(MetadataPath directory) {
		if (!this.anchored || directory.isRoot()) {
			return true;
		}
		Matcher matcher = this.pattern.matcher(directory.toString());
		return matcher.lookingAt() || matcher.hitEnd()
				|| !Collections.disjoint(MetadataCategory.below(directory.value()), this.categories);
	}

}
