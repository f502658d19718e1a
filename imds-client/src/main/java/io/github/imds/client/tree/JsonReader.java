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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.ImdsResponseException;
import io.github.imds.category.MetadataPath;

/**
 * Reads the service's JSON. Apart, so that Jackson is loaded when JSON is asked for.
 *
 * @since 0.1.0
 */
public final class JsonReader {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private JsonReader() {
	}

	/**
	 * Read JSON as an object of a type.
	 * @param <T> the type
	 * @param path the path of the value
	 * @param json the JSON
	 * @param type the type
	 * @return the object
	 * @throws ImdsResponseException if the value is not JSON of that type
	 */
	public static <T> T parse(MetadataPath path, byte[] json, Class<T> type) {
		T value;
		try {
			value = MAPPER.readValue(json, type);
		}
		catch (JacksonException ex) {
			// Without its cause, which would quote the value
			throw notJson(path, type);
		}
		if (value == null) {
			throw notJson(path, type);
		}
		return value;
	}

	/**
	 * Read JSON into maps, lists and simple values.
	 * @param text the JSON
	 * @return what it says; the text as it is if that is not JSON
	 */
	static @Nullable Object parse(String text) {
		try {
			return MAPPER.readValue(text, Object.class);
		}
		catch (JacksonException ex) {
			return text;
		}
	}

	private static ImdsResponseException notJson(MetadataPath path, Class<?> type) {
		return new ImdsResponseException("'%s' is not JSON of type %s".formatted(path, type.getName()), 200);
	}

}
