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

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Holds the structure: who may know whom, and what is public.
 */
@AnalyzeClasses(packages = "io.github.imds", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule each_layer_knows_only_those_below = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.withOptionalLayers(true)
		.layer("autoconfigure")
		.definedBy("io.github.imds.autoconfigure..")
		.layer("lifecycle")
		.definedBy("io.github.imds.lifecycle..")
		.layer("metadata")
		.definedBy("io.github.imds.metadata..")
		.layer("client")
		.definedBy("io.github.imds.client..")
		.layer("token")
		.definedBy("io.github.imds.token..")
		.layer("category")
		.definedBy("io.github.imds.category..")
		.whereLayer("autoconfigure")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("lifecycle")
		.mayOnlyBeAccessedByLayers("autoconfigure")
		.whereLayer("metadata")
		.mayOnlyBeAccessedByLayers("autoconfigure", "lifecycle")
		.whereLayer("client")
		.mayOnlyBeAccessedByLayers("autoconfigure", "lifecycle", "metadata")
		.whereLayer("token")
		.mayOnlyBeAccessedByLayers("autoconfigure", "lifecycle", "metadata", "client")
		.whereLayer("category")
		.mayOnlyBeAccessedByLayers("autoconfigure", "lifecycle", "metadata", "client");

	@ArchTest
	final ArchRule auto_configuration_knows_only_what_it_needs = layeredArchitecture()
		.consideringOnlyDependenciesInLayers()
		.withOptionalLayers(true)
		.layer("configuration")
		.definedBy("io.github.imds.autoconfigure")
		.layer("client")
		.definedBy("io.github.imds.autoconfigure.client")
		.layer("env")
		.definedBy("io.github.imds.autoconfigure.env")
		.layer("lifecycle")
		.definedBy("io.github.imds.autoconfigure.lifecycle")
		.layer("aot")
		.definedBy("io.github.imds.autoconfigure.aot")
		.layer("test")
		.definedBy("io.github.imds.autoconfigure.test")
		.layer("endpoint")
		.definedBy("io.github.imds.autoconfigure.actuate.endpoint")
		.layer("health")
		.definedBy("io.github.imds.autoconfigure.actuate.health")
		.layer("info")
		.definedBy("io.github.imds.autoconfigure.actuate.info")
		.layer("metrics")
		.definedBy("io.github.imds.autoconfigure.actuate.metrics")
		.layer("observation")
		.definedBy("io.github.imds.autoconfigure.actuate.observation")
		.whereLayer("configuration")
		.mayOnlyAccessLayers("client")
		.whereLayer("client")
		.mayNotAccessAnyLayer()
		.whereLayer("env")
		.mayOnlyAccessLayers("configuration", "client")
		.whereLayer("lifecycle")
		.mayOnlyAccessLayers("configuration", "client")
		.whereLayer("aot")
		.mayOnlyAccessLayers("configuration", "client", "env")
		.whereLayer("test")
		.mayOnlyAccessLayers("client")
		.whereLayer("endpoint")
		.mayOnlyAccessLayers("configuration", "lifecycle")
		.whereLayer("health")
		.mayOnlyAccessLayers("configuration", "lifecycle")
		.whereLayer("info")
		.mayOnlyAccessLayers("configuration")
		.whereLayer("metrics")
		.mayOnlyAccessLayers("configuration", "client", "env", "lifecycle")
		.whereLayer("observation")
		.mayOnlyAccessLayers("configuration", "client");

	@ArchTest
	final ArchRule packages_have_no_cycles = slices().matching("io.github.imds.(**)").should().beFreeOfCycles();

	@ArchTest
	final ArchRule the_client_needs_no_spring_boot = noClasses().that()
		.resideOutsideOfPackages("io.github.imds.autoconfigure..", "io.github.imds.test..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	final ArchRule micrometer_is_needed_only_where_it_is_optional = noClasses().that()
		.resideOutsideOfPackage("io.github.imds.autoconfigure.actuate..")
		.should()
		.dependOnClassesThat(resideInAPackage("io.micrometer..")
			.and(resideOutsideOfPackages("io.micrometer.common..", "io.micrometer.observation..")));

	@ArchTest
	final ArchRule the_actuator_is_optional = noClasses().that()
		.resideOutsideOfPackage("io.github.imds.autoconfigure.actuate..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.actuate..", "org.springframework.boot.health..");

	@ArchTest
	final ArchRule packages_are_null_marked = classes().should(beInANullMarkedPackage());

	@ArchTest
	final ArchRule auto_configurations_are_public_and_final = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration");

	@ArchTest
	final ArchRule bean_methods_are_package_private = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	final ArchRule nothing_waits_on_a_monitor = methods().that()
		.areDeclaredInClassesThat()
		.resideOutsideOfPackage("io.github.imds.test..")
		.should()
		.notHaveModifier(JavaModifier.SYNCHRONIZED)
		.because("a thread that waits for I/O in a monitor pins its carrier thread");

	@ArchTest
	final ArchRule public_types_are_final_or_interfaces_or_defaults_to_extend = classes().that()
		.arePublic()
		.and()
		.haveSimpleNameNotStartingWith("Default")
		.and()
		.areNotInterfaces()
		.and()
		.doNotHaveModifier(JavaModifier.ABSTRACT)
		.and()
		.areNotEnums()
		.and()
		.resideOutsideOfPackages("io.github.imds.autoconfigure.actuate..", "io.github.imds.test..")
		.should()
		.haveModifier(JavaModifier.FINAL)
		.because("only beans of the Actuator are proxied and extended, as those of Spring Boot");

	private static ArchCondition<JavaClass> beInANullMarkedPackage() {
		return new ArchCondition<>("be in a package that is @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type,
							"package %s is not @NullMarked".formatted(type.getPackageName())));
				}
			}

		};
	}

}
