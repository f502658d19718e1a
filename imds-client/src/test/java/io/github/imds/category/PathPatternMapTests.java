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

package io.github.imds.category;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PathPatternMap}.
 */
class PathPatternMapTests {

	private final PathPatternMap<String> patterns = new PathPatternMap<>();

	@Test
	void literalPatternMatchesItself() {
		this.patterns.put("a/b", "literal");
		assertThat(this.patterns.get("a/b")).isEqualTo("literal");
		assertThat(this.patterns.get("a/c")).isNull();
	}

	@Test
	void variableMatchesOneSegment() {
		this.patterns.put("a/{x}/c", "variable");
		assertThat(this.patterns.get("a/b:1=2 ü/c")).isEqualTo("variable");
		assertThat(this.patterns.get("a/b/b/c")).isNull();
		assertThat(this.patterns.get("a/c")).isNull();
	}

	@Test
	void variableDoesNotMatchAnEmptySegment() {
		this.patterns.put("a/{x}", "last");
		this.patterns.put("{x}/b", "first");
		assertThat(this.patterns.get("a/")).isNull();
		assertThat(this.patterns.get("/b")).isNull();
	}

	@Test
	void prefixOfPatternDoesNotMatch() {
		this.patterns.put("a/b/c", "value");
		assertThat(this.patterns.get("a/b")).isNull();
		assertThat(this.patterns.get("a/b/")).isNull();
	}

	@Test
	void extensionOfPatternDoesNotMatch() {
		this.patterns.put("a/b", "value");
		assertThat(this.patterns.get("a/b/")).isNull();
		assertThat(this.patterns.get("a/b/c")).isNull();
	}

	@Test
	void patternMayExtendAnother() {
		this.patterns.put("a", "short");
		this.patterns.put("a/b", "long");
		assertThat(this.patterns.get("a")).isEqualTo("short");
		assertThat(this.patterns.get("a/b")).isEqualTo("long");
	}

	@Test
	void literalWinsOverVariableInAnyOrder() {
		this.patterns.put("a/{x}", "variable");
		this.patterns.put("a/b", "literal");
		this.patterns.put("b/a", "literal");
		this.patterns.put("b/{x}", "variable");
		assertThat(this.patterns.get("a/b")).isEqualTo("literal");
		assertThat(this.patterns.get("b/a")).isEqualTo("literal");
		assertThat(this.patterns.get("a/c")).isEqualTo("variable");
	}

	@Test
	void variableMatchesWhereTheLiteralLeadsNowhere() {
		this.patterns.put("a/b/c", "literal");
		this.patterns.put("a/{x}/d", "variable");
		assertThat(this.patterns.get("a/b/c")).isEqualTo("literal");
		assertThat(this.patterns.get("a/b/d")).isEqualTo("variable");
	}

	@Test
	void patternsThatMatchTheSamePathsAreRefused() {
		this.patterns.put("a/{x}", "first");
		assertThatIllegalArgumentException().isThrownBy(() -> this.patterns.put("a/{y}", "second"))
			.withMessageContaining("a/{y}")
			.withMessageContaining("first");
	}

	@Test
	void belowIsWhatGoesOn() {
		this.patterns.put("a", "itself");
		this.patterns.put("a/b/c", "literal");
		this.patterns.put("a/{x}/d", "variable");
		this.patterns.put("b/c", "other");
		assertThat(below("")).containsExactlyInAnyOrder("itself", "literal", "variable", "other");
		assertThat(below("a")).containsExactlyInAnyOrder("literal", "variable");
		assertThat(below("a/b")).containsExactlyInAnyOrder("literal", "variable");
		assertThat(below("a/e")).containsExactly("variable");
		assertThat(below("a/b/c")).isEmpty();
		assertThat(below("a/")).isEmpty();
		assertThat(below("c")).isEmpty();
	}

	private List<String> below(String path) {
		List<String> values = new ArrayList<>();
		this.patterns.forEachBelow(path, values::add);
		return values;
	}

}
