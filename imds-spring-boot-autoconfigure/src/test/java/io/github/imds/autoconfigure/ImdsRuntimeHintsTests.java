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

package io.github.imds.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleAutoConfiguration;
import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleProperties;
import io.github.imds.metadata.InstanceMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsRuntimeHints} and the registration of classes for ahead-of-time
 * processing.
 */
class ImdsRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@ParameterizedTest
	@MethodSource
	void settingsCanBeBound(Class<?> type) {
		new ImdsRuntimeHints().registerHints(this.hints, getClass().getClassLoader());
		assertThat(type.getDeclaredConstructors()).anyMatch((constructor) -> RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(constructor)
			.test(this.hints));
	}

	static Stream<Class<?>> settingsCanBeBound() {
		return Stream.concat(Stream.of(ImdsProperties.class),
				Stream.of(ImdsProperties.class.getDeclaredClasses()).filter(Class::isRecord));
	}

	@ParameterizedTest
	@ValueSource(classes = { ImdsLifecycleProperties.class, ImdsLifecycleProperties.Shutdown.class })
	void settingsOfTheLifecycleCanBeBound(Class<?> type) {
		RuntimeHints processed = process(ImdsLifecycleAutoConfiguration.class, "imds.lifecycle.enabled=true",
				"imds.client.endpoint=http://127.0.0.1:1338");
		assertThat(type.getDeclaredConstructors()).anyMatch((constructor) -> RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(constructor)
			.test(processed));
	}

	@Test
	void metadataCanBeProxied() {
		new ImdsRuntimeHints().registerHints(this.hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(InstanceMetadata.class)).accepts(this.hints);
	}

	private static RuntimeHints process(Class<?> configuration, String... properties) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(properties).applyTo(context);
			context.register(ImdsAutoConfiguration.class, configuration);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("com.example", "Application")), new InMemoryGeneratedFiles());
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			return generation.getRuntimeHints();
		}
	}

	@Test
	void registrarAndProcessorAreRegistered() {
		assertThat(AotServices.factories().load(RuntimeHintsRegistrar.class))
			.hasAtLeastOneElementOfType(ImdsRuntimeHints.class);
		assertThat(AotServices.factories().load(BeanFactoryInitializationAotProcessor.class))
			.hasAtLeastOneElementOfType(FrozenDecisionsAotProcessor.class);
	}

}
