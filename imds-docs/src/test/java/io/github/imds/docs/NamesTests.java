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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.objenesis.SpringObjenesis;

import io.github.imds.autoconfigure.ImdsProperties;
import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleProperties;
import io.github.imds.client.ImdsClient;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares names in the text of the pages with the code: types, methods, events, values
 * of settings and environment variables.
 */
class NamesTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final List<String> MODULES = List.of("imds-client", "imds-cli", "imds-spring-boot-autoconfigure",
			"imds-spring-boot-test");

	private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

	private static final Pattern TYPE = Pattern
		.compile("@?((?:Imds|Instance|Simulated|Metadata|Lifecycle|Ec2Bean)[A-Za-z]*|[A-Z][A-Za-z]+Event)"
				+ "(?:\\.([a-z]\\w*)\\(.*\\))?");

	@Test
	void everyTypeAndItsMethodExist() throws IOException {
		List<String> unknown = new ArrayList<>();
		int found = 0;
		for (Page page : Page.all(ROOT)) {
			if (page.file().endsWith("performance.md")) {
				continue;
			}
			for (MatchResult code : CODE.matcher(Files.readString(page.file())).results().toList()) {
				MatchResult type = TYPE.matcher(code.group(1)).results().findFirst().orElse(null);
				if (type == null || !type.group().equals(code.group(1))
						|| type.group(1).equals("InstanceMetadataTags")) {
					continue;
				}
				found++;
				if (!exists(type.group(1), type.group(2))) {
					unknown.add(page.file().getFileName() + ": " + code.group(1));
				}
			}
		}
		assertThat(found).isGreaterThan(50);
		assertThat(unknown).isEmpty();
	}

	@Test
	void theTableOfTheClientHasEveryMethod() {
		assertThat(methodsInTable("client.md", "method", "returns"))
			.containsExactlyInAnyOrderElementsOf(instanceMethods(ImdsClient.class, Set.of("close")));
	}

	@Test
	void theSimulatorAndItsBuilderHaveEveryMethod() {
		Set<String> documented = Stream
			.concat(methodsInTable("testing.md", "method", "effect").stream(),
					methodsInTable("testing.md", "method", "the service").stream())
			.collect(Collectors.toSet());
		assertThat(instanceMethods(ImdsSimulator.class, Set.of())).containsAll(documented);
		documented.remove("revokeTokens");
		assertThat(instanceMethods(ImdsSimulator.Builder.class, Set.of())).containsAll(documented);
	}

	@Test
	void theTableOfEventsHasEveryEvent() {
		assertThat(Tables.rows("lifecycle.md", "event", "comes when").stream().flatMap((row) -> code(row.get(0))))
			.containsExactlyInAnyOrderElementsOf(
					Stream.of(LifecycleEvent.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
	}

	@Test
	void theCommandLineNamesEveryNotice() {
		SpringObjenesis objenesis = new SpringObjenesis();
		List<String> kinds = Stream.of(LifecycleEvent.class.getPermittedSubclasses())
			.map((type) -> ((LifecycleEvent) objenesis.newInstance(type)).kind())
			.toList();
		assertThat(Tables.rows("cli.md", "variable")).filteredOn((row) -> row.get(0).equals("`IMDS_NOTICE`"))
			.singleElement()
			.satisfies((row) -> assertThat(Tables.code(row.get(1))).containsExactlyInAnyOrderElementsOf(kinds));
	}

	@Test
	void pagesNameEveryValueOfASetting() throws IOException {
		assertThat(Files.readString(ROOT.resolve("docs/lifecycle.md")))
			.contains(values(ImdsLifecycleProperties.Notice.values()));
		assertThat(Files.readString(ROOT.resolve("docs/tokens.md")))
			.contains(values(ImdsProperties.Token.Store.values()));
	}

	@Test
	void everyEnvironmentVariableOfAwsIsRead() throws IOException {
		String sources = sources();
		List<String> names = new ArrayList<>();
		for (Page page : Page.all(ROOT)) {
			names.addAll(Pattern.compile("\\bAWS_[A-Z0-9_]+")
				.matcher(Files.readString(page.file()))
				.results()
				.map(MatchResult::group)
				.toList());
		}
		assertThat(names).contains("AWS_EC2_METADATA_DISABLED")
			.allSatisfy((name) -> assertThat(sources).contains("\"" + name + "\""));
	}

	private static boolean exists(String type, String method) throws IOException {
		for (String module : MODULES) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
				Path source = files.filter((file) -> file.endsWith(type + ".java")).findFirst().orElse(null);
				if (source != null) {
					return method == null
							|| Pattern.compile("\\b" + method + "\\(").matcher(Files.readString(source)).find();
				}
			}
		}
		return false;
	}

	private static String sources() throws IOException {
		StringBuilder sources = new StringBuilder();
		for (String module : MODULES) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
				for (Path file : files.filter((file) -> file.toString().endsWith(".java")).toList()) {
					sources.append(Files.readString(file));
				}
			}
		}
		return sources.toString();
	}

	private static Set<String> methodsInTable(String page, String... header) {
		return Tables.rows(page, header)
			.stream()
			.flatMap((row) -> code(row.get(0)))
			.map((code) -> code.replaceFirst("\\(.*", ""))
			.collect(Collectors.toSet());
	}

	private static Set<String> instanceMethods(Class<?> type, Set<String> except) {
		return Stream.of(type.getMethods())
			.filter((method) -> method.getDeclaringClass() != Object.class && !Modifier.isStatic(method.getModifiers()))
			.map(Method::getName)
			.filter((name) -> !except.contains(name))
			.collect(Collectors.toSet());
	}

	private static List<String> values(Enum<?>[] values) {
		return Stream.of(values)
			.map((value) -> "`" + value.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.toList();
	}

	private static Stream<String> code(String cell) {
		return Tables.code(cell).stream();
	}

}
