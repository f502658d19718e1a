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

package io.github.imds;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the architecture of the client.
 */
@AnalyzeClasses(packages = "io.github.imds",
		importOptions = { ImportOption.DoNotIncludeTests.class, ArchitectureTests.ThisModule.class })
class ArchitectureTests {

	private static final int MAX_FILES_PER_PACKAGE = 25;

	@ArchTest
	final ArchRule each_package_knows_only_those_below = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.withOptionalLayers(true)
		.layer("lifecycle")
		.definedBy("io.github.imds.lifecycle")
		.layer("metadata")
		.definedBy("io.github.imds.metadata")
		.layer("client")
		.definedBy("io.github.imds.client")
		.layer("session")
		.definedBy("io.github.imds.client.session")
		.layer("tree")
		.definedBy("io.github.imds.client.tree")
		.layer("http")
		.definedBy("io.github.imds.client.http")
		.layer("observation")
		.definedBy("io.github.imds.client.observation")
		.layer("category")
		.definedBy("io.github.imds.category")
		.layer("token")
		.definedBy("io.github.imds.token")
		.layer("exceptions")
		.definedBy("io.github.imds")
		.whereLayer("lifecycle")
		.mayOnlyAccessLayers("metadata", "client", "category", "exceptions")
		.whereLayer("metadata")
		.mayOnlyAccessLayers("client", "category", "exceptions")
		.whereLayer("client")
		.mayOnlyAccessLayers("session", "tree", "observation", "category", "token", "exceptions")
		.whereLayer("session")
		.mayOnlyAccessLayers("http", "observation", "category", "token", "exceptions")
		.whereLayer("tree")
		.mayOnlyAccessLayers("http", "observation", "category", "exceptions")
		.whereLayer("http")
		.mayOnlyAccessLayers("observation", "category", "token", "exceptions")
		.whereLayer("observation")
		.mayOnlyAccessLayers("category", "token", "exceptions")
		.whereLayer("category")
		.mayNotAccessAnyLayer()
		.whereLayer("token")
		.mayNotAccessAnyLayer()
		.whereLayer("exceptions")
		.mayNotAccessAnyLayer();

	@ArchTest
	final ArchRule packages_have_no_cycles = slices().matching("io.github.imds.(**)").should().beFreeOfCycles();

	@ArchTest
	final ArchRule spring_is_used_for_http_and_as_a_library_only = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot..", "org.springframework.beans..",
				"org.springframework.context..", "org.springframework.core.env..");

	@ArchTest
	final ArchRule only_the_exchange_knows_the_http_client = noClasses().that()
		.resideOutsideOfPackage("io.github.imds.client.http")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web.client..", "org.springframework.http.client..");

	@ArchTest
	final ArchRule only_the_observation_api_of_micrometer_is_used = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.micrometer.core..", "io.micrometer.tracing..");

	@ArchTest
	final ArchRule packages_are_null_marked = classes().should(new ArchCondition<>("be in a @NullMarked package") {

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
				events.add(SimpleConditionEvent.violated(type, type.getName() + " is not in a @NullMarked package"));
			}
		}

	});

	@ArchTest
	final ArchRule nothing_waits_on_a_monitor = methods().should()
		.notHaveModifier(SYNCHRONIZED)
		.because("a thread that waits for I/O in a monitor pins its carrier thread");

	@ArchTest
	final ArchRule public_types_are_final_or_interfaces_or_defaults_to_extend = classes().that()
		.arePublic()
		.and()
		.areNotInterfaces()
		.and()
		.doNotHaveModifier(ABSTRACT)
		.and()
		.areNotEnums()
		.and()
		.haveSimpleNameNotStartingWith("Default")
		.should()
		.haveModifier(FINAL);

	@ArchTest
	static void packages_are_small(JavaClasses types) {
		Map<String, Set<String>> files = new TreeMap<>();
		types.forEach((type) -> files.computeIfAbsent(type.getPackageName(), (name) -> new TreeSet<>())
			.add(type.getName().replaceFirst("\\$.*", "")));
		assertThat(files)
			.allSatisfy((name, names) -> assertThat(names).as(name).hasSizeLessThanOrEqualTo(MAX_FILES_PER_PACKAGE));
	}

	@Test
	void springBootIsNotOnTheClassPath() {
		assertThat(ClassUtils.isPresent("org.springframework.boot.SpringApplication", null)).isFalse();
		assertThat(ClassUtils.isPresent("org.springframework.context.ApplicationContext", null)).isFalse();
	}

	/**
	 * Leaves out the classes of other modules, which share the package.
	 */
	static final class ThisModule implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return location.contains("imds-client");
		}

	}

}
