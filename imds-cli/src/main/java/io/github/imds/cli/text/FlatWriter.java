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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Writes values as lines of a name and a text: properties, or variables of a shell. What
 * is absent has no line.
 *
 * @since 0.1.0
 */
public final class FlatWriter {

	private final boolean shell;

	private final Map<String, String> names = new HashMap<>();

	private final List<String> lines = new ArrayList<>();

	private final Consumer<String> complaints;

	private FlatWriter(boolean shell, Consumer<String> complaints) {
		this.shell = shell;
		this.complaints = complaints;
	}

	/**
	 * Return values as lines of a properties file.
	 * @param values values and directories by their paths
	 * @param complaints told what is left out
	 * @return the lines
	 */
	public static List<String> properties(Map<String, @Nullable Object> values, Consumer<String> complaints) {
		return new FlatWriter(false, complaints).lines(values);
	}

	/**
	 * Return values as assignments that a POSIX shell evaluates.
	 * @param values values and directories by their paths
	 * @param complaints told what is left out
	 * @return the assignments, each with its quoted value
	 */
	public static List<String> variables(Map<String, @Nullable Object> values, Consumer<String> complaints) {
		return new FlatWriter(true, complaints).lines(values);
	}

	private List<String> lines(Map<String, @Nullable Object> values) {
		add("", values);
		return this.lines;
	}

	private void add(String name, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, child) -> add(name.isEmpty() ? key.toString() : name + "/" + key, child));
		}
		else if (value instanceof List<?> list) {
			addList(name, list);
		}
		else if (value instanceof byte[] bytes) {
			Utf8.decode(bytes)
				.ifPresentOrElse((text) -> addLine(name, text),
						() -> this.complaints.accept(name + " is not text and left out"));
		}
		else if (value != null) {
			addLine(name, value.toString());
		}
	}

	/**
	 * A shell has no lists: items of text become lines of one variable, as the service
	 * has them.
	 */
	private void addList(String name, List<?> list) {
		if (this.shell && list.stream().noneMatch((item) -> item instanceof Map || item instanceof List)) {
			addLine(name, String.join("\n", list.stream().map(String::valueOf).toList()));
			return;
		}
		for (int i = 0; i < list.size(); i++) {
			add(this.shell ? name + "/" + i : name + "[" + i + "]", list.get(i));
		}
	}

	private void addLine(String path, String text) {
		String name = this.shell ? ShellVariable.name(path) : PropertiesLine.escapeKey(path);
		String other = this.names.putIfAbsent(name, path);
		if (other != null) {
			this.complaints.accept("%s is left out: it has the name %s, as %s does".formatted(path, name, other));
			return;
		}
		this.lines.add(name + "=" + (this.shell ? ShellVariable.quote(text) : PropertiesLine.escapeValue(text)));
	}

}
