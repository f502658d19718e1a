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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.common.Errors;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.common.JsonException;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.core.type.TypeReference;

import io.github.imds.test.instance.SimulatedMetadata;

/**
 * Reads the metadata of an instance from JSON: an object of bodies by path. A body is a
 * string, or an object with the member {@code base64} for bytes that are not text.
 */
final class InstanceFile {

	private static final String CLASSPATH = "classpath:";

	private static final String BASE64 = "base64";

	private static final Pattern SOURCE = Pattern.compile("\\s*at \\[Source: .*(line: \\d+, column: \\d+)].*",
			Pattern.DOTALL);

	private InstanceFile() {
	}

	static SimulatedMetadata readDefault() {
		try (InputStream resource = InstanceFile.class.getResourceAsStream("tree.json")) {
			return parse(Objects.requireNonNull(resource).readAllBytes(), "the default instance");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static SimulatedMetadata read(String location) {
		try {
			return parse(bytes(location), location);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Instance '%s' cannot be read: %s".formatted(location, ex.getMessage()), ex);
		}
	}

	private static byte[] bytes(String location) throws IOException {
		if (location.startsWith(CLASSPATH)) {
			return resource(location.substring(CLASSPATH.length()).replaceFirst("^/", ""));
		}
		try {
			return Files.readAllBytes(location.startsWith("file:") ? file(location) : Path.of(location));
		}
		catch (NoSuchFileException ex) {
			throw new IOException("the file does not exist", ex);
		}
	}

	private static Path file(String location) {
		URI uri = URI.create(location);
		return uri.isOpaque() ? Path.of(uri.getSchemeSpecificPart()) : Path.of(uri);
	}

	private static byte[] resource(String name) throws IOException {
		ClassLoader classLoader = Thread.currentThread().getContextClassLoader();
		if (classLoader == null) {
			classLoader = InstanceFile.class.getClassLoader();
		}
		try (InputStream resource = classLoader.getResourceAsStream(name)) {
			if (resource == null) {
				throw new IOException("the resource is not on the class path");
			}
			return resource.readAllBytes();
		}
	}

	private static SimulatedMetadata parse(byte[] json, String source) {
		try {
			SimulatedMetadata metadata = new SimulatedMetadata();
			Json.read(new String(json, StandardCharsets.UTF_8), new TypeReference<Map<String, Object>>() {
			}).forEach((path, body) -> metadata.put(path, body(path, body)));
			return metadata;
		}
		catch (JsonException ex) {
			Errors.Error error = ex.getErrors().first();
			throw invalid(source, (error.getDetail() != null) ? withoutSource(error.getDetail()) : error.getTitle(),
					ex);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(source, ex.getMessage(), ex);
		}
	}

	private static IllegalArgumentException invalid(String source, @Nullable String problem, Exception cause) {
		return new IllegalArgumentException(
				"'%s' is not a JSON object of bodies by path: %s".formatted(source, problem), cause);
	}

	/**
	 * Remove the beginning of the file from a message, which can be a secret and long.
	 */
	private static String withoutSource(String message) {
		return SOURCE.matcher(message).replaceFirst(" ($1)");
	}

	private static byte[] body(String path, Object body) {
		if (body instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		if (body instanceof Map<?, ?> map && map.keySet().equals(Map.of(BASE64, "").keySet())
				&& map.get(BASE64) instanceof String base64) {
			return Base64.getDecoder().decode(base64);
		}
		throw new IllegalArgumentException(
				"the body of '%s' is neither a string nor of the form {\"base64\": \"…\"}".formatted(path));
	}

}
