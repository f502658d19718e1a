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

package io.github.imds.category;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.util.Assert;
import org.springframework.web.util.UriUtils;

/**
 * Path of a value or a directory of instance metadata, relative to the version of the
 * service, such as {@code meta-data/instance-id}. A path is valid and in canonical form:
 * without a leading slash, without the version, not percent-encoded.
 * <p>
 * Every path that is checked, looked up or sent goes through this type, so that the path
 * that was checked is the path that is sent.
 *
 * @since 0.1.0
 */
public final class MetadataPath {

	/**
	 * The directory at the top of the metadata.
	 */
	public static final MetadataPath ROOT = new MetadataPath("", true);

	private static final String LATEST = "latest/";

	private static final String META_DATA = "meta-data/";

	/**
	 * The user chooses the names below this path, and they can contain characters with a
	 * meaning in URIs.
	 */
	private static final String TAGS = "meta-data/tags/instance/";

	/**
	 * Several times as long as any path of the service. What is sent fits into the buffer
	 * of a socket, so that sending never waits for the service.
	 */
	private static final int MAX_LENGTH = 2000;

	private final String value;

	private final boolean directory;

	private MetadataPath(String value, boolean directory) {
		this.value = value;
		this.directory = directory;
	}

	/**
	 * Create a new path from its text.
	 * @param path the text, not percent-encoded, with or without a leading {@code /} or
	 * {@code /latest/}; a final slash marks a directory; empty for the top
	 * @return the path
	 * @throws IllegalArgumentException if the path has an empty, {@code .} or {@code ..}
	 * segment, a control character, a query or a fragment, has more than 2000 characters,
	 * or if only {@code meta-data/} is missing at its beginning
	 */
	public static MetadataPath of(String path) {
		Assert.notNull(path, "'path' must not be null");
		String value = canonical(path);
		if (value.isEmpty()) {
			return ROOT;
		}
		check(path, value);
		checkPrefix(path, value);
		return new MetadataPath(value, path.endsWith("/"));
	}

	/**
	 * Return the canonical form of a path, valid or not.
	 * @param path the path
	 * @return the path without a leading slash or version and without a trailing slash
	 */
	static String canonical(String path) {
		String canonical = path.startsWith("/") ? path.substring(1) : path;
		canonical = canonical.startsWith(LATEST) ? canonical.substring(LATEST.length()) : canonical;
		boolean directory = canonical.length() > 1 && canonical.endsWith("/");
		return directory ? canonical.substring(0, canonical.length() - 1) : canonical;
	}

	private static void check(String path, String value) {
		check(path, value.length() <= MAX_LENGTH, "has more than " + MAX_LENGTH + " characters");
		for (int i = 0; i < value.length(); i++) {
			check(path, !Character.isISOControl(value.charAt(i)), "has a control character");
		}
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

	/**
	 * Refuse a path that the catalogue only knows below {@code meta-data/}. Other unknown
	 * paths may exist on the service.
	 */
	private static void checkPrefix(String path, String value) {
		if (!isKnown(value) && isKnown(META_DATA + value)) {
			throw new IllegalArgumentException("Metadata path '%s' lacks 'meta-data/'; use '%s'"
				.formatted(printable(path), printable(META_DATA + value)));
		}
	}

	private static boolean isKnown(String value) {
		return MetadataCategory.of(value).isPresent() || MetadataCategory.hasBelow(value);
	}

	private static String printable(String path) {
		return path.codePoints()
			.map((c) -> Character.isISOControl(c) ? '\uFFFD' : c)
			.limit(200)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * Return the text of the path.
	 * @return the segments, joined by slashes, without a leading or trailing slash; empty
	 * for the top
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Return whether the path is written as that of a directory, with a final slash.
	 * @return whether the path is marked as that of a directory; {@code false} does not
	 * mean that it is that of a value
	 */
	public boolean isDirectory() {
		return this.directory;
	}

	/**
	 * Return whether the path is that of the top.
	 * @return whether the path has no segment
	 */
	public boolean isRoot() {
		return this.value.isEmpty();
	}

	/**
	 * Return the segments of the path.
	 * @return the names from the top on, empty for the top itself
	 */
	public List<String> segments() {
		return isRoot() ? List.of() : List.of(this.value.split("/"));
	}

	/**
	 * Return the last segment of the path.
	 * @return the name, empty for the top
	 */
	public String name() {
		return this.value.substring(this.value.lastIndexOf('/') + 1);
	}

	/**
	 * Return the directory that contains this path.
	 * @return the directory; the top for a path of one segment and for the top itself
	 */
	public MetadataPath parent() {
		int slash = this.value.lastIndexOf('/');
		return (slash == -1) ? ROOT : new MetadataPath(this.value.substring(0, slash), true);
	}

	/**
	 * Return the path of an entry of this directory.
	 * @param name the name of the entry, with a final slash if it is a directory
	 * @return the path
	 * @throws IllegalArgumentException if the name is not one valid segment, or the path
	 * is too long
	 */
	public MetadataPath child(String name) {
		boolean directory = name.endsWith("/");
		String segment = directory ? name.substring(0, name.length() - 1) : name;
		check(name, segment.indexOf('/') < 0, "is more than one segment");
		check(name, !segment.isEmpty(), "is empty");
		String child = isRoot() ? segment : this.value + "/" + segment;
		check(child, child);
		return new MetadataPath(child, directory);
	}

	/**
	 * Return this path marked as that of a directory.
	 * @return the path with a final slash
	 */
	public MetadataPath asDirectory() {
		return this.directory ? this : new MetadataPath(this.value, true);
	}

	/**
	 * Return this path without the mark of a directory.
	 * @return the path without a final slash; the top stays a directory
	 */
	public MetadataPath asValue() {
		return (!this.directory || isRoot()) ? this : new MetadataPath(this.value, false);
	}

	/**
	 * Return the category of the value at this path.
	 * @return the category, or empty if the path is that of a directory or is not known
	 */
	public Optional<MetadataCategory> category() {
		return MetadataCategory.of(this.value);
	}

	/**
	 * Return whether this path leads to nothing but secrets.
	 * @return whether the path is sensitive
	 * @see MetadataCategory#isSensitive(String)
	 */
	public boolean isSensitive() {
		return MetadataCategory.isSensitive(this.value);
	}

	/**
	 * Return the path as it is sent.
	 * @return the segments, each percent-encoded, with the final slash of a directory
	 */
	public String encoded() {
		String encoded = isPlain(this.value) ? this.value
				: segments().stream().map(MetadataPath::encode).collect(Collectors.joining("/"));
		return (this.directory && !encoded.isEmpty()) ? encoded + "/" : encoded;
	}

	/**
	 * Encode a segment. RFC 3986 permits a semicolon, but servers drop the rest of a
	 * segment after it, and would answer with another value than the one that was
	 * checked.
	 */
	private static String encode(String segment) {
		return UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8).replace(";", "%3B");
	}

	/**
	 * Return whether a path needs no encoding. Nearly all paths do not, and spare an
	 * application the classes that encode.
	 */
	private static boolean isPlain(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
			if (!letterOrDigit && "/-:._~".indexOf(c) < 0) {
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof MetadataPath path && this.directory == path.directory && this.value.equals(path.value);
	}

	@Override
	public int hashCode() {
		return 31 * this.value.hashCode() + Boolean.hashCode(this.directory);
	}

	@Override
	public String toString() {
		return this.directory ? this.value + "/" : this.value;
	}

}
