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

package io.github.imds.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies by path: the values of a tree and the listings of its directories.
 */
final class MetadataBodies {

	private static final String PUBLIC_KEYS = "meta-data/public-keys/";

	/**
	 * Directories whose subdirectories the service lists without a slash.
	 */
	private static final Set<String> NAMES_ONLY = Set.of(PUBLIC_KEYS, "meta-data/iam/security-credentials/",
			"meta-data/tags/instance/");

	private MetadataBodies() {
	}

	/**
	 * Return the values of a tree.
	 * @param name {@code instance} for the default instance of the simulator, or the
	 * number of values of a generated tree
	 * @return the values by path below the version
	 */
	static Map<String, String> values(String name) {
		return name.equals("instance") ? simulatedInstance() : generated(Integer.parseInt(name));
	}

	private static Map<String, String> simulatedInstance() {
		try (InputStream tree = MetadataBodies.class.getResourceAsStream("/io/github/imds/test/tree.json")) {
			return JsonMapper.shared()
				.readValue(Objects.requireNonNull(tree, "The tree of the simulator is missing"),
						new TypeReference<Map<String, String>>() {
						});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ten values in each directory, ten directories in each group.
	 */
	private static Map<String, String> generated(int size) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < size; i++) {
			values.put("meta-data/group-%d/part-%d/value-%d".formatted(i / 100, i / 10, i), "value of " + i);
		}
		return values;
	}

	/**
	 * Return the bodies of a tree.
	 * @param values the values by path below the version
	 * @return the bodies by path below the version
	 */
	static Map<String, byte[]> of(Map<String, String> values) {
		Map<String, Collection<String>> listings = new HashMap<>();
		Map<String, byte[]> bodies = new HashMap<>();
		new TreeMap<>(values).forEach((path, value) -> {
			bodies.put(served(path), value.getBytes(StandardCharsets.UTF_8));
			for (int slash = path.lastIndexOf('/'),
					end = path.length(); end > 0; slash = path.lastIndexOf('/', end - 1)) {
				String directory = path.substring(0, slash + 1);
				boolean leaf = end == path.length();
				String name = path.substring(slash + 1, end);
				boolean marked = !leaf && !directory.isEmpty() && !NAMES_ONLY.contains(directory);
				listings.computeIfAbsent(served(directory), (key) -> new LinkedHashSet<>())
					.add(marked ? name + "/" : name);
				end = Math.max(slash, 0);
			}
		});
		listings.forEach((path, names) -> {
			byte[] body = String.join("\n", names).getBytes(StandardCharsets.UTF_8);
			bodies.put(path, body);
			bodies.put(path.isEmpty() ? path : path.substring(0, path.length() - 1), body);
		});
		return bodies;
	}

	/**
	 * The service lists a public key as {@code 0=name} and serves it below {@code 0}.
	 */
	private static String served(String path) {
		int name = path.startsWith(PUBLIC_KEYS) ? path.indexOf('=', PUBLIC_KEYS.length()) : -1;
		return (name > 0) ? path.substring(0, name) + path.substring(path.indexOf('/', name)) : path;
	}

}
