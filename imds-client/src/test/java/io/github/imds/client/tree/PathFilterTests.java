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

package io.github.imds.client.tree;

import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.category.MetadataPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PathFilter}.
 */
class PathFilterTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "^", "^meta-data", "^meta-data/", "meta-data/mac", "mac$", "^meta-data/(mac|x)$",
			"(?i)^META-DATA/MAC", "^*xyz|/mac", "^?mac", "^meta-data/?mac", "^meta-dataa?/mac", "^user|mac",
			"^(?=meta)(?!data).*c$", "^(meta)-data.{3}c", "^.*/\\w+$", "^[^/]+/mac$" })
	void leadsToWhatItSelects(String pattern) {
		PathFilter filter = new PathFilter(Pattern.compile(pattern));
		assertThat(filter.test(MetadataPath.of("meta-data/mac"))).isTrue();
		assertThat(filter.test(MetadataPath.of("meta-data/"))).isTrue();
		assertThat(filter.test(MetadataPath.of("/"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "^meta-data/placement/", "^meta-data/mac$", "^meta-data$", "^user-data",
			"^dynamic/(f[wx])?s*" })
	void doesNotEnterWhatCannotMatch(String pattern) {
		PathFilter filter = new PathFilter(Pattern.compile(pattern));
		assertThat(filter.test(MetadataPath.of("meta-data/network/"))).isFalse();
		assertThat(filter.test(MetadataPath.of("/"))).isTrue();
	}

	@Test
	void entersWhatHoldsAMatchingCategory() {
		PathFilter filter = new PathFilter(Pattern.compile("^meta-data/network/interfaces/macs/.mac./mac"));
		assertThat(filter.test(MetadataPath.of("meta-data/network/interfaces/macs/0a:1b/"))).isTrue();
		assertThat(filter.test(MetadataPath.of("meta-data/network/interfaces/macs/0a:1b/mac"))).isTrue();
		assertThat(filter.test(MetadataPath.of("meta-data/network/interfaces/macs/0a:1b/ipv6s"))).isFalse();
		assertThat(filter.test(MetadataPath.of("meta-data/network/interfaces/macs/0a:1b/ipv4-associations/")))
			.isFalse();
		assertThat(filter.test(MetadataPath.of("meta-data/placement/"))).isFalse();
	}

	@Test
	void flagsThatMoveTheAnchorPruneNothing() {
		assertThat(new PathFilter(Pattern.compile("^a", Pattern.LITERAL)).test(MetadataPath.of("b/"))).isTrue();
		assertThat(new PathFilter(Pattern.compile("^a", Pattern.MULTILINE)).test(MetadataPath.of("b/"))).isTrue();
	}

	@Test
	void knowsTheOnlyPath() {
		assertThat(onlyPath("^meta-data/mac$")).isEqualTo("Optional[meta-data/mac]");
		assertThat(onlyPath("meta-data/mac")).isEqualTo("Optional.empty");
		assertThat(onlyPath("^meta-data/new$")).isEqualTo("Optional.empty");
		assertThat(onlyPath("^meta-data/m.c$")).isEqualTo("Optional.empty");
	}

	private static String onlyPath(String pattern) {
		return new PathFilter(Pattern.compile(pattern)).onlyPath().toString();
	}

}
