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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the links between pages.
 */
class LinksTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	@Test
	void everyLinkLeadsToAFileAndAHeading() {
		List<String> broken = new ArrayList<>();
		for (Page page : Page.all(ROOT)) {
			for (String link : page.links()) {
				if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
					broken.add(ROOT.relativize(page.file()) + ": " + link);
				}
			}
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void theIndexHasEveryPage() {
		List<String> links = Page.of(ROOT.resolve("docs/README.md")).links();
		assertThat(Page.all(ROOT)).map(Page::file)
			.filteredOn((file) -> file.getParent().equals(ROOT.resolve("docs")) && !file.endsWith("README.md"))
			.allSatisfy((file) -> assertThat(links).contains(file.getFileName().toString()));
	}

	private static boolean leadsSomewhere(Page page, String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
		if (!Files.exists(target)) {
			return false;
		}
		return parts.length == 1 || Page.of(target).anchors().containsValue(parts[1]);
	}

}
