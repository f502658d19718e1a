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

package io.github.imds.cli.text;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Writes values as one JSON or YAML document. Values are maps, lists and simple values;
 * bytes are text if they are UTF-8, else an object with the member {@code base64}. They
 * are written piece by piece, since a mapper takes longer to load than the rest of the
 * command.
 *
 * @since 0.1.0
 */
public final class DocumentWriter {

	private DocumentWriter() {
	}

	/**
	 * Return a value as an indented JSON document.
	 * @param value maps, lists and simple values
	 * @return the JSON, with a newline at its end
	 */
	public static byte[] toJson(Object value) {
		ByteArrayOutputStream json = new ByteArrayOutputStream();
		json.writeBytes(toBytes(new JsonFactory(), new Indented(), value));
		json.write('\n');
		return json.toByteArray();
	}

	/**
	 * Return a value as a YAML document.
	 * @param value maps, lists and simple values
	 * @return the YAML, with a newline at its end
	 */
	public static byte[] toYaml(Object value) {
		return toBytes(Yaml.factory(), new Indented(), value);
	}

	/**
	 * Return a value as JSON in one line.
	 * @param value maps, lists and simple values
	 * @return the JSON
	 */
	public static String toLine(Object value) {
		return new String(toBytes(new JsonFactory(), ObjectWriteContext.empty(), value), StandardCharsets.UTF_8);
	}

	private static byte[] toBytes(TokenStreamFactory factory, ObjectWriteContext context, Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator generator = factory.createGenerator(context, bytes)) {
			write(value, generator);
		}
		return bytes.toByteArray();
	}

	private static void write(@Nullable Object value, JsonGenerator generator) {
		if (value == null) {
			generator.writeNull();
		}
		else if (value instanceof Map<?, ?> map) {
			generator.writeStartObject();
			map.forEach((name, child) -> {
				generator.writeName(name.toString());
				write(child, generator);
			});
			generator.writeEndObject();
		}
		else if (value instanceof Iterable<?> items) {
			generator.writeStartArray();
			items.forEach((item) -> write(item, generator));
			generator.writeEndArray();
		}
		else {
			writeScalar(value, generator);
		}
	}

	private static void writeScalar(Object value, JsonGenerator generator) {
		if (value instanceof byte[] bytes) {
			writeBytes(bytes, generator);
		}
		else if (value instanceof Boolean bool) {
			generator.writeBoolean(bool);
		}
		else if (value instanceof Number number) {
			generator.writeNumber(new BigDecimal(number.toString()));
		}
		else {
			generator.writeString(value.toString());
		}
	}

	private static void writeBytes(byte[] bytes, JsonGenerator generator) {
		Utf8.decode(bytes)
			.ifPresentOrElse(generator::writeString,
					() -> write(Map.of("base64", Base64.getEncoder().encodeToString(bytes)), generator));
	}

	/**
	 * A class of its own, so that JSON needs no class of the YAML library.
	 */
	private static final class Yaml {

		static TokenStreamFactory factory() {
			return YAMLFactory.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();
		}

	}

	private static final class Indented extends ObjectWriteContext.Base {

		@Override
		public PrettyPrinter getPrettyPrinter() {
			return new DefaultPrettyPrinter();
		}

	}

}
