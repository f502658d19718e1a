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

package io.github.imds.autoconfigure.actuate.health;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.imds.ImdsException;
import io.github.imds.client.EndpointMode;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImdsHealthIndicator}.
 */
class ImdsHealthIndicatorTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ImdsClient client = ImdsClient.builder().endpoints(this.simulator.endpoint()).build();

	private final ImdsHealthIndicator indicator = new ImdsHealthIndicator(() -> this.client);

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void isUpOnceTheServiceHasAnswered() {
		this.client.get("meta-data/mac");
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("endpoint", this.simulator.endpoint())
			.containsEntry("tokenExpiresAt", this.client.status().tokenExpiresAt().orElseThrow())
			.containsEntry("enabled", true)
			.containsOnlyKeys("enabled", "reason", "endpoint", "tokenExpiresAt");
	}

	@Test
	void isUnknownAndSendsNothingUntilSomethingIsRead() {
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void isUnknownDuringAnOutage() {
		this.client.get("meta-data/mac");
		this.simulator.close();
		assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).hasEntrySatisfying("failure",
				(failure) -> assertThat((String) failure).contains("no connection"));
	}

	@Test
	void isUnknownWhenTheServiceIsSwitchedOffForTheInstance() {
		this.simulator.enabled(false);
		assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		this.simulator.clearRequests();
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).hasEntrySatisfying("failure",
				(failure) -> assertThat((String) failure).contains("switched off"));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isUnknownUntilAReadSucceedsAgain(boolean switchedOff) {
		this.client.get("meta-data/mac");
		if (switchedOff) {
			this.simulator.enabled(false);
		}
		else {
			this.simulator.throttle(100);
		}
		assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.simulator.enabled(true);
		this.simulator.throttle(0);
		this.client.get("meta-data/mac");
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isUnknownAndSaysWhyWhenMetadataIsDisabled() {
		try (ImdsClient disabled = ImdsClient.builder().disabled("not here").build()) {
			Health health = new ImdsHealthIndicator(() -> disabled).health();
			assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health.getDetails()).containsEntry("enabled", false)
				.containsEntry("reason", "not here")
				.hasSize(2);
		}
	}

	@Test
	void tellsWhichOfTheLinkLocalAddressesMayBeUsed() {
		try (ImdsClient client = ImdsClient.builder().enabled().endpointMode(EndpointMode.IPV6).build()) {
			assertThat(new ImdsHealthIndicator(() -> client).health().getDetails()).containsEntry("endpointMode",
					"ipv6");
		}
	}

}
