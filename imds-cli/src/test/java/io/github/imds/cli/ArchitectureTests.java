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
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the architecture of the command.
 */
@AnalyzeClasses(packages = "io.github.imds.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final int MAX_FILES_PER_PACKAGE = 25;

	@ArchTest
	final ArchRule each_package_knows_only_those_below = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("command")
		.definedBy("io.github.imds.cli")
		.layer("record")
		.definedBy("io.github.imds.cli.record")
		.layer("serve")
		.definedBy("io.github.imds.cli.serve")
		.layer("text")
		.definedBy("io.github.imds.cli.text")
		.whereLayer("command")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("record")
		.mayOnlyBeAccessedByLayers("command")
		.whereLayer("serve")
		.mayOnlyBeAccessedByLayers("command")
		.whereLayer("text")
		.mayNotAccessAnyLayer();

	@ArchTest
	final ArchRule only_commands_that_simulate_load_the_simulated_instance = noClasses().that()
		.resideOutsideOfPackage("io.github.imds.cli.serve")
		.and()
		.doNotBelongToAnyOf(Simulation.class)
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.github.imds.test..")
		.because("its jar is not on the class path of the other commands");

	@ArchTest
	final ArchRule the_command_starts_without_a_container = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot..", "org.springframework.context..",
				"org.springframework.beans..");

	@ArchTest
	static void packages_are_small(JavaClasses types) {
		Map<String, Set<String>> files = new TreeMap<>();
		types.forEach((type) -> files.computeIfAbsent(type.getPackageName(), (name) -> new TreeSet<>())
			.add(type.getName().replaceFirst("\\$.*", "")));
		assertThat(files)
			.allSatisfy((name, names) -> assertThat(names).as(name).hasSizeLessThanOrEqualTo(MAX_FILES_PER_PACKAGE));
	}

}
