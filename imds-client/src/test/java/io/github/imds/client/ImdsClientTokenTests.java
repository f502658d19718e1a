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
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how an {@link ImdsClient} gets and keeps its session token, counted at the
 * service.
 */
class ImdsClientTokenTests {

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
	void sixteenThreadsStartingColdCostOneToken() throws Exception {
		assertThat(ConcurrentCalls.make(16, () -> this.client.get("meta-data/instance-id"))).hasSize(16)
			.containsOnly(Optional.of("i-0123456789abcdef0"));
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		assertThat(this.simulator.valueRequests()).isEqualTo(16);
	}

	@Test
	void aRevokedTokenCostsOneMore() {
		this.client.get("meta-data/mac");
		this.simulator.revokeTokens().clearRequests();
		assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(this.simulator.requests()).containsExactly("GET /latest/meta-data/mac", "PUT /latest/api/token",
				"GET /latest/meta-data/mac", "GET /latest/meta-data/mac");
	}

	@Test
	void manyThreadsMeetingARevokedTokenShareTheNewOne() throws Exception {
		this.client.get("meta-data/mac");
		this.simulator.revokeTokens().clearRequests();
		assertThat(ConcurrentCalls.make(16, () -> this.client.get("meta-data/mac"))).hasSize(16)
			.containsOnly(Optional.of("0a:1b:2c:3d:4e:5f"));
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void aStoredTokenOfAnotherInstanceCostsOneRejectionAndIsReplaced() {
		ImdsToken foreign = new ImdsToken("from-another-instance", Instant.now().plus(Duration.ofHours(5)));
		this.store.save(this.simulator.endpoint(), foreign);
		assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(this.simulator.requests()).containsExactly("GET /latest/meta-data/mac", "PUT /latest/api/token",
				"GET /latest/meta-data/mac");
		assertThat(this.store.load(this.simulator.endpoint())).isPresent().get().isNotEqualTo(foreign);
	}

	@Test
	void aStoredTokenIsUsedByTheNextClient() {
		this.client.get("meta-data/mac");
		this.simulator.clearRequests();
		try (ImdsClient next = ImdsClient.builder()
			.endpoints(this.simulator.endpoint())
			.tokenStore(this.store)
			.build()) {
			assertThat(next.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
		assertThat(this.simulator.requests()).containsExactly("GET /latest/meta-data/mac");
	}

}
