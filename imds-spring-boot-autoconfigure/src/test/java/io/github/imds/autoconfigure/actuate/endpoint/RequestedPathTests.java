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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RequestedPath}.
 */
class RequestedPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/mac", "/meta-data/mac", "latest/meta-data/mac", "/latest/meta-data/mac/" })
	void pathMayBeWrittenAsAClientReadsIt(String path) {
		assertThat(RequestedPath.of(path)).isEqualTo("meta-data/mac");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "//", "//meta-data", "meta-data//mac", ".", "..", "../env", "meta-data/./mac",
			"meta-data/..", "{}", "meta-data/{key}", "meta-data\\mac", "meta-data/\u0000", "meta-data/a\nb",
			"\uFFFD\uFFFD/env" })
	void invalidPathIsRefused(String path) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> RequestedPath.of(path))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo("Invalid path"));
	}

	@Test
	void overlongPathIsRefused() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> RequestedPath.of("a".repeat(10_000)))
			.withMessageContaining("characters")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(100));
	}

	@Test
	void segmentsAreJoined() {
		assertThat(RequestedPath.ofSegments(new String[] { "meta-data", "tags", "instance", "team:a=b@c+d,e" }))
			.isEqualTo("meta-data/tags/instance/team:a=b@c+d,e");
	}

	@Test
	void encodedSlashInASegmentIsRefused() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> RequestedPath.ofSegments(new String[] { "meta-data/mac" }));
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> RequestedPath.ofSegments(new String[] { "../.." }));
	}

	@Test
	void requestParameterInPlaceOfSegmentsIsRefused() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> RequestedPath.ofSegments("user-data"));
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> RequestedPath.ofSegments(List.of("meta-data", "mac")));
	}

	@ParameterizedTest
	@CsvSource({ "meta-data/placement/**, meta-data/placement/region", "meta-data/*ipv4, meta-data/public-ipv4",
			"/latest/meta-data/mac, meta-data/mac", "**/subnet-id, meta-data/network/interfaces/macs/0a:1b/subnet-id",
			"meta-data/**/macs/*/vpc-id, meta-data/network/interfaces/macs/0a:1b/vpc-id",
			"meta-data/ipv?, meta-data/ipv6", "meta-data/placement/, meta-data/placement" })
	void patternMatches(String pattern, String path) {
		assertThat(RequestedPath.matching(pattern)).accepts(path);
	}

	@Test
	void patternIsNotARegularExpression() {
		Predicate<String> pattern = RequestedPath.matching("meta-data/.+");
		assertThat(pattern).rejects("meta-data/mac");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{name:.*}", "meta-data/{key:(a+)+}", "meta-data/{*rest}", "../**", "a//b", "*a*a*a*a*a*b",
			"meta-data/\u0000" })
	void invalidPatternIsRefused(String pattern) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> RequestedPath.matching(pattern))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo("Invalid pattern"));
	}

}
