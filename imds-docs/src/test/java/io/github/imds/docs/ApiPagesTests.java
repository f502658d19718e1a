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
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.imds.metadata.InstanceMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a page names every method of the types it documents.
 */
class ApiPagesTests {

	@Test
	void typedViewPageNamesEveryMethod() throws IOException {
		String page = Files.readString(Path.of("../docs/instance-metadata.md"));
		assertThat(names(InstanceMetadata.class)).allSatisfy((name) -> assertThat(page).contains("`" + name + "()`"));
	}

	private static List<String> names(Class<?> type) {
		return Stream.of(type.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class)
			.map(Method::getName)
			.distinct()
			.toList();
	}

}
