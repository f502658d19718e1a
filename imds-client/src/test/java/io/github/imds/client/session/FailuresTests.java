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

package io.github.imds.client.session;

import java.net.SocketTimeoutException;
import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.category.MetadataPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Failures}.
 */
class FailuresTests {

	private static final URI LINK_LOCAL = URI.create("http://169.254.169.254");

	@Test
	void lostTokenNamesTheHopLimit() {
		assertThat(Failures.noToken(LINK_LOCAL, new SocketTimeoutException("Read timed out")))
			.hasMessageContaining("--http-put-response-hop-limit 2");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "http://localhost:1338", "http://127.0.0.1:1338", "http://127.1.2.3", "http://[::1]:1338" })
	void noHopIsInTheWayOnTheSameMachine(String endpoint) {
		assertThat(Failures.noToken(URI.create(endpoint), new SocketTimeoutException("Read timed out")))
			.hasMessageContaining("no answer came in time")
			.hasMessageNotContaining("hop");
	}

	@Test
	void forbiddenNamesTheSwitchAndTheProxy() {
		assertThat(Failures.tokenStatus(LINK_LOCAL, 403)).hasMessageContaining("--http-endpoint enabled")
			.hasMessageContaining("X-Forwarded-For");
		assertThat(Failures.valueStatus(LINK_LOCAL, MetadataPath.of("meta-data/mac"), 403))
			.hasMessageContaining("--http-endpoint enabled")
			.hasMessageContaining("X-Forwarded-For");
	}

}
