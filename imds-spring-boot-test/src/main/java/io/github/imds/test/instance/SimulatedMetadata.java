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

package io.github.imds.test.instance;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of an instance: values by path, from which directories and their listings
 * follow. Not thread-safe; a copy that is published is not changed any more.
 *
 * @since 0.1.0
 */
public final class SimulatedMetadata {

	static final String META_DATA = "meta-data/";

	private static final String PUBLIC_KEYS = META_DATA + "public-keys/";

	private static final Set<String> ROOTS = Set.of("meta-data", "dynamic", "user-data");

	private final NavigableMap<String, Supplier<byte[]>> values;

	/**
	 * Create metadata without values.
	 */
	public SimulatedMetadata() {
		this(new TreeMap<>());
	}

	private SimulatedMetadata(NavigableMap<String, Supplier<byte[]>> values) {
		this.values = values;
	}

	/**
	 * Return a copy, which changes independently.
	 * @return the copy
	 */
	public SimulatedMetadata copy() {
		return new SimulatedMetadata(new TreeMap<>(this.values));
	}

	/**
	 * Set a value.
	 * @param path the path, complete or without {@code meta-data/}
	 * @param body the text
	 */
	public void put(String path, String body) {
		put(path, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Set a value.
	 * @param path the path, complete or without {@code meta-data/}
	 * @param body the bytes, which are copied
	 */
	public void put(String path, byte[] body) {
		byte[] copy = body.clone();
		put(path, () -> copy);
	}

	/**
	 * Set a value that each request computes.
	 * @param path the path, complete or without {@code meta-data/}
	 * @param body supplies the bytes
	 * @throws IllegalArgumentException if the path is malformed, below a value, or a
	 * directory
	 */
	public void put(String path, Supplier<byte[]> body) {
		String stored = stored(path);
		for (int slash = stored.indexOf('/'); slash > 0; slash = stored.indexOf('/', slash + 1)) {
			String parent = stored.substring(0, slash);
			check(!this.values.containsKey(parent), "'%s' cannot be put below '%s', which is a value", stored, parent);
		}
		check(below(stored + "/").isEmpty(), "'%s' is a directory and cannot be a value", stored);
		this.values.put(stored, body);
	}

	/**
	 * Set a value only if the path has one.
	 */
	void replace(String path, String body) {
		if (has(path)) {
			put(path, body);
		}
	}

	/**
	 * Remove a value or a directory, if present.
	 * @param path the path, complete or without {@code meta-data/}
	 */
	public void remove(String path) {
		String stored = stored(path);
		this.values.remove(stored);
		below(stored + "/").clear();
	}

	void move(String directory, String newDirectory) {
		Map<String, Supplier<byte[]>> moved = new TreeMap<>(below(directory + "/"));
		remove(directory);
		moved.forEach((path, body) -> put(newDirectory + path.substring(directory.length()), body));
	}

	/**
	 * Replace all tags.
	 * @param tags the values by key; empty to switch tags in metadata off
	 */
	public void replaceTags(Map<String, String> tags) {
		remove("meta-data/tags");
		tags.forEach((key, value) -> put("meta-data/tags/instance/" + key, value));
	}

	boolean has(String path) {
		return this.values.containsKey(path);
	}

	@Nullable String text(String path) {
		Supplier<byte[]> value = this.values.get(path);
		return (value != null) ? new String(value.get(), StandardCharsets.UTF_8) : null;
	}

	Supplier<byte[]> value(String path) {
		return Objects.requireNonNull(this.values.get(path));
	}

	/**
	 * Return the paths below a directory, given with its final slash.
	 */
	List<String> paths(String directory) {
		return List.copyOf(below(directory).keySet());
	}

	/**
	 * Return the answer to a request: the value, or the listing of a directory.
	 * @param path the decoded path below the version, empty for the root
	 * @return the body, or nothing if there is neither a value nor a directory
	 */
	public Optional<byte[]> find(String path) {
		return served(path).flatMap((stored) -> {
			Supplier<byte[]> value = this.values.get(stored);
			return (value != null) ? Optional.of(value.get()) : listing(stored);
		});
	}

	private Optional<byte[]> listing(String path) {
		String directory = (path.isEmpty() || path.endsWith("/")) ? path : path + "/";
		boolean slashes = !path.isEmpty() && !directory.equals(PUBLIC_KEYS);
		Set<String> names = new LinkedHashSet<>();
		for (String child : below(directory).keySet()) {
			int slash = child.indexOf('/', directory.length());
			int end = (slash == -1) ? child.length() : (slashes) ? slash + 1 : slash;
			names.add(child.substring(directory.length(), end));
		}
		if (names.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return the complete path of a value. The short form lacks {@code meta-data/}.
	 * @param path the path as a user writes it
	 * @return the path with which the value is stored
	 */
	String stored(String path) {
		String[] names = path.split("/", -1);
		for (String name : names) {
			check(!name.isEmpty() && !name.equals(".") && !name.equals(".."),
					"'%s' is not a path such as 'meta-data/instance-id'", path);
		}
		check(!names[0].equals("latest"), "'%s' is not a path below the version such as 'meta-data/instance-id'", path);
		String complete = ROOTS.contains(names[0]) ? path : META_DATA + path;
		return complete.startsWith(PUBLIC_KEYS) ? named(complete).orElse(complete) : complete;
	}

	/**
	 * A public key is listed, and stored, as {@code 0=name} but served below {@code 0}.
	 */
	private Optional<String> served(String path) {
		if (!path.startsWith(PUBLIC_KEYS) || path.equals(PUBLIC_KEYS)) {
			return Optional.of(path);
		}
		String index = path.substring(PUBLIC_KEYS.length()).split("/", 2)[0];
		return (index.contains("=")) ? Optional.empty() : Optional.of(named(path).orElse(path));
	}

	private Optional<String> named(String path) {
		String index = path.substring(PUBLIC_KEYS.length()).split("/", 2)[0];
		String rest = path.substring(PUBLIC_KEYS.length() + index.length());
		return below(PUBLIC_KEYS + index + "=").keySet()
			.stream()
			.findFirst()
			.map((key) -> PUBLIC_KEYS + key.substring(PUBLIC_KEYS.length()).split("/", 2)[0] + rest);
	}

	private NavigableMap<String, Supplier<byte[]>> below(String prefix) {
		return this.values.subMap(prefix, true, prefix + Character.MAX_VALUE, false);
	}

	private static void check(boolean condition, String message, Object... arguments) {
		if (!condition) {
			throw new IllegalArgumentException(message.formatted(arguments));
		}
	}

}
