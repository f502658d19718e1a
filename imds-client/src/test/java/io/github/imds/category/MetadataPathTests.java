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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MetadataPath}.
 */
class MetadataPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/instance-id", "/meta-data/instance-id", "latest/meta-data/instance-id",
			"/latest/meta-data/instance-id" })
	void acceptsThePrefixesPeopleWrite(String path) {
		assertThat(MetadataPath.of(path)).hasToString("meta-data/instance-id")
			.extracting(MetadataPath::encoded)
			.isEqualTo("meta-data/instance-id");
	}

	@Test
	void keepsTheFinalSlashOfADirectory() {
		assertThat(MetadataPath.of("meta-data/placement/"))
			.isEqualTo(MetadataPath.of("meta-data").asDirectory().child("placement/"))
			.hasToString("meta-data/placement/")
			.extracting(MetadataPath::encoded)
			.isEqualTo("meta-data/placement/");
	}

	@Test
	void refusesAPathThatIsLongerThanAnyServerAccepts() {
		assertThat(MetadataPath.of("x".repeat(2000)).value()).hasSize(2000);
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataPath.of("x".repeat(2001)))
			.withMessageContaining("more than 2000 characters")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(500));
		MetadataPath longest = MetadataPath.of("x".repeat(2000)).asDirectory();
		assertThatIllegalArgumentException().isThrownBy(() -> longest.child("x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "latest/", "/latest/" })
	void theRootIsADirectory(String path) {
		assertThat(MetadataPath.of(path)).isEqualTo(MetadataPath.ROOT).extracting(MetadataPath::encoded).isEqualTo("");
	}

	@ParameterizedTest
	@CsvSource({ "team:owner,team:owner", "a+b=c@d,a+b=c@d", "cost center,cost%20center", "a;b,a%3Bb", "100%,100%25",
			"a#b,a%23b", "a?b,a%3Fb", "Größe,Gr%C3%B6%C3%9Fe", "%2e%2e,%252e%252e" })
	void encodesTagKeys(String key, String encoded) {
		assertThat(MetadataPath.of("meta-data/tags/instance/" + key).encoded())
			.isEqualTo("meta-data/tags/instance/" + encoded);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
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
	void refusesInvalidPath(String path, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataPath.of(path))
			.withMessageContaining(problem)
			.withMessageContaining("'" + path + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/a\nb", "meta-data/a\r\nX: y", "meta-data/\u0000", "meta-data/\u007f",
			"meta-data/tags/instance/a\tb" })
	void refusesControlCharactersAndDoesNotRepeatThem(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataPath.of(path))
			.withMessageContaining("control character")
			.satisfies((ex) -> assertThat(ex.getMessage().chars()).noneMatch(Character::isISOControl));
	}

	@ParameterizedTest
	@CsvSource({ "user-data;x,user-data%3Bx", "meta-data/iam;/info,meta-data/iam%3B/info" })
	void encodesSemicolonsSinceServersDropTheRestOfTheSegment(String path, String encoded) {
		assertThat(MetadataPath.of(path).encoded()).isEqualTo(encoded);
	}

	@ParameterizedTest
	@ValueSource(strings = { "instance-id", "/placement/region", "placement/", "latest/tags/instance/Name",
			"network/interfaces/macs", "public-keys/0/openssh-key" })
	void refusesAPathThatLacksMetaDataAndSaysSo(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataPath.of(path))
			.withMessageContaining("lacks 'meta-data/'; use 'meta-data/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dynamic", "user-data", "meta-data", "api", "unknown", "unknown/instance-id" })
	void acceptsTopLevelPathsThatTheServiceMayHave(String path) {
		assertThat(MetadataPath.of(path)).hasToString(path);
	}

	@Test
	void acceptsAnyNameThatTheServiceLists() {
		assertThat(MetadataPath.ROOT.child("instance-id")).hasToString("instance-id");
	}

	@Test
	void aPathKnowsItsPartsAndItsNeighbours() {
		MetadataPath path = MetadataPath.of("meta-data/iam/security-credentials/role");
		assertThat(path.segments()).containsExactly("meta-data", "iam", "security-credentials", "role");
		assertThat(path.name()).isEqualTo("role");
		assertThat(path.parent()).hasToString("meta-data/iam/security-credentials/")
			.isEqualTo(MetadataPath.of("meta-data/iam").child("security-credentials/"));
		assertThat(path.isSensitive()).isTrue();
		assertThat(path.category()).contains(MetadataCategory.IAM_SECURITY_CREDENTIALS);
		assertThat(MetadataPath.ROOT.parent()).isEqualTo(MetadataPath.ROOT);
		assertThat(MetadataPath.ROOT.segments()).isEmpty();
		assertThat(MetadataPath.ROOT.asValue().isDirectory()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "a/b", ".", "..", "a?b", "a#b", "a\nb" })
	void refusesAnEntryThatIsNotOneSegment(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> MetadataPath.of("meta-data").child(name));
	}

}
