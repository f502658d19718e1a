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

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory;

/**
 * Checks names that do not refer to metadata, and warns once about each name that
 * probably should. Names that Spring only probes do not cause a warning: directories,
 * whole placeholders with their defaults, elements of lists.
 */
final class NameCheck {

	private static final int MAX_NAMES = 200;

	private final Log logger;

	private final Set<String> checked = ConcurrentHashMap.newKeySet();

	private volatile @Nullable String lastPlaceholder;

	NameCheck(Log logger) {
		this.logger = logger;
	}

	void check(String name) {
		if (name.length() > CatalogueNames.LONGEST_NAME || Patterns.CONTROL.matcher(name).find()) {
			// Made up outside: patterns would recurse too deep, or the log be forged
			return;
		}
		if (Patterns.COLON_IN_BRACKETS.matcher(name).matches()) {
			this.lastPlaceholder = name;
		}
		else if (Patterns.CUT.matcher(name).matches()) {
			checkOnce(name, () -> warnCut(name));
		}
		else if (Patterns.NAME.matcher(name).matches() && !this.checked.contains(name)) {
			checkOnce(name, () -> warnUnknown(name));
		}
	}

	/**
	 * Check the name of undocumented metadata that the instance does not have. It can be
	 * a misspelled name of documented metadata.
	 */
	void checkUndocumented(String name) {
		checkOnce(name, () -> suggest(name, CatalogueNames.misspelled(name)));
	}

	private void checkOnce(String name, Runnable check) {
		if (this.checked.size() < MAX_NAMES && this.checked.add(name)) {
			check.run();
		}
	}

	private void warnCut(String name) {
		String placeholder = this.lastPlaceholder;
		String escaped = name + "\\:...]";
		if (placeholder != null && placeholder.startsWith(name + ":")) {
			Matcher matcher = Patterns.COLON_IN_BRACKETS.matcher(placeholder);
			if (matcher.matches()) {
				escaped = matcher.group(1).replace(":", "\\:");
			}
		}
		this.logger.warn("The property name '%s' ends at a colon, since a colon begins the default of a placeholder. "
			.formatted(name) + "Escape the colons of the name: '${%s}'".formatted(escaped));
	}

	private void warnUnknown(String name) {
		String withoutEnd = Patterns.END.matcher(name).replaceFirst("");
		if (!withoutEnd.equals(name)) {
			suggest(name, (ImdsPropertyName.of(withoutEnd, "any") != null) ? List.of(withoutEnd) : List.of());
			return;
		}
		if (MetadataCategory.isSensitive(ImdsPropertyName.pathOf(name))) {
			this.logger.warn("'%s' refers to a secret, and secrets are never properties. Read it through the ImdsClient"
				.formatted(name));
			return;
		}
		String withoutIndex = Patterns.INDEX.matcher(name).replaceFirst("");
		if (isDirectory(withoutIndex) || ImdsPropertyName.of(withoutIndex) != null
				|| ImdsPropertyName.of(withoutIndex + ".any") != null) {
			return;
		}
		suggest(name, CatalogueNames.closestTo(name));
	}

	private void suggest(String name, List<String> closest) {
		if (!closest.isEmpty()) {
			this.logger.warn("There is no instance metadata with the property name '%s'. Did you mean '%s'?"
				.formatted(name, String.join("', or '", closest)));
		}
	}

	private static boolean isDirectory(String name) {
		String path = name.substring(ImdsPropertyName.PREFIX.length()).replaceAll("[.\\[]", "/").replace("]", "");
		return name.equals("imds.network.primary") || !MetadataCategory.below("meta-data/" + path).isEmpty()
				|| !MetadataCategory.below(path).isEmpty();
	}

	/**
	 * Pattern that is compiled with the first checked name, because most applications
	 * have none.
	 */
	private static final class Patterns {

		static final Pattern CONTROL = Pattern.compile("\\p{IsControl}");

		static final Pattern CUT = Pattern.compile("[^\\[\\]]*(\\[[^\\[\\]]*][^\\[\\]]*)*\\[[^\\[\\]]*");

		static final Pattern COLON_IN_BRACKETS = Pattern
			.compile("(imds\\.[^:\\[\\]]*\\[[^\\[\\]]*:[^\\[\\]]*][^:]*)(:.*)?", Pattern.DOTALL);

		static final Pattern NAME = Pattern.compile("([A-Za-z0-9_./-]|\\[[^\\[\\]]*])+[ ?]*");

		/**
		 * Characters between a name and the colon of a default.
		 */
		static final Pattern END = Pattern.compile("[ ?]+$");

		static final Pattern INDEX = Pattern.compile("(\\[\\d+])+$");

	}

}
