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

/**
 * Escapes keys and values as {@link java.util.Properties} reads them, in ASCII.
 */
final class PropertiesLine {

	private PropertiesLine() {
	}

	static String escapeKey(String key) {
		return escape(key, " \t:=#!\\");
	}

	static String escapeValue(String value) {
		String escaped = escape(value, "\\");
		return escaped.startsWith(" ") ? "\\" + escaped : escaped;
	}

	private static String escape(String text, String special) {
		StringBuilder escaped = new StringBuilder();
		for (char c : text.toCharArray()) {
			switch (c) {
				case '\n' -> escaped.append("\\n");
				case '\r' -> escaped.append("\\r");
				case '\t' -> escaped.append("\\t");
				case '\f' -> escaped.append("\\f");
				default -> {
					if (c < ' ' || c > '~') {
						escaped.append("\\u%04X".formatted((int) c));
					}
					else {
						escaped.append((special.indexOf(c) >= 0) ? "\\" : "").append(c);
					}
				}
			}
		}
		return escaped.toString();
	}

}
