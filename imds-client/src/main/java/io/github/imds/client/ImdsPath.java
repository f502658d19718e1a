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

package io.github.imds.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;

import io.github.imds.category.MetadataCategory;

/**
 * A path below the version of the service, such as {@code meta-data/instance-id}, checked
 * before anything is sent.
 *
 * @param value the path without leading or trailing slash, not encoded; empty for the
 * root
 * @param directory whether the path was written with a final slash
 */
record ImdsPath(String value, boolean directory) {

	/**
	 * Below this path names are chosen by the user and hold characters that mean
	 * something in a URI.
	 */
	private static final String TAGS = "meta-data/tags/instance/";

	static ImdsPath of(String path) {
		Assert.notNull(path, "'path' must not be null");
		String value = MetadataCategory.canonicalPath(path);
		boolean directory = path.endsWith("/");
		if (!directory || !value.isEmpty()) {
			check(path, value);
		}
		return new ImdsPath(value, directory);
	}

	private static void check(String path, String value) {
		check(path, value.chars().noneMatch(Character::isISOControl), "has a control character");
		for (String segment : value.split("/", -1)) {
			check(path, !segment.isEmpty(), "has an empty segment");
			check(path, !segment.equals(".") && !segment.equals(".."), "has a '.' or '..' segment");
		}
		if (!value.startsWith(TAGS)) {
			check(path, value.indexOf('?') < 0, "has a query");
			check(path, value.indexOf('#') < 0, "has a fragment");
		}
	}

	private static void check(String path, boolean valid, String problem) {
		if (!valid) {
			throw new IllegalArgumentException("Metadata path '%s' %s; expected a path such as 'meta-data/instance-id'"
				.formatted(printable(path), problem));
		}
	}

	private static String printable(String path) {
		return path.codePoints()
			.map((c) -> Character.isISOControl(c) ? '\uFFFD' : c)
			.limit(200)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	ImdsPath asDirectory() {
		return new ImdsPath(this.value, true);
	}

	ImdsPath asValue() {
		return new ImdsPath(this.value, false);
	}

	/**
	 * Return the path of an entry of this directory.
	 * @param name the name of the entry, without a slash
	 * @param directory whether the entry is a directory itself
	 * @return the path
	 * @throws IllegalArgumentException if the name is not one plain segment
	 */
	ImdsPath child(String name, boolean directory) {
		check(name, name.indexOf('/') < 0, "is more than one segment");
		String child = this.value.isEmpty() ? name : this.value + "/" + name;
		check(child, child);
		return new ImdsPath(child, directory);
	}

	/**
	 * Return the path of the directory that this is an entry of.
	 * @return the path, the root for what is at the top
	 */
	ImdsPath parent() {
		return new ImdsPath(this.value.substring(0, Math.max(0, this.value.lastIndexOf('/'))), true);
	}

	String name() {
		return this.value.substring(this.value.lastIndexOf('/') + 1);
	}

	int depth() {
		return this.value.isEmpty() ? 0 : this.value.split("/").length;
	}

	/**
	 * Return the path as it is sent.
	 * @return the segments, each percent-encoded, with the final slash of a directory
	 */
	String encoded() {
		String encoded = this.value.chars().allMatch(ImdsPath::isPlain) ? this.value
				: Arrays.stream(this.value.split("/"))
					.map((segment) -> UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8))
					.collect(Collectors.joining("/"));
		return (this.directory && !encoded.isEmpty()) ? encoded + "/" : encoded;
	}

	/**
	 * Return whether a character reads the same encoded. Nearly all paths have no others,
	 * and spare an application that starts the classes that encode.
	 */
	private static boolean isPlain(int c) {
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || "/-:._~".indexOf(c) >= 0;
	}

	@Override
	public String toString() {
		return this.directory ? this.value + "/" : this.value;
	}

}
