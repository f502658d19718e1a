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
 * Checks of the paths and patterns of requests to the endpoint.
 */
final class RequestedPath {

	private static final String PATH = "path";

	private static final String PATTERN = "pattern";

	/**
	 * Limit above the length of any path: tag keys, the longest names, have at most 128
	 * characters.
	 */
	private static final int MAX_LENGTH = 1024;

	/**
	 * Each wildcard multiplies the time of a match.
	 */
	private static final int MAX_WILDCARDS = 3;

	private RequestedPath() {
	}

	/**
	 * Return the path of the segments of a request.
	 * @param segments the decoded segments
	 * @return the canonical path
	 * @throws InvalidEndpointRequestException if they are not the segments of a path
	 */
	static String ofSegments(Object segments) {
		if (!(segments instanceof String[] names)) {
			throw invalid(PATH, "no segments");
		}
		check(Arrays.stream(names).noneMatch((name) -> name.contains("/")), PATH, "an encoded slash");
		return of(String.join("/", names));
	}

	/**
	 * Return the path of a text.
	 * @param path the path, in any form that a client accepts
	 * @return the canonical path
	 * @throws InvalidEndpointRequestException if the path is invalid
	 */
	static String of(String path) {
		return parse(PATH, path);
	}

	/**
	 * Return a predicate for the paths that match a pattern of {@link AntPathMatcher}.
	 * Variables are refused, because they can contain a regular expression.
	 * @param pattern the pattern
	 * @return the predicate
	 * @throws InvalidEndpointRequestException if the pattern is invalid
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
		// Bytes that are not UTF-8 are decoded to a replacement character
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
