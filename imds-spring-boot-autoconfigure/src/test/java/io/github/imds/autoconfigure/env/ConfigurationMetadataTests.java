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

package io.github.imds.autoconfigure.env;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.GeneratedFile;
import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.ValueType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata, from which IDEs know the properties. The settings
 * and all hints are written by hand, the properties that are instance metadata follow
 * from the catalogue.
 */
class ConfigurationMetadataTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final GeneratedFile file = new GeneratedFile(
			Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json"));

	@Test
	void propertiesFollowFromTheCatalogue() throws IOException {
		Metadata metadata = MAPPER.readValue(this.file.read(), Metadata.class);
		Stream<Map<String, Object>> settings = metadata.properties()
			.stream()
			.filter((property) -> !isMetadata((String) property.get("name")));
		Stream<Map<String, Object>> generated = DescribedProperty.all().stream().map(this::toJson);
		this.file.assertHolds(write(new Metadata(Stream.concat(settings, generated).toList(), metadata.hints())));
	}

	@Test
	void everyDocumentIsDescribed() {
		assertThat(DescribedProperty.all())
			.allSatisfy((property) -> assertThat(property.description()).doesNotStartWith("null"))
			.extracting(DescribedProperty::name)
			.containsAll(DescribedProperty.DESCRIPTIONS.keySet())
			.doesNotHaveDuplicates();
		assertThat(MetadataCategory.values())
			.filteredOn((category) -> category.valueType() == ValueType.JSON && !category.sensitive()
					&& !category.pattern().contains("{") && !DescribedProperty.isArray(category))
			.containsExactlyInAnyOrderElementsOf(DescribedProperty.DOCUMENTS.keySet());
	}

	@Test
	void everyNameRefersToMetadata() {
		assertThat(DescribedProperty.all()).filteredOn((property) -> !property.type().contains("java.util.Map"))
			.extracting(DescribedProperty::name)
			.map((name) -> name.replace(ImdsPropertyName.PRIMARY_INTERFACE, "imds.network.interfaces.macs[any]."))
			.allSatisfy((name) -> assertThat(ImdsPropertyName.of(name)).isNotNull());
	}

	@Test
	void settingsAreDescribedInSentencesAndHaveDefaults() throws IOException {
		Metadata merged = MAPPER
			.readValue(Path.of("target/classes/META-INF/spring-configuration-metadata.json").toFile(), Metadata.class);
		List<Map<String, Object>> settings = merged.properties()
			.stream()
			.filter((property) -> !isMetadata((String) property.get("name")))
			.toList();
		assertThat(settings).hasSizeGreaterThan(10).allSatisfy((setting) -> {
			assertThat((String) setting.get("description")).matches("[A-Z].*\\.");
			assertThat(setting).containsKey("type");
		});
		assertThat(settings).filteredOn((setting) -> !setting.containsKey("defaultValue"))
			.extracting((setting) -> setting.get("name"))
			.containsExactly("imds.client.endpoint", "imds.client.token.directory", "imds.lifecycle.shutdown.reserve",
					"management.endpoint.imds.roles");
	}

	@Test
	void hintsReferToExistingProperties() throws IOException {
		Metadata metadata = MAPPER.readValue(this.file.read(), Metadata.class);
		List<String> names = metadata.properties().stream().map((property) -> (String) property.get("name")).toList();
		assertThat(metadata.hints()).extracting((hint) -> ((String) hint.get("name")).replaceFirst("\\.keys$", ""))
			.isSubsetOf(names);
	}

	@Test
	void theFileStaysSmall() throws IOException {
		assertThat(this.file.read()).hasSizeLessThan(40_000);
	}

	private static boolean isMetadata(String name) {
		return name.startsWith("imds.") && !name.startsWith("imds.client.") && !name.startsWith("imds.lifecycle.");
	}

	private Map<String, Object> toJson(DescribedProperty property) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("name", property.name());
		json.put("type", property.type());
		json.put("description", property.description());
		if (property.withdrawn()) {
			json.put("deprecation", Map.of("reason", "Withdrawn by AWS."));
		}
		return json;
	}

	private static String write(Metadata metadata) {
		DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
				Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
			.withArrayIndenter(indenter)
			.withObjectIndenter(indenter);
		return MAPPER.writer().with(printer).writeValueAsString(metadata) + "\n";
	}

	record Metadata(List<Map<String, Object>> properties, List<Map<String, Object>> hints) {

	}

}
