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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the language of pages, messages, Javadoc, configuration metadata and test
 * names.
 */
class LanguageTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern HARD_TO_READ = Pattern.compile(
			"\\b(?:whoever|whichever is|of itself|those which|that what"
					+ "|nobody|somebody|stands for|of ours|may be had|is told|how often"
					+ "|(?:is|are) no (?:property|properties|exception|part|category|secret|EC2 instance|plain)s?)\\b",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern STRING = Pattern.compile("\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"");

	private static final Pattern JAVADOC_WITHOUT_NOUN_OR_VERB = Pattern
		.compile("/\\*\\*[\\s*]+(?:What|How|Where|Who|Whoever|Those|That)\\b[^\\n]*");

	private static final Pattern UNCLEAR_TEST_NAME = Pattern
		.compile("\\bvoid (?:(?:what|who|where|those)[A-Z]|(?!there)\\w*(?:Is|Are)No[A-Z])\\w*");

	@Test
	void pagesUseNounsAndVerbs() throws IOException {
		List<String> found = new ArrayList<>();
		for (Page page : Page.all(ROOT)) {
			String text = Files.readString(page.file());
			find(page.file(), text, found);
		}
		assertThat(found).isEmpty();
	}

	@Test
	void messagesUseNounsAndVerbs() throws IOException {
		List<String> found = new ArrayList<>();
		for (Path file : files("src/main", ".*\\.(java|json)")) {
			Matcher matcher = STRING.matcher(Files.readString(file));
			while (matcher.find()) {
				find(file, matcher.group(), found);
			}
		}
		assertThat(found).isEmpty();
	}

	@Test
	void javadocBeginsWithNounOrVerb() throws IOException {
		assertThat(matches(JAVADOC_WITHOUT_NOUN_OR_VERB)).isEmpty();
	}

	@Test
	void testsAreNamedAfterBehaviour() throws IOException {
		assertThat(matches(UNCLEAR_TEST_NAME)).isEmpty();
	}

	private static List<String> matches(Pattern pattern) throws IOException {
		List<String> found = new ArrayList<>();
		for (Path file : files("src", ".*\\.java")) {
			Matcher matcher = pattern.matcher(Files.readString(file));
			while (matcher.find()) {
				found.add(ROOT.relativize(file) + ": " + matcher.group().replaceAll("[\\s*/]+", " "));
			}
		}
		return found;
	}

	/**
	 * Return the files of all modules.
	 */
	private static List<Path> files(String directory, String pattern) throws IOException {
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT, "imds-*")) {
			for (Path module : modules) {
				Path root = module.resolve(directory);
				if (Files.isDirectory(root)) {
					try (Stream<Path> all = Files.walk(root)) {
						all.filter((file) -> file.toString().matches(pattern)).forEach(files::add);
					}
				}
			}
		}
		assertThat(files).hasSizeGreaterThan(100);
		return files;
	}

	private static void find(Path file, String text, List<String> found) {
		Matcher matcher = HARD_TO_READ.matcher(text.replaceAll("\\s+\\*?\\s*", " "));
		while (matcher.find()) {
			found.add(ROOT.relativize(file) + ": " + matcher.group());
		}
	}

}
