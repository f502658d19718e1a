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

package io.github.imds.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.github.tomakehurst.wiremock.common.Json;
import wiremock.com.fasterxml.jackson.core.type.TypeReference;

/**
 * The metadata of an instance: values by path, from which directories and their listings
 * follow. Reads never wait and always see a whole change.
 */
final class MetadataTree {

	private static final String PUBLIC_KEYS = "meta-data/public-keys/";

	private final NavigableMap<String, byte[]> initial;

	/** Never changed, only replaced. */
	private volatile NavigableMap<String, byte[]> values;

	private MetadataTree(NavigableMap<String, byte[]> initial) {
		this.initial = initial;
		this.values = initial;
	}

	static MetadataTree ofDefaultInstance() {
		try (InputStream resource = MetadataTree.class.getResourceAsStream("tree.json")) {
			String json = new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
			return of(Json.read(json, new TypeReference<Map<String, String>>() {
			}));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static MetadataTree of(Map<String, String> bodies) {
		NavigableMap<String, byte[]> values = new TreeMap<>();
		bodies.forEach((path, body) -> put(values, path, body.getBytes(StandardCharsets.UTF_8)));
		return new MetadataTree(values);
	}

	/**
	 * Returns a copy that starts, and is reset to, what this tree holds now.
	 */
	MetadataTree copy() {
		return new MetadataTree(this.values);
	}

	synchronized void put(String path, byte[] body) {
		NavigableMap<String, byte[]> changed = new TreeMap<>(this.values);
		put(changed, path, body.clone());
		this.values = changed;
	}

	private static void put(NavigableMap<String, byte[]> values, String path, byte[] body) {
		checkPath(path);
		for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
			String parent = path.substring(0, slash);
			check(!values.containsKey(parent), "'%s' cannot be put below '%s', which is a value", path, parent);
		}
		check(below(values, path + "/").isEmpty(), "'%s' is a directory and cannot be a value", path);
		values.put(path, body);
	}

	synchronized void remove(String path) {
		checkPath(path);
		NavigableMap<String, byte[]> changed = new TreeMap<>(this.values);
		changed.remove(path);
		below(changed, path + "/").clear();
		this.values = changed;
	}

	synchronized void reset() {
		this.values = this.initial;
	}

	/**
	 * Returns what is served at a path: the value, or the listing of a directory.
	 * @param path the decoded path below the version, empty for the root
	 * @return the body, or nothing if there is neither a value nor a directory
	 */
	Optional<byte[]> find(String path) {
		NavigableMap<String, byte[]> values = this.values;
		return storedPath(values, path).flatMap((stored) -> {
			byte[] value = values.get(stored);
			return (value != null) ? Optional.of(value) : listing(values, stored);
		});
	}

	/**
	 * A public key is listed, and stored, as {@code 0=name} but served below {@code 0}.
	 */
	private static Optional<String> storedPath(NavigableMap<String, byte[]> values, String path) {
		if (!path.startsWith(PUBLIC_KEYS) || path.equals(PUBLIC_KEYS)) {
			return Optional.of(path);
		}
		String index = path.substring(PUBLIC_KEYS.length()).split("/", 2)[0];
		if (index.contains("=")) {
			return Optional.empty();
		}
		String rest = path.substring(PUBLIC_KEYS.length() + index.length());
		return below(values, PUBLIC_KEYS + index + "=").keySet()
			.stream()
			.findFirst()
			.map((key) -> PUBLIC_KEYS + key.substring(PUBLIC_KEYS.length()).split("/", 2)[0] + rest)
			.or(() -> Optional.of(path));
	}

	private static Optional<byte[]> listing(NavigableMap<String, byte[]> values, String path) {
		String directory = (path.isEmpty() || path.endsWith("/")) ? path : path + "/";
		boolean slashes = !path.isEmpty() && !directory.equals(PUBLIC_KEYS);
		Set<String> names = new LinkedHashSet<>();
		for (String child : below(values, directory).keySet()) {
			int slash = child.indexOf('/', directory.length());
			int end = (slash == -1) ? child.length() : (slashes) ? slash + 1 : slash;
			names.add(child.substring(directory.length(), end));
		}
		if (names.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
	}

	private static NavigableMap<String, byte[]> below(NavigableMap<String, byte[]> values, String prefix) {
		return values.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
	}

	private static void checkPath(String path) {
		for (String name : path.split("/", -1)) {
			check(!name.isEmpty() && !name.equals(".") && !name.equals(".."),
					"'%s' is not a path such as 'meta-data/instance-id'", path);
		}
	}

	private static void check(boolean condition, String message, Object... arguments) {
		if (!condition) {
			throw new IllegalArgumentException(message.formatted(arguments));
		}
	}

}
