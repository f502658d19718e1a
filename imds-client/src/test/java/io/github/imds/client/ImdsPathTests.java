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

package io.github.imds.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ImdsPath}.
 */
class ImdsPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/instance-id", "/meta-data/instance-id", "latest/meta-data/instance-id",
			"/latest/meta-data/instance-id" })
	void acceptsThePrefixesPeopleWrite(String path) {
		assertThat(ImdsPath.of(path)).isEqualTo(new ImdsPath("meta-data/instance-id", false))
			.extracting(ImdsPath::encoded)
			.isEqualTo("meta-data/instance-id");
	}

	@Test
	void keepsTheFinalSlashOfADirectory() {
		assertThat(ImdsPath.of("meta-data/placement/")).isEqualTo(new ImdsPath("meta-data/placement", true))
			.hasToString("meta-data/placement/")
			.extracting(ImdsPath::encoded)
			.isEqualTo("meta-data/placement/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "latest/", "/latest/" })
	void theRootIsADirectory(String path) {
		assertThat(ImdsPath.of(path)).isEqualTo(new ImdsPath("", true)).extracting(ImdsPath::encoded).isEqualTo("");
	}

	@ParameterizedTest
	@CsvSource({ "team:owner,team:owner", "a+b=c@d,a+b=c@d", "cost center,cost%20center", "100%,100%25", "a#b,a%23b",
			"a?b,a%3Fb", "Größe,Gr%C3%B6%C3%9Fe", "%2e%2e,%252e%252e" })
	void encodesTagKeys(String key, String encoded) {
		assertThat(ImdsPath.of("meta-data/tags/instance/" + key).encoded())
			.isEqualTo("meta-data/tags/instance/" + encoded);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			""                             | empty segment
			//meta-data                    | empty segment
			meta-data//mac                 | empty segment
			meta-data/mac//                | empty segment
			//                             | empty segment
			http://169.254.169.254/latest  | empty segment
			//other.example/latest         | empty segment
			../api/token                   | '..' segment
			meta-data/..                   | '..' segment
			meta-data/./mac                | '.' or '..' segment
			meta-data/mac?x=1              | query
			"meta-data/mac#top"            | fragment
			""")
	void refusesWhatIsNoPath(String path, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> ImdsPath.of(path))
			.withMessageContaining(problem)
			.withMessageContaining("'" + path + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/a\nb", "meta-data/a\r\nX: y", "meta-data/\u0000", "meta-data/\u007f",
			"meta-data/tags/instance/a\tb" })
	void refusesControlCharactersAndDoesNotRepeatThem(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> ImdsPath.of(path))
			.withMessageContaining("control character")
			.satisfies((ex) -> assertThat(ex.getMessage().chars()).noneMatch(Character::isISOControl));
	}

}
