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

package io.github.imds.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration that the pages show: every name is that of a setting or of
 * metadata.
 */
class ConfigurationSnippetsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(imds\\.[a-z0-9.-]+)[:}]");

	private final Settings settings = new Settings();

	@Test
	void everySettingExists() throws IOException {
		List<String> unknown = new ArrayList<>();
		for (Page page : Page.all(ROOT)) {
			for (Page.Block block : page.blocks("yaml")) {
				names(block, new YamlPropertySourceLoader()).filter((name) -> !isKnown(name))
					.forEach((name) -> unknown.add(block + ": " + name));
			}
			for (Page.Block block : page.blocks("properties")) {
				names(block, new PropertiesPropertySourceLoader()).filter((name) -> !isKnown(name))
					.forEach((name) -> unknown.add(block + ": " + name));
			}
		}
		assertThat(unknown).isEmpty();
	}

	@Test
	void everyPlaceholderNamesMetadata() {
		List<String> unknown = new ArrayList<>();
		for (Page page : Page.all(ROOT)) {
			for (String language : List.of("yaml", "properties", "java", "xml", "shell")) {
				for (Page.Block block : page.blocks(language)) {
					Matcher matcher = PLACEHOLDER.matcher(block.code());
					while (matcher.find()) {
						if (!isMetadata(matcher.group(1))) {
							unknown.add(block + ": " + matcher.group(1));
						}
					}
				}
			}
		}
		assertThat(unknown).isEmpty();
	}

	private boolean isMetadata(String name) {
		return this.settings.has(name) || name.matches("imds\\.(meta-data|network\\.primary)\\..+");
	}

	private boolean isKnown(String name) {
		if (name.startsWith("imds.") && !name.matches("imds\\.(client|lifecycle)\\..*")) {
			return true;
		}
		return !name.matches("(imds|spring|management|logging|server)\\..*") || name.startsWith("spring.cloud.aws.")
				|| this.settings.has(name);
	}

	private static Stream<String> names(Page.Block block, PropertySourceLoader loader) throws IOException {
		if (block.code().contains("apiVersion:")) {
			return Stream.empty();
		}
		List<PropertySource<?>> sources = loader.load(block.toString(),
				new ByteArrayResource(block.code().getBytes(StandardCharsets.UTF_8)));
		assertThat(sources).as(block.toString()).isNotEmpty();
		return sources.stream()
			.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
	}

}
