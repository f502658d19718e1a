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

package io.github.imds.test.instance;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Members of flat JSON objects, changed in place: the layout of the rest stays as the
 * service writes it.
 */
final class JsonText {

	private JsonText() {
	}

	/**
	 * Return the text of a member.
	 * @param json the object
	 * @param name the name of the member
	 * @return the text, or {@code null} if the member is absent or no string
	 */
	static @Nullable String get(String json, String name) {
		Matcher matcher = member(name).matcher(json);
		return (matcher.find() && matcher.group("text") != null) ? unescape(matcher.group("text")) : null;
	}

	static String replace(String json, Map<String, String> members) {
		String replaced = json;
		for (Map.Entry<String, String> member : members.entrySet()) {
			replaced = set(replaced, member.getKey(), member.getValue());
		}
		return replaced;
	}

	/**
	 * Set a member that is present as a string or {@code null}.
	 * @param json the object
	 * @param name the name of the member
	 * @param value the new value, possibly {@code null}
	 * @return the changed object, or the same if the member is absent
	 */
	static String set(String json, String name, @Nullable String value) {
		String literal = (value != null) ? "\"" + escape(value) + "\"" : "null";
		return member(name).matcher(json).replaceFirst((result) -> Matcher.quoteReplacement(result.group(1) + literal));
	}

	static String replace(String json, String name, UnaryOperator<String> change) {
		String value = get(json, name);
		return (value != null) ? set(json, name, change.apply(value)) : json;
	}

	private static Pattern member(String name) {
		return Pattern.compile("(\"" + Pattern.quote(name) + "\"\\s*:\\s*)(?:null|\"(?<text>(?:[^\"\\\\]|\\\\.)*)\")");
	}

	private static String escape(String text) {
		return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
	}

	private static String unescape(String text) {
		return text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
	}

}
