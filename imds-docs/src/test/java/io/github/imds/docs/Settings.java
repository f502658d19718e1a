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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings that the configuration metadata on the class path describes.
 */
final class Settings {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final Map<String, Setting> byName = new TreeMap<>();

	Settings() {
		try {
			for (URL url : Collections
				.list(Settings.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = url.openStream()) {
					MAPPER.readTree(json).path("properties").forEach(this::add);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(JsonNode property) {
		Setting setting = new Setting(property.path("name").asString(), property.path("type").asString(""),
				text(property.path("defaultValue")), text(property.path("description")),
				property.has("deprecation") || property.has("deprecated"));
		this.byName.put(setting.name(), setting);
	}

	private static @Nullable String text(JsonNode node) {
		return (node.isMissingNode() || node.isNull()) ? null : node.asString(node.toString());
	}

	Collection<Setting> all() {
		return this.byName.values();
	}

	/**
	 * Return whether a name is that of a setting, or of an entry of a setting that is a
	 * map or a list.
	 */
	boolean has(String name) {
		if (this.byName.containsKey(name)) {
			return true;
		}
		return this.byName.values()
			.stream()
			.anyMatch((setting) -> setting.type().matches("java\\.util\\.(Map|List|Set)<.*|.*\\[]")
					&& (name.startsWith(setting.name() + ".") || name.startsWith(setting.name() + "[")));
	}

	record Setting(String name, String type, @Nullable String defaultValue, @Nullable String description,
			boolean deprecated) {

	}

}
