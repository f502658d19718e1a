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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.ValueType;

/**
 * The metadata that the name of a property stands for: {@code imds.placement.region} is
 * {@code meta-data/placement/region}, {@code imds.tags.instance[team:owner]} is
 * {@code meta-data/tags/instance/team:owner}, {@code imds.iam.info.instance-profile-id}
 * is a field of {@code meta-data/iam/info}. A path that the catalogue does not know is
 * not a property, so that the names Spring Boot probes in passing are not asked for;
 * unless the name says that it is meant, as {@code imds.meta-data.new.thing}.
 *
 * @param path the path of the value
 * @param type the type of the value
 * @param changing whether the value can change while the application runs
 * @param field where the property is inside a JSON value, empty otherwise
 */
record ImdsPropertyName(String path, ValueType type, boolean changing, List<String> field) {

	static final String PREFIX = "imds.";

	/**
	 * Names of the primary network interface, whose MAC address they leave out.
	 */
	static final String PRIMARY_INTERFACE = PREFIX + "network.primary.";

	static final String META_DATA = "meta-data";

	static final String DYNAMIC = "dynamic";

	/**
	 * Names of metadata that is not documented.
	 */
	static final String UNDOCUMENTED = PREFIX + META_DATA + ".";

	/**
	 * Fields of the identity document that are so common that they have a short name too.
	 */
	static final List<String> SHORTCUTS = List.of("account-id", "architecture", "region");

	/**
	 * Where those fields are.
	 */
	static final String IDENTITY_DOCUMENT = "dynamic.instance-identity.document.";

	/**
	 * A plain name, or any name in brackets. A plain name holds no colon, since
	 * {@code imds.tags.instance.Name:none} is a placeholder with its default.
	 */
	private static final Pattern ELEMENT = Pattern.compile("\\G(?:(?:^|\\.)([A-Za-z0-9_-]+)|\\[([^\\[\\]]+)])");

	private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9-]*");

	private static final Pattern RELAXED = Pattern.compile("[A-Za-z0-9_-]+");

	/**
	 * Return whether a name is that of one of our settings, which no metadata has. To
	 * tell takes no look at the catalogue.
	 * @param name the name of a property
	 * @return whether it is a setting
	 */
	static boolean isSetting(String name) {
		return name.startsWith("imds.client.") || name.startsWith("imds.lifecycle.");
	}

	/**
	 * Return whether a name can be that of a property, not a whole placeholder or a
	 * directory. To tell takes no look at the catalogue.
	 */
	static boolean isPlausible(String name) {
		return !elements(name.substring(PREFIX.length())).isEmpty();
	}

	/**
	 * Return whether the path has names that differ from instance to instance, such as
	 * keys of tags.
	 * @return whether the property can be spelled with and without brackets
	 */
	boolean hasVariables() {
		return MetadataCategory.of(this.path).map((category) -> category.pattern().contains("{")).orElse(true);
	}

	/**
	 * Return the names by which the user can set the property: with brackets around what
	 * differs from instance to instance, and, where Spring Boot accepts that, with dots.
	 * @return one or two names
	 */
	List<ConfigurationPropertyName> spellings() {
		String[] segments = this.path.split("/");
		String[] pattern = MetadataCategory.of(this.path).map(MetadataCategory::pattern).orElse("").split("/");
		StringBuilder brackets = new StringBuilder("imds");
		StringBuilder dots = new StringBuilder("imds");
		boolean plain = true;
		boolean known = pattern.length == segments.length;
		for (int i = (known && segments[0].equals(META_DATA)) ? 1 : 0; i < segments.length; i++) {
			boolean variable = known ? pattern[i].startsWith("{") : !PLAIN.matcher(segments[i]).matches();
			brackets.append(variable ? "[" + segments[i] + "]" : "." + segments[i]);
			dots.append('.').append(segments[i]);
			plain &= RELAXED.matcher(segments[i]).matches();
		}
		this.field.forEach((name) -> {
			String element = name.matches("[0-9]+") ? "[" + name + "]" : "." + name;
			brackets.append(element);
			dots.append(element);
		});
		ConfigurationPropertyName canonical = ConfigurationPropertyName.of(brackets);
		return plain ? List.of(canonical, ConfigurationPropertyName.adapt(dots, '.')) : List.of(canonical);
	}

	/**
	 * Return what a name stands for.
	 * @param name the name of a property, with the prefix
	 * @return the metadata, or {@code null} if the name is not one of ours
	 */
	static @Nullable ImdsPropertyName of(String name) {
		String relative = name.substring(PREFIX.length());
		List<String> elements = elements(SHORTCUTS.contains(relative) ? IDENTITY_DOCUMENT + relative : relative);
		if (elements.isEmpty()) {
			return null;
		}
		return switch (elements.get(0)) {
			case META_DATA -> unknown(elements);
			case DYNAMIC -> known(elements);
			default -> {
				elements.add(0, META_DATA);
				yield known(elements);
			}
		};
	}

	private static List<String> elements(String name) {
		List<String> elements = new ArrayList<>();
		Matcher matcher = ELEMENT.matcher(name);
		int end = 0;
		while (matcher.find()) {
			elements.add((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2));
			end = matcher.end();
		}
		return (end == name.length()) ? elements : List.of();
	}

	private static @Nullable ImdsPropertyName known(List<String> elements) {
		StringBuilder path = new StringBuilder(elements.get(0));
		for (int i = 1; i < elements.size(); i++) {
			path.append('/').append(elements.get(i));
			Optional<MetadataCategory> category = MetadataCategory.of(path.toString());
			if (category.isPresent()) {
				return of(path.toString(), category.get(), elements.subList(i + 1, elements.size()));
			}
		}
		return null;
	}

	private static @Nullable ImdsPropertyName of(String path, MetadataCategory category, List<String> field) {
		ValueType type = category.valueType();
		boolean complete = (type == ValueType.JSON) != field.isEmpty()
				&& field.stream().allMatch((name) -> PLAIN.matcher(name).matches());
		return (complete && type != ValueType.BYTES && !category.sensitive())
				? new ImdsPropertyName(path, type, category.changing(), List.copyOf(field)) : null;
	}

	/**
	 * Return what the catalogue does not know, if it is not below something that it does.
	 */
	private static @Nullable ImdsPropertyName unknown(List<String> elements) {
		String path = String.join("/", elements);
		ImdsPropertyName known = known(elements);
		if (known != null) {
			return known;
		}
		boolean plain = elements.size() > 1 && elements.stream().noneMatch(ImdsPropertyName::isUnsafe);
		return (plain && !MetadataCategory.isSensitive(path) && MetadataCategory.below(path).isEmpty())
				? new ImdsPropertyName(path, ValueType.TEXT, true, List.of()) : null;
	}

	private static boolean isUnsafe(String element) {
		return element.contains("/") || element.equals(".") || element.equals("..");
	}

}
