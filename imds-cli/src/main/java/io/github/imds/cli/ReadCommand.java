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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;
import io.github.imds.cli.text.DocumentWriter;
import io.github.imds.cli.text.FlatWriter;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ReadOption;

/**
 * Prints metadata: everything, the categories that match, or the named ones.
 */
final class ReadCommand implements Command {

	private final Arguments arguments;

	private final OutputFormat format;

	private final Secrets secrets;

	ReadCommand(Arguments arguments) {
		this.arguments = arguments;
		this.format = OutputFormat.of(arguments);
		this.secrets = new Secrets(arguments.has(CommandOption.SHOW_SECRETS), this.format.leavesSecretsOut());
	}

	@Override
	public int run(Console console) throws IOException {
		Optional<Pattern> match = this.arguments.pattern(CommandOption.MATCH);
		Set<List<String>> categories = new LinkedHashSet<>(
				this.arguments.operands().stream().map(CategoryNames::resolve).toList());
		boolean raw = this.format == OutputFormat.RAW;
		if (raw && match.isEmpty() && categories.isEmpty()) {
			throw new UsageException("-r needs CATEGORY or -E");
		}
		try (ImdsClient client = ClientFactory.create(this.arguments)) {
			if (match.isPresent()) {
				Map<String, @Nullable Object> values = this.secrets
					.hide(client.match(match.get(), ReadOption.INCLUDE_SENSITIVE));
				return raw ? printRaw(client, values.keySet().stream().map(List::of).toList(), console)
						: print(values, console);
			}
			if (categories.isEmpty()) {
				return print(this.secrets.hide(client.everything(ReadOption.INCLUDE_SENSITIVE)), console);
			}
			return raw ? printRaw(client, categories, console) : printNamed(client, categories, console);
		}
	}

	private int printNamed(ImdsClient client, Iterable<List<String>> categories, Console console) throws IOException {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		int status = ExitStatus.OK;
		boolean found = false;
		for (List<String> paths : categories) {
			if (isLeftOut(paths.get(0), console)) {
				status = ExitStatus.FAILURE;
				continue;
			}
			Found<Object> value = find(paths, (path) -> client.read(path, ReadOption.INCLUDE_SENSITIVE), console);
			values.put(value.path(), value.value());
			found = found || value.value() != null;
			status = Math.max(status, value.status());
		}
		return found ? Math.max(status, print(this.secrets.hide(values), console)) : status;
	}

	private int printRaw(ImdsClient client, Iterable<List<String>> categories, Console console) throws IOException {
		int status = ExitStatus.OK;
		for (List<String> paths : categories) {
			if (isLeftOut(paths.get(0), console)) {
				status = ExitStatus.FAILURE;
				continue;
			}
			Found<byte[]> found = find(paths, client::getBytes, console);
			status = Math.max(status, found.status());
			byte[] bytes = found.value();
			if (bytes != null) {
				console.output().write(bytes);
				if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
					console.output().write('\n');
				}
			}
		}
		return status;
	}

	private boolean isLeftOut(String path, Console console) {
		boolean leftOut = this.secrets.leftOut() && this.secrets.hides(path);
		if (leftOut) {
			console.complain(path + " is secret, and printed with --show-secrets only");
		}
		return leftOut;
	}

	/**
	 * Read the first of several paths that the instance has. The failure of one value
	 * does not prevent the output of the others.
	 */
	private static <T> Found<T> find(List<String> paths, Function<String, Optional<T>> reader, Console console) {
		try {
			for (String path : paths) {
				Optional<T> value = reader.apply(path);
				if (value.isPresent()) {
					return new Found<>(path, value.get(), ExitStatus.OK);
				}
			}
			console.complain("this instance has no " + String.join(" and no ", paths));
		}
		catch (ImdsResponseException ex) {
			console.complain(ex.getMessage());
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException(ex.getMessage());
		}
		return new Found<>(paths.get(0), null, ExitStatus.FAILURE);
	}

	private int print(Map<String, @Nullable Object> values, Console console) throws IOException {
		switch (this.format) {
			case PROPERTIES -> print(FlatWriter.properties(values, console::complain), console);
			case ENV -> print(FlatWriter.variables(values, console::complain), console);
			case YAML -> console.output().write(DocumentWriter.toYaml(values));
			default -> console.output().write(DocumentWriter.toJson(values));
		}
		return ExitStatus.OK;
	}

	private static void print(List<String> lines, Console console) throws IOException {
		for (String line : lines) {
			console.println(line);
		}
	}

	private record Found<T>(String path, @Nullable T value, int status) {
	}

}
