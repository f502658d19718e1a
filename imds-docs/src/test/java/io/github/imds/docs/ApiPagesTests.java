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

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that pages name every method of the types they document.
 */
class ApiPagesTests {

	@Test
	void clientPageNamesEveryMethod() throws IOException {
		String page = Files.readString(Path.of("../docs/client.md"));
		assertThat(names(InstanceMetadata.class)).allSatisfy((name) -> assertThat(page).contains("`" + name + "()`"));
		assertThat(names(ImdsClient.class)).filteredOn((name) -> !name.equals("close"))
			.allSatisfy((name) -> assertThat(page).contains("`" + name + "("));
	}

	@Test
	void testingPageNamesMethodsThatExist() throws IOException {
		List<String> rows = Files.readAllLines(Path.of("../docs/testing.md"))
			.stream()
			.filter((line) -> line.startsWith("| `"))
			.toList();
		assertThat(rows).hasSizeGreaterThan(4);
		assertThat(rows.stream()
			.flatMap((row) -> Stream.of(row.split("\\|")[1].split(",")))
			.map((name) -> name.strip().replace("`", ""))).isSubsetOf(names(ImdsSimulator.class));
	}

	private static List<String> names(Class<?> type) {
		return Stream.of(type.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class)
			.map(Method::getName)
			.distinct()
			.toList();
	}

}
