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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.util.Arrays;
import java.util.function.Predicate;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.StringUtils;

import io.github.imds.category.MetadataPath;

/**
 * Checks paths and patterns that come from outside. Both are looked up in what was read,
 * and never sent.
 */
final class RequestedPath {

	private static final String PATH = "path";

	private static final String PATTERN = "pattern";

	/**
	 * More than any path has: tag keys, the longest names, have at most 255 characters.
	 */
	private static final int MAX_LENGTH = 1024;

	/**
	 * Each of them multiplies the time that it takes to find out that a name does not
	 * match.
	 */
	private static final int MAX_WILDCARDS = 3;

	private RequestedPath() {
	}

	/**
	 * Return the path that the segments of a request make up.
	 * @param segments the decoded segments
	 * @return the path in the form of the catalogue
	 * @throws InvalidEndpointRequestException if they are no segments or no path
	 */
	static String ofSegments(Object segments) {
		if (!(segments instanceof String[] names)) {
			throw invalid(PATH, "no segments");
		}
		check(Arrays.stream(names).noneMatch((name) -> name.contains("/")), PATH, "an encoded slash");
		return of(String.join("/", names));
	}

	/**
	 * Return the path that is written as a whole.
	 * @param path the path, in any form that a client accepts
	 * @return the path in the form of the catalogue
	 * @throws InvalidEndpointRequestException if it is no path
	 */
	static String of(String path) {
		return parse(PATH, path);
	}

	/**
	 * Return a predicate that tells which paths match a pattern of an
	 * {@link AntPathMatcher}. Variables are refused, since they can hold a regular
	 * expression.
	 * @param pattern the pattern
	 * @return whether a path matches
	 * @throws InvalidEndpointRequestException if it is no such pattern
	 */
	static Predicate<String> matching(String pattern) {
		String canonical = parse(PATTERN, pattern);
		check(Arrays.stream(canonical.split("/"))
			.allMatch((segment) -> StringUtils.countOccurrencesOf(segment, "*") <= MAX_WILDCARDS), PATTERN,
				"more than %d '*' in a segment".formatted(MAX_WILDCARDS));
		AntPathMatcher matcher = new AntPathMatcher();
		return (path) -> matcher.match(canonical, path);
	}

	private static String parse(String subject, String value) {
		check(value.length() <= MAX_LENGTH, subject, "more than %d characters".formatted(MAX_LENGTH));
		check(value.chars().noneMatch(RequestedPath::isRefused), subject, "a character that no path has");
		// A question mark is part of a pattern, and the beginning of a query in a path
		String comparable = subject.equals(PATTERN) ? value.replace('?', '*') : value;
		try {
			MetadataPath path = MetadataPath.of(comparable);
			check(!path.isRoot(), subject, "no segment");
			int start = comparable.indexOf(path.value());
			return value.substring(start, start + path.value().length());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()), "Invalid " + subject);
		}
	}

	private static boolean isRefused(int character) {
		// What was no UTF-8 reads as a replacement character
		return Character.isISOControl(character) || "{}\\\uFFFD".indexOf(character) != -1;
	}

	private static void check(boolean valid, String subject, String problem) {
		if (!valid) {
			throw invalid(subject, problem);
		}
	}

	private static InvalidEndpointRequestException invalid(String subject, String problem) {
		return new InvalidEndpointRequestException("The %s has %s".formatted(subject, problem), "Invalid " + subject);
	}

}
