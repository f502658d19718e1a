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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.ValueType;
import io.github.imds.category.MetadataPath;

/**
 * Metadata to which the name of a property refers: {@code imds.placement.region} is
 * {@code meta-data/placement/region}, {@code imds.tags.instance[team:owner]} is
 * {@code meta-data/tags/instance/team:owner}, {@code imds.iam.info.instance-profile-id}
 * is a field of {@code meta-data/iam/info}. A path outside the catalogue is not a
 * property, so that names that Spring Boot probes do not cause requests. An explicit name
 * such as {@code imds.meta-data.new.thing} is an exception.
 *
 * @param path the path of the value
 * @param type the type of the value
 * @param changing whether the value can change while the application runs
 * @param field where the property is inside a JSON value, empty otherwise
 */
record ImdsPropertyName(String path, ValueType type, boolean changing, List<String> field) {

	static final String PREFIX = "imds.";

	/**
	 * Prefix of names that omit the MAC address of the primary network interface.
	 */
	static final String PRIMARY_INTERFACE = PREFIX + "network.primary.";

	/**
	 * Prefix of names of any network interface.
	 */
	private static final String INTERFACE = PREFIX + "network.interfaces.macs[%s].";

	static final String META_DATA = "meta-data";

	static final String DYNAMIC = "dynamic";

	private static final Set<String> TOP = Set.of(META_DATA, DYNAMIC, "user-data");

	/**
	 * Prefix of names of undocumented metadata.
	 */
	static final String UNDOCUMENTED = PREFIX + META_DATA + ".";

	/**
	 * Common fields of the identity document, which also have a short name.
	 */
	static final List<String> SHORTCUTS = List.of("account-id", "architecture", "region");

	/**
	 * Path of the identity document.
	 */
	static final String IDENTITY_DOCUMENT = "dynamic.instance-identity.document.";

	/**
	 * A plain name, or any name in brackets that does not begin with a quote. A dot can
	 * precede brackets, which Spring Boot ignores. A plain name holds no colon, since
	 * {@code imds.tags.instance.Name:none} is a placeholder with its default.
	 */
	private static final Pattern ELEMENT = Pattern
		.compile("\\G(?:(?:^|\\.)([A-Za-z0-9_-]+)|\\.?\\[((?!['\"])[^\\[\\]]+)])");

