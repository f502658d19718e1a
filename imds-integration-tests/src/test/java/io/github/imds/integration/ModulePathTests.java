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

package io.github.imds.integration;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the jars on a module path. In a build that does not package them there are
 * none.
 */
class ModulePathTests {

	private static final Set<String> MODULES = Set.of("io.github.imds.client", "io.github.imds.autoconfigure",
			"io.github.imds.starter", "io.github.imds.test");

	private final List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
		.map(Path::of)
		.toList();

	@BeforeEach
	void requireJars() {
		assumeThat(this.classPath)
			.noneMatch((path) -> path.endsWith(Path.of("imds-client", "target", "classes")) && Files.isDirectory(path));
	}

	@Test
	void jarsHaveModuleNames() {
		assertThat(find("imds-client", "imds-spring-boot-").findAll())
			.extracting((module) -> module.descriptor().name())
			.containsExactlyInAnyOrderElementsOf(MODULES);
	}

	@Test
	void clientAndStarterAreResolvedTogether() throws ClassNotFoundException {
		ModuleFinder finder = find("imds-client", "imds-spring-boot-autoconfigure", "imds-spring-boot-starter",
				"spring-", "commons-logging", "jspecify", "jackson-", "slf4j-api", "micrometer-");
		Configuration configuration = ModuleLayer.boot()
			.configuration()
			.resolve(finder, ModuleFinder.of(), Set.of("io.github.imds.client", "io.github.imds.starter"));
		ModuleLayer layer = ModuleLayer.boot()
			.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
		Class<?> type = layer.findLoader("io.github.imds.autoconfigure")
			.loadClass("io.github.imds.autoconfigure.ImdsAutoConfiguration");
		assertThat(type.getModule().getName()).isEqualTo("io.github.imds.autoconfigure");
		assertThat(layer.modules()).extracting(Module::getName)
			.contains("io.github.imds.client", "io.github.imds.starter", "spring.boot");
	}

	private ModuleFinder find(String... names) {
		return ModuleFinder.of(this.classPath.stream()
			.filter((path) -> Stream.of(names).anyMatch(path.getFileName().toString()::startsWith))
			.filter((path) -> !path.getFileName().toString().startsWith("spring-cloud"))
			.toArray(Path[]::new));
	}

}
