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
		ImdsDescriptor descriptor = endpoint(Show.ALWAYS).imds(null);
		assertThat(descriptor.service()).isEqualTo(ServiceDescriptor.of(this.client.status(), null));
		assertThat(descriptor.service().endpoint()).isEqualTo(this.simulator.endpoint());
		assertThat(descriptor.service().tokenExpiresAt()).isNotNull();
		Map<String, Object> expected = new LinkedHashMap<>(this.client.tree(""));
		expected.put("user-data", "******");
		assertThat(map(descriptor.metadata())).containsOnlyKeys("dynamic", "meta-data", "user-data");
		assertThat(leaves(descriptor.metadata())).containsAll(leaves(expected))
			.contains("m7g.large", "orders-7", "arm64");
	}

	@ParameterizedTest
	@EnumSource
	void credentialsAndUserDataAreMaskedInTheOverviewAndNotRead(Show show) {
		ImdsDescriptor descriptor = endpoint(show).imds(null);
		assertThat(map(descriptor.metadata())).containsEntry("user-data", "******");
		assertThat(map(map(descriptor.metadata()).get("meta-data")).get("iam")).satisfies((iam) -> assertThat(map(iam))
			.containsEntry("security-credentials", Map.of("orders-service", "******")));
		assertThat(this.simulator.requests()).contains("GET /latest/meta-data/iam/security-credentials/")
			.doesNotContain("GET /latest/user-data", "GET /latest/meta-data/iam/security-credentials/orders-service",
					"GET /latest/meta-data/identity-credentials/ec2/security-credentials/ec2-instance");
	}

	@Test
	void valuesAreHiddenByDefaultAndNamesAreNot() {
		ImdsDescriptor descriptor = endpoint(Show.NEVER).imds(null);
		assertThat(leaves(descriptor.metadata())).containsOnly("******");
		assertThat(map(map(descriptor.metadata()).get("meta-data"))).containsKeys("mac", "placement", "tags");
	}

	@Test
	void pathLeadsToAValueADirectoryOrAPartOfADocument() {
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		assertThat(endpoint.metadata("meta-data", "ami-launch-index"))
			.isEqualTo(new MetadataDescriptor("meta-data/ami-launch-index", 0, null));
		assertThat(endpoint.metadata("/latest/meta-data/services/")).isEqualTo(new MetadataDescriptor(
				"meta-data/services", Map.of("domain", "amazonaws.com", "partition", "aws"), null));
		assertThat(endpoint.metadata("dynamic/instance-identity/document/accountId"))
			.isEqualTo(new MetadataDescriptor("dynamic/instance-identity/document/accountId", "123456789012", null));
		assertThat(endpoint.metadata("meta-data/security-groups"))
			.isEqualTo(new MetadataDescriptor("meta-data/security-groups", List.of("web", "ssh from office"), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/spot/instance-action", "meta-data/mac/x", "meta-data/security-groups/0", "none",
			"meta-data/iam/security-credentials/other", "meta-data/iam/security-credentials/orders-service/x",
			"user-data/x" })
	void unknownPathIsNotFound(String path) {
		assertThat(endpoint(Show.ALWAYS).metadata(path)).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void pathToCredentialsTellsThatTheyAreThere(Show show) {
		String role = "meta-data/iam/security-credentials/orders-service";
		String own = "meta-data/identity-credentials/ec2/security-credentials/ec2-instance";
		assertThat(endpoint(show).metadata(role)).isEqualTo(new MetadataDescriptor(role, "******", null));
		assertThat(endpoint(show).metadata(own)).isEqualTo(new MetadataDescriptor(own, "******", null));
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
		assertThat(endpoint.metadata("user-data", false)).contains(new MetadataDescriptor("user-data", "******", null));
		assertThat(this.simulator.requests()).doesNotContain("GET /latest/user-data");
		assertThat(endpoint.metadata("user-data")).isEqualTo(new MetadataDescriptor("user-data",
				"#!/bin/bash\nexport DB_PASSWORD=fixture-user-data-secret\n", null));
		endpoint.metadata("user-data");
		assertThat(this.simulator.requests()).containsOnlyOnce("GET /latest/user-data");
	}

	@Test
	void binaryUserDataIsEncoded() {
		this.simulator.put("user-data", new byte[] { 0x1f, (byte) 0x8b });
		assertThat(endpoint(Show.ALWAYS).metadata("user-data"))
			.isEqualTo(new MetadataDescriptor("user-data", "H4s=", "base64"));
	}

	@Test
	void textOfDescriptorsOmitsValues() {
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		assertThat(endpoint.imds(null) + " " + endpoint.metadata("user-data")).doesNotContain("m7g.large")
			.doesNotContain("DB_PASSWORD");
	}

	@Test
	void patternSelectsPartsOfTheTree() {
		ImdsDescriptor descriptor = endpoint(Show.ALWAYS).imds("meta-data/**/subnet-id");
		assertThat(descriptor.metadata()).isEqualTo(
				Map.of("meta-data",
						Map.of("network",
								Map.of("interfaces",
										Map.of("macs", Map.of("0a:1b:2c:3d:4e:5f",
												Map.of("subnet-id", "subnet-0123456789abcdef0"), "0a:1b:2c:3d:4e:60",
												Map.of("subnet-id", "subnet-0fedcba9876543210")))))));
	}

	@Test
	void patternThatMatchesADirectorySelectsAllOfIt() {
		ImdsDescriptor descriptor = endpoint(Show.ALWAYS).imds("meta-data/services");
		assertThat(descriptor.metadata())
			.isEqualTo(Map.of("meta-data", Map.of("services", Map.of("domain", "amazonaws.com", "partition", "aws"))));
	}

	@Test
	void patternThatMatchesNothingSelectsNothing() {
		assertThat(endpoint(Show.ALWAYS).imds("none/**").metadata()).isEqualTo(Map.of());
	}

	@Test
	void secretsAreMaskedWhateverThePattern() {
		assertThat(leaves(endpoint(Show.ALWAYS).imds("**/security-credentials/*").metadata())).containsOnly("******");
		assertThat(endpoint(Show.ALWAYS).imds("user-data").metadata()).isEqualTo(Map.of("user-data", "******"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/placement/region", "meta-data/tags/instance/Name",
			"meta-data/tags/instance/none", "meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/subnet-id",
			"dynamic/instance-identity/document", "dynamic/instance-identity/document/accountId",
			"meta-data/spot/instance-action", "meta-data/mac/x", "user-data",
			"meta-data/iam/security-credentials/orders-service" })
	void valueCostsOneRequest(String path) {
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		endpoint.metadata(path);
		endpoint.metadata(path);
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
	}

	@Test
	void directoryCostsItsListingAndItsValues() {
		MetadataDescriptor services = endpoint(Show.ALWAYS).metadata("meta-data/services");
		assertThat(services.value()).isEqualTo(Map.of("domain", "amazonaws.com", "partition", "aws"));
		assertThat(this.simulator.valueRequests()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/iam", "meta-data/iam/security-credentials" })
	void directoryShowsThatCredentialsExist(String path) {
		assertThat(leaves(endpoint(Show.ALWAYS).metadata(path).value())).contains("******");
		assertThat(this.simulator.requests())
			.doesNotContain("GET /latest/meta-data/iam/security-credentials/orders-service");
	}

	@Test
	void valuesAndAllMetadataAgree() {
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		ImdsEndpoint crawled = endpoint(Show.ALWAYS);
		paths("", crawled.imds(null).metadata()).forEach((path) -> {
			MetadataDescriptor expected = crawled.metadata(path);
			assertThat(endpoint.metadata(path)).isEqualTo(expected);
		});
	}

	@Test
	void namesFromOutsideCostABoundedNumberOfRequests() {
		endpoint(Show.ALWAYS).imds(null);
		long crawl = this.simulator.valueRequests();
		this.simulator.clearRequests();
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		for (int i = 0; i < 1_000; i++) {
			assertThat(endpoint.metadata("meta-data/tags/instance/absent-" + i)).isNull();
		}
		assertThat(this.simulator.valueRequests()).isEqualTo(100 + crawl);
	}

	@Test
	void manyRequestsCostOneCrawl() throws Exception {
		endpoint(Show.ALWAYS).imds(null);
		long crawl = this.simulator.valueRequests();
		this.simulator.clearRequests();
		ImdsEndpoint endpoint = endpoint(Show.ALWAYS);
		ExecutorService executor = Executors.newFixedThreadPool(20);
		try {
			List<Future<?>> requests = IntStream.range(0, 200).<Future<?>>mapToObj((i) -> executor.submit(() -> {
				endpoint.imds(null);
				endpoint.imds("meta-data/placement/" + i + "**");
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
		ImdsDescriptor descriptor = endpoint.imds(null);
		assertThat(descriptor.metadata()).isNull();
		assertThat(descriptor.service().enabled()).isTrue();
		assertThat(descriptor.service().failure()).contains("switched off");
		assertThatExceptionOfType(ImdsAccessDeniedException.class).isThrownBy(() -> endpoint.metadata("meta-data/mac"));
		assertThat(endpoint.imds(null)).isEqualTo(descriptor);
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@Test
	void aDisabledClientHasNothingAndSaysWhy() {
		try (ImdsClient disabled = ImdsClient.builder().disabled("not here").build()) {
			ImdsEndpoint endpoint = new ImdsEndpoint(disabled, List.of(), Show.ALWAYS, LONG);
			assertThat(endpoint.imds(null)).isEqualTo(
					new ImdsDescriptor(new ServiceDescriptor(false, "not here", null, null, null, null), null, null));
			assertThat(endpoint.metadata("meta-data/mac")).isNull();
		}
	}

	private ImdsEndpoint endpoint(Show show) {
		return new ImdsEndpoint(this.client, List.of(), show, LONG);
	}

	private static List<String> paths(String parent, Object node) {
		if (node instanceof Map<?, ?> directory && !parent.endsWith("/document")
				&& !parent.equals("meta-data/iam/info")) {
			return directory.entrySet()
				.stream()
				.map((entry) -> paths((parent.isEmpty() ? "" : parent + "/") + entry.getKey(), entry.getValue()))
				.flatMap(List::stream)
				.toList();
		}
		return parent.equals("user-data") ? List.of() : List.of(parent);
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
