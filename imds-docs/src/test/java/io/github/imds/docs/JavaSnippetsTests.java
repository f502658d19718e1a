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
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the Java code of the pages: it compiles. Code that shows a type is complete;
 * a few statements, or members of a class, are put into one.
 */
class JavaSnippetsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern TYPE = Pattern
		.compile("(?m)^(?:public |final |abstract |static )*(?:class|record|interface|enum|@interface) (\\w+)");

	private static final String IMPORTS = """
			import java.io.*;
			import java.net.URI;
			import java.time.*;
			import java.util.*;
			import java.util.regex.Pattern;
			import io.github.imds.*;
			import io.github.imds.autoconfigure.*;
			import io.github.imds.category.*;
			import io.github.imds.client.*;
			import io.github.imds.lifecycle.*;
			import io.github.imds.metadata.*;
			import io.github.imds.test.*;
			import io.github.imds.token.*;
			import org.jspecify.annotations.Nullable;
			import org.junit.jupiter.api.*;
			import org.springframework.beans.factory.annotation.*;
			import org.springframework.boot.context.properties.*;
			import org.springframework.boot.context.properties.bind.DefaultValue;
			import org.springframework.boot.test.context.SpringBootTest;
			import org.springframework.context.annotation.*;
			import org.springframework.context.event.EventListener;
			import org.springframework.core.env.*;
			import org.springframework.stereotype.Component;
			import static org.assertj.core.api.Assertions.*;
			""";

	private static final String VARIABLES = "ImdsClient imds, InstanceMetadata instance, ConfigurableEnvironment environment, ImdsSimulator simulator";

	/**
	 * The snippets of this page are parts of tests that run, which its own test compares.
	 */
	private static final String TESTS_OF_THEIR_OWN = "testing.md";

	@TempDir
	private Path directory;

	@Test
	void everySnippetCompiles() throws IOException {
		List<Snippet> snippets = new ArrayList<>();
		for (Page page : Page.all(ROOT)) {
			if (page.file().endsWith(TESTS_OF_THEIR_OWN)) {
				continue;
			}
			page.blocks("java").forEach((block) -> snippets.add(new Snippet(block, snippets.size())));
		}
		assertThat(snippets).hasSizeGreaterThan(10);
		Map<Snippet, String> failures = new LinkedHashMap<>();
		List<Snippet> left = new ArrayList<>(snippets);
		Map<Snippet, String> errors = compile(left);
		while (!errors.isEmpty()) {
			errors.forEach((snippet, error) -> {
				failures.merge(snippet, error, (first, second) -> first + " / " + second);
				if (!snippet.next()) {
					left.remove(snippet);
				}
			});
			errors = compile(left);
		}
		left.forEach(failures::remove);
		assertThat(failures).isEmpty();
	}

	private Map<Snippet, String> compile(List<Snippet> snippets) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		Map<Snippet, String> errors = new LinkedHashMap<>();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null, null)) {
			files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(this.directory));
			compiler
				.getTask(Writer.nullWriter(), files, diagnostics,
						List.of("-proc:none", "-parameters", "-Xlint:none", "-nowarn"), null,
						snippets.stream().map(Snippet::source).toList())
				.call();
		}
		for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics.getDiagnostics()) {
			if (diagnostic.getKind() == Diagnostic.Kind.ERROR && diagnostic.getSource() instanceof Source source) {
				errors.putIfAbsent(source.snippet, diagnostic.getMessage(null));
			}
		}
		return errors;
	}

	/**
	 * A block of code, and the ways that are left to make a source file of it.
	 */
	private static final class Snippet {

		private final Page.Block block;

		private final Deque<Source> sources = new ArrayDeque<>();

		Snippet(Page.Block block, int number) {
			this.block = block;
			String packageName = "snippet" + number;
			Matcher type = TYPE.matcher(block.code());
			if (block.code().startsWith("package ")) {
				add(type, block.code());
			}
			else if (type.find()) {
				type.reset();
				add(type, "package " + packageName + ";\n" + block.code());
				if (!block.code().contains("import ")) {
					add(type, "package " + packageName + ";\n" + IMPORTS + block.code());
				}
			}
			else {
				add("Snippet", "package " + packageName + ";\n" + IMPORTS + "abstract class Snippet {\nvoid snippet("
						+ VARIABLES + ") throws Exception {\n" + block.code() + "\n}\n}");
				String name = block.code().strip().replaceFirst("(?s)\\(.*", "");
				String className = name.matches("[A-Z]\\w*") ? name : "Snippet";
				add(className, "package " + packageName + ";\n" + IMPORTS + "abstract class " + className + " {\n"
						+ block.code() + "\n}");
			}
		}

		private void add(Matcher type, String code) {
			String name = "Snippet";
			while (type.find()) {
				name = type.group(1);
				if (type.group().startsWith("public ")) {
					break;
				}
			}
			type.reset();
			add(name, code);
		}

		private void add(String name, String code) {
			this.sources.add(new Source(this, name, code));
		}

		Source source() {
			return this.sources.getFirst();
		}

		boolean next() {
			this.sources.removeFirst();
			return !this.sources.isEmpty();
		}

		@Override
		public String toString() {
			return this.block.toString();
		}

	}

	private static final class Source extends SimpleJavaFileObject {

		private final Snippet snippet;

		private final String code;

		Source(Snippet snippet, String name, String code) {
			super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
			this.snippet = snippet;
			this.code = code;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

	}

}
