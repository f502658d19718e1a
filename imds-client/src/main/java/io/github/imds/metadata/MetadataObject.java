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

package io.github.imds.metadata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.ImdsResponseException;

/**
 * Base class for objects of the service: named values as a JSON document or a directory
 * holds them. A value is looked at when it is asked for, so that an unreadable one hides
 * no other, and values that AWS adds change nothing. Absent, {@code null}, empty, and of
 * an unexpected type are the same.
 */
abstract class MetadataObject {

	private static final int OK = 200;

	/**
	 * Maintenance events have times such as {@code 21 Jan 2019 09:00:43 GMT}.
	 */
	private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
		.appendOptional(DateTimeFormatter.ISO_INSTANT)
		.appendOptional(DateTimeFormatter.RFC_1123_DATE_TIME)
		.toFormatter(Locale.ROOT);

	private final String path;

	private final Map<String, @Nullable Object> values;

	MetadataObject(String path, Map<String, ? extends @Nullable Object> values) {
		Assert.notNull(values, "'values' must not be null");
		this.path = path;
		this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	/**
	 * Return the values as AWS names them, the form in which the object is written as
	 * JSON.
	 */
	@JsonValue
	Map<String, @Nullable Object> values() {
		return this.values;
	}

	final boolean hasTexts(String... names) {
		for (String name : names) {
			if (findText(name).isEmpty()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether a time is absent or readable.
	 */
	final boolean hasValidTime(String name) {
		return findText(name).isEmpty() || findTime(name).isPresent();
	}

	final String text(String name) {
		return findText(name).orElseThrow(() -> missing(name));
	}

	final Optional<String> findText(String name) {
		return text(this.values.get(name));
	}

	final Optional<Integer> findInteger(String name) {
		return findText(name).flatMap(MetadataObject::integer);
	}

	final Instant time(String name) {
		return parseTime(text(name)).orElseThrow(
				// Without its cause, which would quote the value
				() -> new ImdsResponseException("'%s' in '%s' is not a time".formatted(name, this.path), OK));
	}

	final Optional<Instant> findTime(String name) {
		return findText(name).flatMap(MetadataObject::parseTime);
	}

	final List<String> texts(String name) {
		return texts(this.values.get(name));
	}

	/**
	 * Return the lists in a map of lists, in the order of the service.
	 */
	final Map<String, List<String>> lists(String name) {
		return (this.values.get(name) instanceof Map<?, ?> map) ? each(map, MetadataObject::findList) : Map.of();
	}

	@Override
	public final boolean equals(@Nullable Object other) {
		return other != null && getClass() == other.getClass() && this.values.equals(((MetadataObject) other).values);
	}

	@Override
	public final int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + this.values;
	}

	/**
	 * Return the text of each entry of a map that is one, even if empty, in the order of
	 * the map.
	 */
	static Map<String, String> textsByName(Map<?, ?> map) {
		return each(map, (value) -> (value instanceof String text) ? Optional.of(text) : Optional.empty());
	}

	private static Optional<String> text(@Nullable Object value) {
		return (value instanceof String || value instanceof Number || value instanceof Boolean)
				? Optional.of(value.toString()).filter((text) -> !text.isEmpty()) : Optional.empty();
	}

	private static List<String> texts(@Nullable Object value) {
		return (value instanceof List<?> list)
				? list.stream().map(MetadataObject::text).flatMap(Optional::stream).toList() : List.of();
	}

	private static Optional<List<String>> findList(@Nullable Object value) {
		return (value instanceof List<?>) ? Optional.of(texts(value)) : Optional.empty();
	}

	private static Optional<Integer> integer(String text) {
		try {
			return Optional.of(Integer.valueOf(text));
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

	private static Optional<Instant> parseTime(String text) {
		try {
			return Optional.of(TIME.parse(text, Instant::from));
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	private static <V> Map<String, V> each(Map<?, ?> map, Function<@Nullable Object, Optional<V>> reader) {
		Map<String, V> values = new LinkedHashMap<>();
		map.forEach((name, value) -> reader.apply(value).ifPresent((read) -> values.put(String.valueOf(name), read)));
		return Collections.unmodifiableMap(values);
	}

	private ImdsResponseException missing(String name) {
		return new ImdsResponseException("'%s' has no '%s'".formatted(this.path, name), OK);
	}

}
