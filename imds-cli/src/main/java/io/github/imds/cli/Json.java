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

package io.github.imds.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes values as JSON.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.addModule(new SimpleModule().addSerializer(byte[].class, new BytesSerializer()))
		.build();

	private Json() {
	}

	static void write(Object value, OutputStream output) throws IOException {
		output.write(MAPPER.writeValueAsBytes(value));
		output.write('\n');
		output.flush();
	}

	/**
	 * Writes bytes as text if they are UTF-8, else as {@code {"base64": "..."}}.
	 */
	private static final class BytesSerializer extends ValueSerializer<byte[]> {

		@Override
		public void serialize(byte[] value, JsonGenerator generator, SerializationContext context) {
			try {
				generator.writeString(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
			}
			catch (CharacterCodingException ex) {
				generator.writePOJO(Map.of("base64", Base64.getEncoder().encodeToString(value)));
			}
		}

	}

}
