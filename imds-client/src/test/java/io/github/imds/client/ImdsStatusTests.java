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

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImdsClient#status()}.
 */
class ImdsStatusTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final InMemoryImdsTokenStore store = new InMemoryImdsTokenStore();

	private final ImdsClient client = ImdsClient.builder()
		.endpoints(this.simulator.endpoint())
		.tokenStore(this.store)
		.build();

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void nothingIsKnownAndNothingSentBeforeTheFirstRead() {
		ImdsStatus status = this.client.status();
		assertThat(status.detection()).isEqualTo(new ImdsDetection(Result.PRESENT, "an endpoint is set"));
		assertThat(status.endpointMode()).isEmpty();
		assertThat(status.endpoint()).isEmpty();
		assertThat(status.tokenExpiresAt()).isEmpty();
		assertThat(status.failure()).isEmpty();
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void tellsTheEndpointInUseAndTheEndOfItsToken() {
		this.client.get("meta-data/mac");
		ImdsStatus status = this.client.status();
		Instant expiresAt = this.store.load(this.simulator.endpoint()).orElseThrow().expiresAt();
		assertThat(status.endpoint()).contains(this.simulator.endpoint());
		assertThat(status.tokenExpiresAt()).contains(expiresAt);
		assertThat(expiresAt).isBetween(Instant.now().plus(Duration.ofHours(5)),
				Instant.now().plus(Duration.ofHours(6)));
		assertThat(status.failure()).isEmpty();
	}

	@Test
	void tellsWhatKeepsTheServiceFromBeingAsked() {
		this.simulator.enabled(false);
		assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		ImdsStatus status = this.client.status();
		assertThat(status.endpoint()).isEmpty();
		assertThat(status.tokenExpiresAt()).isEmpty();
		assertThat(status.failure()).get().isInstanceOf(ImdsAccessDeniedException.class);
	}

	@Test
	void tellsTheFailureOfTheLastRead() {
		this.client.get("meta-data/mac");
		this.simulator.enabled(false);
		assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		assertThat(this.client.status().failure()).get().isInstanceOf(ImdsAccessDeniedException.class);
		this.simulator.enabled(true);
		this.client.get("meta-data/no-such-category");
		assertThat(this.client.status().failure()).isEmpty();
	}

	@Test
	void aDisabledClientSaysWhy() {
		try (ImdsClient disabled = ImdsClient.builder().disabled("not here").build()) {
			ImdsStatus status = disabled.status();
			assertThat(status.detection()).isEqualTo(new ImdsDetection(Result.ABSENT, "not here"));
			assertThat(status.endpointMode()).isEmpty();
			assertThat(status.endpoint()).isEmpty();
			assertThat(status.failure()).isEmpty();
		}
	}

}
