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

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataPath;

/**
 * The entries of a directory, as the service lists them: one a line, directories with a
 * final slash, except directories that only the catalogue knows.
 *
 * @since 0.1.0
 */
public final class Listing {

	/**
	 * Here an entry is an index and the name of a key, {@code 0=my-key}, and the index is
	 * the name of the directory.
	 */
	private static final String PUBLIC_KEYS = "meta-data/public-keys";

	/**
	 * More than any name has: tag keys, the longest, have at most 255 characters.
	 */
	private static final int MAX_NAME_LENGTH = 1024;

	private static final Log logger = LogFactory.getLog(Listing.class);

	private final MetadataPath directory;

	private final String text;

	Listing(MetadataPath directory, byte[] body) {
		this.directory = directory;
		this.text = new String(body, StandardCharsets.UTF_8);
	}

	/**
	 * Split a body into the entries of a listing, or into the items of a value that has
	 * several. Lines end as for {@link String#lines()}.
	 * @param text the body
	 * @return the lines that are not empty
	 */
	public static Stream<String> lines(String text) {
		return text.lines().filter((line) -> !line.isEmpty());
	}

	/**
	 * Return how many lines there are, with a plain name or not.
	 * @return the number of lines
	 */
	int size() {
		return (int) this.text.lines().count();
	}

	boolean hasDirectory(String name) {
		return lines(this.text).anyMatch((name + "/")::equals);
	}

	/**
	 * Return the entries with a plain name, each once. All others are not to be
	 * requested: who knows where they lead.
	 * @param selection which paths to return
	 * @return the entries by their names, in the order of the listing
	 */
	Map<String, Node> nodes(Predicate<MetadataPath> selection) {
		Map<String, Node> nodes = new LinkedHashMap<>();
		int refused = 0;
		for (String line : lines(this.text).toList()) {
			Node node = node(line);
			if (node == null) {
				refused++;
			}
			else if (selection.test(node.path())) {
				nodes.putIfAbsent(node.path().name(), node);
			}
		}
		if (refused > 0 && logger.isDebugEnabled()) {
			logger
				.debug("%d entries of '%s' are left out, they are not plain names".formatted(refused, this.directory));
		}
		return nodes;
	}

	private @Nullable Node node(String line) {
		boolean slash = line.endsWith("/");
		String name = slash ? line.substring(0, line.length() - 1) : line;
		String keyName = null;
		int equals = name.indexOf('=');
		if (equals != -1 && this.directory.value().equals(PUBLIC_KEYS)) {
			keyName = name.substring(equals + 1);
			name = name.substring(0, equals);
		}
		if (line.length() > MAX_NAME_LENGTH || line.chars().anyMatch(Character::isISOControl)) {
			return null;
		}
		try {
			MetadataPath path = this.directory.child(slash ? name + "/" : name);
			return new Node(isDirectory(path) ? path.asDirectory() : path, keyName);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	static boolean isDirectory(MetadataPath path) {
		return path.isDirectory() || !MetadataCategory.below(path.value()).isEmpty();
	}

}
