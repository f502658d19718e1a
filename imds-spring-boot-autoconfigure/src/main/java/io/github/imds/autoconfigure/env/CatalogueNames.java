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

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntBiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.imds.category.MetadataCategory;

/**
 * Names of all properties in the catalogue, with the variables of their paths:
 * {@code imds.tags.instance[{key}]}.
 */
final class CatalogueNames {

	/**
	 * Fields of the identity document that also have a short name.
	 */
	static final List<String> SHORTCUTS = ImdsPropertyName.SHORTCUTS.stream()
		.map(ImdsPropertyName.PREFIX::concat)
		.toList();

	/**
	 * Text in brackets, or a part of a name in kebab case, snake case or camel case.
	 */
	private static final Pattern WORD = Pattern.compile("\\[([^\\[\\]]*)]|[A-Z]*[^A-Z./\\[\\]_-]+|[A-Z]+");

	/**
	 * A name between quotes, which brackets do not need.
	 */
	private static final Pattern QUOTED = Pattern.compile("\\[(['\"])([^\\[\\]]*)\\1]");

	/**
	 * Directory that names omit.
	 */
	private static final Pattern META_DATA = Pattern.compile("^meta-?data[./]");

	/**
	 * Weights of an additional, a missing and a misspelled word. A different word counts
	 * as one additional and one missing word.
	 */
	private static final int WORD_COST = 4;

	static final int LONGEST_NAME = 200;

	private static final int MOST_SUGGESTIONS = 3;

	private CatalogueNames() {
	}

	/**
	 * Return all names.
	 * @return the names, the short ones first
	 */
	static Stream<String> all() {
		return Stream.concat(SHORTCUTS.stream(),
				Stream.of(MetadataCategory.values())
					.filter((category) -> !category.sensitive())
					.flatMap(ImdsPropertyName::namesOf));
	}

	/**
	 * Return the names that are closest to a name that does not exist.
	 * @param name the name as written
	 * @return up to three names, or none if no name is close
	 */
	static List<String> closestTo(String name) {
		if (name.length() > LONGEST_NAME) {
			return List.of();
		}
		String unquoted = QUOTED.matcher(name).replaceAll("[$2]");
		if (!unquoted.equals(name) && ImdsPropertyName.of(unquoted, "any") != null) {
			return List.of(unquoted);
		}
		return isFieldInCamelCase(name) ? List.of(JsonField.kebabCase(name))
				: closestTo(name, (words) -> WORD_COST * Math.min(words, 2) + 1);
	}

	private static boolean isFieldInCamelCase(String name) {
		ImdsPropertyName property = ImdsPropertyName.of(JsonField.kebabCase(name));
		return property != null && !property.field().isEmpty() && ImdsPropertyName.of(name) == null;
	}

	/**
	 * Return the names that differ from a name that does not exist in one misspelled
	 * word.
	 * @param name the name as written
	 * @return up to three names
	 */
	static List<String> misspelled(String name) {
		return (name.length() > LONGEST_NAME) ? List.of() : closestTo(name, (words) -> WORD_COST);
	}

	private static List<String> closestTo(String name, IntUnaryOperator limitForWords) {
		List<String> words = words(name);
		int limit = limitForWords.applyAsInt(words.size());
		Map<Integer, List<String>> byDistance = all()
			.collect(Collectors.groupingBy((known) -> distance(words, words(known))));
		return byDistance.entrySet()
			.stream()
			.filter((entry) -> entry.getKey() <= limit)
			.min(Map.Entry.comparingByKey(Comparator.naturalOrder()))
			.map((entry) -> entry.getValue().stream().limit(MOST_SUGGESTIONS).toList())
			.orElse(List.of());
	}

	private static List<String> words(String name) {
		return WORD.matcher(META_DATA.matcher(name.substring(ImdsPropertyName.PREFIX.length())).replaceFirst(""))
			.results()
			.map((word) -> (word.group(1) != null) ? word.group(1) : word.group().toLowerCase(Locale.ROOT))
			.toList();
	}

	private static int distance(List<String> words, List<String> known) {
		boolean joined = String.join("", words).equals(String.join("", known));
		return joined ? 0 : distance(words, known, WORD_COST, CatalogueNames::compare);
	}

	private static int compare(String word, String known) {
		if (known.startsWith("{")) {
			return 1;
		}
		int typingErrors = distance(word.chars().boxed().toList(), known.chars().boxed().toList(), 1,
				(one, other) -> one.equals(other) ? 0 : 1);
		if (typingErrors == 0) {
			return 0;
		}
		return (typingErrors <= known.length() / 3) ? WORD_COST : 2 * WORD_COST;
	}

	/**
	 * Return the weighted Levenshtein distance.
	 */
	private static <T> int distance(List<T> source, List<T> target, int gap, ToIntBiFunction<T, T> substitution) {
		int[] previous = new int[target.size() + 1];
		for (int j = 0; j < previous.length; j++) {
			previous[j] = j * gap;
		}
		for (int i = 0; i < source.size(); i++) {
			int[] current = new int[previous.length];
			current[0] = (i + 1) * gap;
			for (int j = 0; j < target.size(); j++) {
				int substituted = previous[j] + substitution.applyAsInt(source.get(i), target.get(j));
				current[j + 1] = Math.min(substituted, Math.min(previous[j + 1], current[j]) + gap);
			}
			previous = current;
		}
		return previous[target.size()];
	}

}
