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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.Show;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.autoconfigure.actuate.ImdsEndpoint.Metadata;
import io.github.imds.autoconfigure.actuate.ImdsEndpoint.Overview;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ImdsEndpoint}.
 */
class ImdsEndpointTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ImdsClient client = ImdsClient.builder().endpoints(this.simulator.endpoint()).build();

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void overviewTellsTheStateOfTheServiceAndShowsAllMetadata() {
		Overview overview = endpoint(Show.ALWAYS).overview(null);
		assertThat(overview.service()).isEqualTo(ServiceDescriptor.of(this.client.status()));
		assertThat(overview.service().endpoint()).isEqualTo(this.simulator.endpoint());
		assertThat(overview.service().tokenExpiresAt()).isNotNull();
		Map<String, Object> expected = new LinkedHashMap<>(this.client.tree(""));
		expected.put("user-data", "******");
		assertThat(map(overview.metadata())).containsOnlyKeys("dynamic", "meta-data", "user-data");
		assertThat(leaves(overview.metadata())).containsAll(leaves(expected))
			.contains("m7g.large", "orders-7", "arm64");
	}

	@ParameterizedTest
	@EnumSource
	void credentialsAndUserDataAreMaskedInTheOverviewAndNotRead(Show show) {
		Overview overview = endpoint(show).overview(null);
		assertThat(map(overview.metadata())).containsEntry("user-data", "******");
		assertThat(map(map(overview.metadata()).get("meta-data")).get("iam")).satisfies((iam) -> assertThat(map(iam))
			.containsEntry("security-credentials", Map.of("orders-service", "******")));
		assertThat(this.simulator.requests()).contains("GET /latest/meta-data/iam/security-credentials/")
			.doesNotContain("GET /latest/user-data", "GET /latest/meta-data/iam/security-credentials/orders-service",
					"GET /latest/meta-data/identity-credentials/ec2/security-credentials/ec2-instance");
	}

	@Test
	void valuesAreHiddenByDefaultAndNamesAreNot() {
		Overview overview = endpoint(Show.NEVER).overview(null);
		assertThat(leaves(overview.metadata())).containsOnly("******");
		assertThat(map(map(overview.metadata()).get("meta-data"))).containsKeys("mac", "placement", "tags");
	}

	@Test
	void pathLeadsToAValueADirectoryOrAPartOfADocument() {
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		assertThat(endpoint.metadata("meta-data", "ami-launch-index"))
			.isEqualTo(new Metadata("meta-data/ami-launch-index", 0, null));
		assertThat(endpoint.metadata("/latest/meta-data/services/"))
			.isEqualTo(new Metadata("meta-data/services", Map.of("domain", "amazonaws.com", "partition", "aws"), null));
		assertThat(endpoint.metadata("dynamic/instance-identity/document/accountId"))
			.isEqualTo(new Metadata("dynamic/instance-identity/document/accountId", "123456789012", null));
		assertThat(endpoint.metadata("meta-data/security-groups"))
			.isEqualTo(new Metadata("meta-data/security-groups", List.of("web", "ssh from office"), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/spot/instance-action", "meta-data/mac/x", "meta-data/security-groups/0", "none",
			"meta-data/iam/security-credentials/other", "meta-data/iam/security-credentials/orders-service/x",
			"user-data/x" })
	void nothingIsFoundWhereNothingIs(String path) {
		assertThat(endpoint(Show.ALWAYS).metadata(path)).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void pathToCredentialsTellsThatTheyAreThere(Show show) {
		String role = "meta-data/iam/security-credentials/orders-service";
		String own = "meta-data/identity-credentials/ec2/security-credentials/ec2-instance";
		assertThat(endpoint(show).metadata(role)).isEqualTo(new Metadata(role, "******", null));
		assertThat(endpoint(show).metadata(own)).isEqualTo(new Metadata(own, "******", null));
		assertThat(this.simulator.requests()).doesNotContain("GET /latest/" + role, "GET /latest/" + own);
	}

	@Test
	void instanceWithoutRoleAndUserDataHasNeither() {
		this.simulator.remove("meta-data/iam").remove("user-data");
		assertThat(endpoint(Show.ALWAYS).metadata("meta-data/iam")).isNull();
		assertThat(endpoint(Show.ALWAYS).metadata("user-data")).isNull();
	}

	@Test
	void userDataIsReadByPathWhenItMayBeShown() {
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		assertThat(endpoint.metadata("user-data", false)).contains(new Metadata("user-data", "******", null));
		assertThat(this.simulator.requests()).doesNotContain("GET /latest/user-data");
		assertThat(endpoint.metadata("user-data"))
			.isEqualTo(new Metadata("user-data", "#!/bin/bash\nexport DB_PASSWORD=fixture-user-data-secret\n", null));
		endpoint.metadata("user-data");
		assertThat(this.simulator.requests()).containsOnlyOnce("GET /latest/user-data");
	}

	@Test
	void userDataThatIsNoTextIsEncoded() {
		this.simulator.put("user-data", new byte[] { 0x1f, (byte) 0x8b });
		assertThat(endpoint(Show.ALWAYS).metadata("user-data")).isEqualTo(new Metadata("user-data", "H4s=", "base64"));
	}

	@Test
	void whatIsShownIsNotDescribed() {
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		assertThat(endpoint.overview(null) + " " + endpoint.metadata("user-data")).doesNotContain("m7g.large")
			.doesNotContain("DB_PASSWORD");
	}

	@Test
	void patternSelectsPartsOfTheTree() {
		Overview overview = endpoint(Show.ALWAYS).overview("meta-data/**/subnet-id");
		assertThat(overview.metadata()).isEqualTo(
				Map.of("meta-data",
						Map.of("network",
								Map.of("interfaces",
										Map.of("macs", Map.of("0a:1b:2c:3d:4e:5f",
												Map.of("subnet-id", "subnet-0123456789abcdef0"), "0a:1b:2c:3d:4e:60",
												Map.of("subnet-id", "subnet-0fedcba9876543210")))))));
	}

	@Test
	void patternThatMatchesADirectorySelectsAllOfIt() {
		Overview overview = endpoint(Show.ALWAYS).overview("meta-data/services");
		assertThat(overview.metadata())
			.isEqualTo(Map.of("meta-data", Map.of("services", Map.of("domain", "amazonaws.com", "partition", "aws"))));
	}

	@Test
	void patternThatMatchesNothingSelectsNothing() {
		assertThat(endpoint(Show.ALWAYS).overview("none/**").metadata()).isEqualTo(Map.of());
	}

	@Test
	void secretsAreMaskedWhateverThePattern() {
		assertThat(leaves(endpoint(Show.ALWAYS).overview("**/security-credentials/*").metadata()))
			.containsOnly("******");
		assertThat(endpoint(Show.ALWAYS).overview("user-data").metadata()).isEqualTo(Map.of("user-data", "******"));
	}

	@Test
	void manyRequestsCostOneCrawl() throws Exception {
		endpoint(Show.ALWAYS).overview(null);
		long crawl = this.simulator.valueRequests();
		this.simulator.clearRequests();
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		ExecutorService executor = Executors.newFixedThreadPool(20);
		try {
			List<Future<?>> requests = IntStream.range(0, 200).<Future<?>>mapToObj((i) -> executor.submit(() -> {
				endpoint.overview(null);
				endpoint.overview("meta-data/placement/" + i + "**");
				endpoint.metadata("meta-data/mac");
				endpoint.metadata("meta-data/absent-" + i);
			})).toList();
			for (Future<?> request : requests) {
				request.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.simulator.valueRequests()).isEqualTo(crawl);
	}

	@Test
	void aServiceThatIsSwitchedOffCostsOneTry() {
		this.simulator.enabled(false);
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		Overview overview = endpoint.overview(null);
		assertThat(overview.metadata()).isNull();
		assertThat(overview.service().enabled()).isTrue();
		assertThat(overview.service().failure()).contains("switched off");
		assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> endpoint.metadata("meta-data/mac"));
		assertThat(endpoint.overview(null)).isEqualTo(overview);
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void aDisabledClientHasNothingAndSaysWhy() {
		try (ImdsClient disabled = ImdsClient.builder().disabled("not here").build()) {
			ImdsEndpoint endpoint = new ImdsEndpoint(disabled, Show.ALWAYS, List.of(), LONG);
			assertThat(endpoint.overview(null))
				.isEqualTo(new Overview(new ServiceDescriptor(false, "not here", null, null, null, null), null));
			assertThat(endpoint.metadata("meta-data/mac")).isNull();
		}
	}

	private ImdsEndpoint endpoint(Show show) {
		return new ImdsEndpoint(this.client, show, List.of(), LONG);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

	private static List<Object> leaves(Object node) {
		if (node instanceof Map<?, ?> directory) {
			return directory.values().stream().map(ImdsEndpointTests::leaves).flatMap(List::stream).toList();
		}
		if (node instanceof List<?> list) {
			return list.stream().map(ImdsEndpointTests::leaves).flatMap(List::stream).toList();
		}
		return (node != null) ? List.of(node) : List.of();
	}

}
