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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * User data in the form in which it is shown: UTF-8 text, otherwise Base64.
 *
 * @param value the text or the encoded bytes
 * @param encoding {@code base64}, or {@code null} for text
 */
record UserData(String value, @Nullable String encoding) {

	static UserData of(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			if (text.chars().allMatch(UserData::isPrintable)) {
				return new UserData(text, null);
			}
		}
		catch (CharacterCodingException ex) {
			// Not text
		}
		return new UserData(Base64.getEncoder().encodeToString(bytes), "base64");
	}

	private static boolean isPrintable(int character) {
		return !Character.isISOControl(character) || Character.isWhitespace(character);
	}

	@Override
	public String toString() {
		return "UserData[******]";
	}

}
