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

package io.github.imds.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the reachability metadata of GraalVM: JSON is read into the types that it
 * names by reflection.
 */
class ReachabilityMetadataTests {

	private static final String LOCATION = "/META-INF/native-image/io.github.imds/imds-client/reachability-metadata.json";

	@Test
	void typesOfJsonCanBeReflected() throws IOException {
		Map<String, Map<String, Object>> entries = entries();
		assertThat(entries.keySet()).containsExactlyInAnyOrderElementsOf(typesOfJson().map(Class::getName).toList());
		assertThat(entries.values())
			.allSatisfy((entry) -> assertThat(entry).containsEntry("allDeclaredConstructors", true)
				.containsEntry("allDeclaredFields", true)
				.containsEntry("allDeclaredMethods", true));
	}

	private static Stream<? extends Class<?>> typesOfJson() {
		return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.github.imds")
			.stream()
			.filter((type) -> type.getMethods()
				.stream()
				.anyMatch((method) -> method.isAnnotatedWith(JsonCreator.class)
						|| method.isAnnotatedWith(JsonValue.class)))
			.map(JavaClass::reflect);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> entries() throws IOException {
		try (InputStream json = ReachabilityMetadataTests.class.getResourceAsStream(LOCATION)) {
			List<Map<String, Object>> entries = (List<Map<String, Object>>) JsonMapper.shared()
				.readValue(json, Map.class)
				.get("reflection");
			return entries.stream()
				.collect(Collectors.toMap((entry) -> (String) entry.get("type"), Function.identity()));
		}
	}

}
