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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.imds.category.MetadataCategory;
import io.github.imds.cli.text.DocumentWriter;

/**
 * Lists the categories of the catalogue. Nothing is sent.
 */
final class ListCommand implements Command {

	private final Arguments arguments;

	ListCommand(Arguments arguments) {
		this.arguments = arguments;
	}

	@Override
	public int run(Console console) throws IOException {
		OutputFormat format = OutputFormat.of(this.arguments);
		Optional<Pattern> filter = this.arguments.pattern(CommandOption.LIST);
		List<String> patterns = Arrays.stream(MetadataCategory.values())
			.map(MetadataCategory::pattern)
			.filter((pattern) -> filter.isEmpty() || filter.get().matcher(pattern).find())
			.toList();
		switch (format) {
			case JSON -> console.output().write(DocumentWriter.toJson(patterns));
			case YAML -> console.output().write(DocumentWriter.toYaml(patterns));
			case RAW -> {
				for (String pattern : patterns) {
					console.println(pattern);
				}
			}
			default -> throw new UsageException("a list has the format json or yaml, or is raw");
		}
		return ExitStatus.OK;
	}

}
