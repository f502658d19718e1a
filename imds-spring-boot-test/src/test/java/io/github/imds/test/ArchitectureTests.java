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

package io.github.imds.test;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the architecture of the simulated instance.
 */
@AnalyzeClasses(packages = "io.github.imds.test", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final int MAX_FILES_PER_PACKAGE = 25;

	@ArchTest
	final ArchRule facts_know_neither_server_nor_test_frameworks = noClasses().that()
		.resideInAPackage("io.github.imds.test.instance")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.github.imds.test", "com.github.tomakehurst.wiremock",
				"com.github.tomakehurst.wiremock.extension..", "com.github.tomakehurst.wiremock.http..", "org.junit..",
				"org.springframework..");

	@ArchTest
	final ArchRule the_instance_is_simulated_without_the_product = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.github.imds.client..", "io.github.imds.autoconfigure..");

	@ArchTest
	static void packages_are_small(JavaClasses types) {
		Map<String, Set<String>> files = new TreeMap<>();
		types.forEach((type) -> files.computeIfAbsent(type.getPackageName(), (name) -> new TreeSet<>())
			.add(type.getName().replaceFirst("\\$.*", "")));
		assertThat(files)
			.allSatisfy((name, names) -> assertThat(names).as(name).hasSizeLessThanOrEqualTo(MAX_FILES_PER_PACKAGE));
	}

}