	private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9-]*");

	/**
	 * Elements of any name, including those that do not refer to metadata.
	 */
	private static final Pattern ANY_ELEMENT = Pattern.compile("\\[([^\\[\\]]+)]|[^.\\[\\]]+");

	private static final Pattern LETTERS_FIRST = Pattern.compile("[a-z][a-z0-9-]*");

	private static final Pattern RELAXED = Pattern.compile("[A-Za-z0-9_/-]+");

	/**
	 * Return whether a name can refer to a value, rather than being a whole placeholder
	 * or a directory. The catalogue is not needed for this check.
	 */
	static boolean isPlausible(String name) {
		return !elements(name.substring(PREFIX.length())).isEmpty();
	}

	/**
	 * Return whether the path contains names that differ from instance to instance, such
	 * as tag keys.
	 * @return whether the property can be spelled with and without brackets
	 */
	boolean hasVariables() {
		Optional<MetadataCategory> category = MetadataCategory.of(this.path);
		return category.isEmpty() || category.get().pattern().contains("{");
	}

	/**
	 * Return the names by which the user can set the property: with brackets around names
	 * that differ from instance to instance and, where Spring Boot accepts them, with
	 * dots.
	 * @return one or two names
	 */
	List<ConfigurationPropertyName> spellings() {
		ConfigurationPropertyName canonical = ConfigurationPropertyName.of(spelling(true));
		boolean relaxed = RELAXED.matcher(this.path).matches();
		return relaxed ? List.of(canonical, ConfigurationPropertyName.adapt(spelling(false), '.')) : List.of(canonical);
	}

	/**
	 * Return the name of the property.
	 * @param brackets whether to put names that differ from instance to instance in
	 * brackets
	 * @return the name, in the case of the metadata
	 */
	String spelling(boolean brackets) {
		String[] segments = this.path.split("/");
		String[] pattern = MetadataCategory.of(this.path).map(MetadataCategory::pattern).orElse("").split("/");
		boolean known = pattern.length == segments.length;
		StringBuilder name = new StringBuilder("imds");
		for (int i = (known && segments[0].equals(META_DATA)) ? 1 : 0; i < segments.length; i++) {
			boolean variable = known ? pattern[i].startsWith("{") : !PLAIN.matcher(segments[i]).matches();
			name.append((brackets && variable) ? "[" + segments[i] + "]" : "." + segments[i]);
		}
		for (String element : this.field) {
			name.append(element.matches("[0-9]+") ? "[" + element + "]" : "." + element);
		}
		return name.toString();
	}

	/**
	 * Return the metadata to which a name refers.
	 * @param name the name of a property, with the prefix
	 * @return the metadata, or {@code null} if the name does not refer to any
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

	/**
	 * Return the metadata to which a name refers on an instance with a primary network
	 * interface.
	 * @param name the name of a property, with the prefix
	 * @param mac the MAC address of the interface, or any text to learn whether a name
	 * refers to metadata
	 * @return the metadata, or {@code null} if the name does not refer to any
	 */
	static @Nullable ImdsPropertyName of(String name, String mac) {
		return of(name.startsWith(PRIMARY_INTERFACE)
				? INTERFACE.formatted(mac) + name.substring(PRIMARY_INTERFACE.length()) : name);
	}

	/**
	 * Return the names of a category, with its variables. The name of a JSON document is
	 * the prefix of the names of its fields.
	 * @param category a category that is not sensitive
	 * @return the names: one, or two if it is a category of network interfaces
	 */
	static Stream<String> namesOf(MetadataCategory category) {
		String path = category.pattern().replaceFirst("^meta-data/", "");
		String name = PREFIX + path.replaceAll("/(\\{\\w+})", "[$1]").replace('/', '.');
		String primary = ofPrimaryInterface(name, "{mac}");
		return (primary != null) ? Stream.of(primary, name) : Stream.of(name);
	}

	/**
	 * Return the name that omits the MAC address of the primary network interface.
	 * @param name the name of a property
	 * @param mac the MAC address
	 * @return the name, or {@code null} if the property does not belong to that interface
	 */
	static @Nullable String ofPrimaryInterface(String name, @Nullable Object mac) {
		String prefix = INTERFACE.formatted(mac);
		return name.startsWith(prefix) ? PRIMARY_INTERFACE + name.substring(prefix.length()) : null;
	}

	/**
	 * Return the path to which a name refers, whether or not metadata with this path
	 * exists.
	 * @param name the name of a property, with the prefix
	 * @return the path
	 */
	static String pathOf(String name) {
		String path = ANY_ELEMENT.matcher(name.substring(PREFIX.length()))
			.results()
			.map((element) -> (element.group(1) != null) ? element.group(1) : element.group())
			.collect(Collectors.joining("/"));
		return fromTop(path);
	}

	/**
	 * Return a path from the top of the metadata.
	 * @param path a path from the top or from {@code meta-data}
	 * @return the path from the top
	 */
	static String fromTop(String path) {
		return TOP.contains(path.split("/", 2)[0]) ? path : META_DATA + "/" + path;
	}

	/**
	 * Return the name of an entry of a directory.
	 * @param directory the name of the directory
	 * @param entry the name of the entry in metadata
	 * @param variable whether the entry differs from instance to instance
	 * @return the name, with brackets where needed
	 */
	static String child(String directory, String entry, boolean variable) {
		boolean plain = !variable && LETTERS_FIRST.matcher(entry).matches();
		return (plain ? "%s.%s" : "%s[%s]").formatted(directory, entry);
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
		boolean complete = (type == ValueType.JSON) != field.isEmpty();
		for (String name : field) {
			complete = complete && PLAIN.matcher(name).matches();
		}
		return (complete && type != ValueType.BYTES && !category.sensitive() && isValid(path))
				? new ImdsPropertyName(path, type, category.changing(), List.copyOf(field)) : null;
	}

	/**
	 * Return metadata that is not in the catalogue, unless it is below a category that
	 * is.
	 */
	private static @Nullable ImdsPropertyName unknown(List<String> elements) {
		String path = String.join("/", elements);
		ImdsPropertyName known = known(elements);
		if (known != null) {
			return known;
		}
		boolean plain = elements.size() > 1 && elements.stream().noneMatch((element) -> element.contains("/"));
		return (plain && isValid(path) && !MetadataCategory.isSensitive(path) && MetadataCategory.below(path).isEmpty())
				? new ImdsPropertyName(path, ValueType.TEXT, true, List.of()) : null;
	}

	/**
	 * Return whether the client takes a path. Brackets take anything.
	 */
	private static boolean isValid(String path) {
		if (isPlain(path)) {
			return true;
		}
		try {
			MetadataPath.of(path);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Return whether a path, as nearly all, needs no closer look.
	 */
	private static boolean isPlain(String path) {
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '/')) {
				return false;
			}
		}
		return true;
	}

}
