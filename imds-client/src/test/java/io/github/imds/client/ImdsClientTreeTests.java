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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for the trees that an {@link ImdsClient} reads from a simulated instance.
 */
class ImdsClientTreeTests extends AbstractImdsClientTreeTests {

	private static final Set<String> JSON = Set.of("dynamic/instance-identity/document",
			"meta-data/events/maintenance/history", "meta-data/events/maintenance/scheduled", "meta-data/iam/info",
			"meta-data/identity-credentials/ec2/info", SENSITIVE.get(1), SENSITIVE.get(2));

	@Test
	void everythingIsEachValueOfTheInstanceButSecrets() {
		Map<String, String> expected = instance();
		expected.keySet().removeAll(SENSITIVE);
		assertThat(bodies(this.client.everything())).containsExactlyInAnyOrderEntriesOf(expected);
		assertThat(this.client.everything()).isEqualTo(this.client.everything());
	}

	@Test
	void everythingHasSecretsOnlyOnRequest() {
		assertThat(bodies(this.client.everything(ReadOption.INCLUDE_SENSITIVE)))
			.containsExactlyInAnyOrderEntriesOf(instance());
	}

	@Test
	void everythingAsksForEachListingAndValueOnce() {
		this.client.everything();
		Set<String> expected = new TreeSet<>(Set.of("PUT /latest/api/token"));
		for (String path : instance().keySet()) {
			String served = path.replaceAll("=[^/]+", "");
			for (int end = 0; end != -1; end = served.indexOf('/', end + 1)) {
				expected.add("GET /latest/" + served.substring(0, (end > 0) ? end + 1 : 0));
			}
			expected.add("GET /latest/" + served);
		}
		expected.removeIf((request) -> SECRET_PATH.matcher(request).find());
		assertThat(this.simulator.requests()).containsExactlyInAnyOrderElementsOf(expected);
	}

	@Test
	void everythingHoldsNullForWhatTheInstanceLacks() {
		assertThat(child(this.client.everything(), "meta-data", "spot")).containsExactly(entry("instance-action", null),
				entry("termination-time", null));
		assertThat(child(this.client.everything(), "meta-data")).containsEntry("kernel-id", null)
			.doesNotContainKeys("elastic-gpus", "managed-ssh-keys");
		ImdsSimulator bare = ImdsSimulator.builder().tree(Map.of("meta-data/mac", "0a:1b:2c:3d:4e:5f")).start();
		try (bare; ImdsClient other = client(bare).build()) {
			Map<String, @Nullable Object> everything = other.everything();
			assertThat(everything).containsOnlyKeys("meta-data", "dynamic");
			assertThat(child(everything, "meta-data", "placement")).containsEntry("region", null);
			assertThat(child(everything, "meta-data")).containsEntry("mac", "0a:1b:2c:3d:4e:5f")
				.doesNotContainKeys("tags", "network", "public-keys");
			assertThat(other.everything(ReadOption.INCLUDE_SENSITIVE)).containsEntry("user-data", null);
		}
	}

	@Test
	void valuesAreTypedByTheCatalogue() {
		Map<String, @Nullable Object> everything = this.client.everything(ReadOption.INCLUDE_SENSITIVE);
		Map<String, @Nullable Object> metadata = child(everything, "meta-data");
		assertThat(metadata).containsEntry("ami-launch-index", 0)
			.containsEntry("instance-id", "i-0123456789abcdef0")
			.containsEntry("security-groups", List.of("web", "ssh from office"));
		assertThat(child(metadata, "network", "interfaces", "macs", "0a:1b:2c:3d:4e:60"))
			.containsEntry("device-number", 1)
			.containsEntry("owner-id", "123456789012")
			.containsEntry("local-ipv4s", List.of("10.0.2.44"));
		assertThat(child(metadata, "events", "maintenance")).containsEntry("scheduled", List.of());
		assertThat(child(metadata, "iam", "info")).containsEntry("Code", "Success");
		assertThat(child(everything, "dynamic", "instance-identity", "document")).containsEntry("kernelId", null)
			.containsEntry("region", "eu-west-1");
		assertThat(child(everything, "dynamic", "instance-identity").get("pkcs7")).asString().contains("\n");
		assertThat(everything.get("user-data")).asInstanceOf(InstanceOfAssertFactories.BYTE_ARRAY)
			.asString(StandardCharsets.UTF_8)
			.startsWith("#!/bin/bash");
	}

	@Test
	void valueOfUnexpectedTypeIsText() {
		this.simulator.put("meta-data/ami-launch-index", "first");
		this.simulator.put("meta-data/iam/info", "{\"Code\": never");
		this.simulator.put("meta-data/placement/group-name", "a\nb");
		this.simulator.put("meta-data/product-codes", "");
		this.simulator.put("meta-data/spot/instance-action", "null");
		assertThat(this.client.tree("meta-data")).containsEntry("ami-launch-index", "first")
			.containsEntry("product-codes", List.of())
			.containsEntry("iam", Map.of("info", "{\"Code\": never"))
			.satisfies((tree) -> assertThat(child(tree, "spot")).containsExactly(entry("instance-action", null)))
			.satisfies((tree) -> assertThat(child(tree, "placement")).containsEntry("group-name", "a\nb"));
		assertThat(this.client.read("meta-data/spot/instance-action")).isEmpty();
	}

	@Test
	void publicKeysAreListedByIndexWithTheirNames() {
		assertThat(this.client.tree("meta-data/public-keys")).containsExactly(
				entry("0",
						Map.of("name", "ops-key", "openssh-key",
								instance().get("meta-data/public-keys/0=ops-key/openssh-key"))),
				entry("1", Map.of("name", "team=blue", "openssh-key",
						instance().get("meta-data/public-keys/1=team=blue/openssh-key"))));
	}

	@Test
	void undocumentedMetadataComesAlong() {
		this.simulator.put("meta-data/new/thing", "42").put("meta-data/newer", "[]");
		assertThat(this.client.tree("meta-data")).containsEntry("new", Map.of("thing", "42"))
			.containsEntry("newer", "[]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a:b", "a+b", "a=b", "=", "a,b", "a@b", "a b", "a%2Fb", "100%", "a#b", "a?b=c", "über/",
			"東京", "🚀", "latest", "meta-data", "..." })
	void tagKeysMayHoldWhatTheyWant(String key) {
		String name = key.replace("/", "");
		String value = " =a\nb\r\n🚀\t";
		this.simulator.tag(name, value);
		assertThat(this.client.tree("meta-data/tags")).extractingByKey("instance")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry(name, value)
			.hasSize(6);
		assertThat(this.client.read("meta-data/tags/instance/" + name)).contains(value);
	}

	@Test
	void listedButAbsentEntryIsOmitted() {
		this.simulator.wireMock().stubFor(get("/latest/meta-data/mac").willReturn(aResponse().withStatus(404)));
		this.simulator.wireMock().stubFor(get("/latest/meta-data/iam/").willReturn(aResponse().withStatus(404)));
		assertThat(this.client.tree("meta-data")).doesNotContainKeys("mac", "iam").containsKey("ami-id");
	}

	@Test
	void anEmptyDirectoryIsAnEmptyMap() {
		this.simulator.wireMock()
			.stubFor(get("/latest/meta-data/tags/instance/").willReturn(aResponse().withStatus(200)));
		assertThat(this.client.tree("meta-data/tags")).isEqualTo(Map.of("instance", Map.of()));
		assertThat(this.client.read("meta-data/tags/instance")).contains(Map.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/placement", "/meta-data/placement/", "/latest/meta-data/placement" })
	void treeIsThatOfADirectory(String path) {
		assertThat(this.client.tree(path)).containsExactly(entry("availability-zone", "eu-west-1b"),
				entry("availability-zone-id", "euw1-az2"), entry("group-name", "orders-spread"),
				entry("partition-number", 2), entry("region", "eu-west-1"));
		assertThat(this.client.read(path)).contains(this.client.tree(path));
	}

	@Test
	void treeOfTheTopIsEverythingTheInstanceHas() {
		assertThat(bodies(this.client.tree(""))).isEqualTo(bodies(this.client.everything()));
		assertThat(this.client.read("/")).contains(this.client.tree("/"));
	}

	@Test
	void treeOfAnAbsentDirectoryIsEmpty() {
		assertThat(this.client.tree("meta-data/spot")).isEmpty();
		assertThat(this.client.tree("meta-data/no/such")).isEmpty();
		assertThat(this.client.read("meta-data/spot")).isEmpty();
	}

	@Test
	void treeOfAValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.tree("meta-data/mac/"))
			.withMessage("'meta-data/mac' is a value, not a directory");
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.tree("meta-data/../user-data"));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void orderFollowsTheListingWithAnyConcurrency() {
		Map<String, @Nullable Object> sequential;
		try (ImdsClient other = client(this.simulator).concurrency(1).build()) {
			sequential = other.tree("");
		}
		assertThat(this.client.tree("")).hasToString(sequential.toString());
		assertThat(child(sequential, "meta-data").keySet())
			.containsExactlyElementsOf(this.client.list("meta-data").stream().map((e) -> e.replace("/", "")).toList());
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 500 })
	void unreadableEntryIsOmittedAndReported(int status) {
		this.simulator.wireMock()
			.stubFor(get("/latest/meta-data/placement/region").willReturn(aResponse().withStatus(status)));
		Map<MetadataPath, ImdsException> omitted = new ConcurrentHashMap<>();
		ImdsClientListener listener = new ImdsClientListener() {

			@Override
			public void onTreeEntryOmitted(MetadataPath path, ImdsException failure) {
				omitted.put(path, failure);
			}

		};
		try (ImdsClient reporting = client(this.simulator).listener(listener).build()) {
			Map<String, @Nullable Object> tree = child(reporting.tree(""), "meta-data");
			assertThat(child(tree, "placement")).containsKey("availability-zone").doesNotContainKey("region");
			assertThat(tree).containsKey("instance-id");
		}
		assertThat(omitted).containsOnlyKeys(MetadataPath.of("meta-data/placement/region"));
	}

	@Test
	void aTreeOfWhichNothingCanBeReadIsAFailure() {
		this.simulator.wireMock()
			.stubFor(get(urlPathMatching("/latest/meta-data/placement/.+")).willReturn(aResponse().withStatus(403)));
		assertThatExceptionOfType(ImdsAccessDeniedException.class)
			.isThrownBy(() -> this.client.tree("meta-data/placement"))
			.withMessageContaining("meta-data/placement/");
	}

	/**
	 * Turn a tree back into the bodies that the service sent for it.
	 */
	private static Map<String, String> bodies(Map<String, @Nullable Object> tree) {
		Map<String, String> bodies = new TreeMap<>();
		collect("", tree, bodies);
		return bodies;
	}

	private static void collect(String path, @Nullable Object value, Map<String, String> bodies) {
		if (value instanceof Map<?, ?> map && !JSON.contains(path)) {
			Object keyName = path.startsWith("meta-data/public-keys/") ? map.remove("name") : null;
			String directory = (keyName != null) ? path + "=" + keyName : path;
			map.forEach(
					(key, child) -> collect(directory.isEmpty() ? (String) key : directory + "/" + key, child, bodies));
		}
		else if (value != null) {
			assertThat(bodies.put(path, body(path, value))).isNull();
		}
	}

	private static String body(String path, Object value) {
		if (JSON.contains(path)) {
			String body = instance().getOrDefault(path, "");
			assertThat(value).isEqualTo(MAPPER.readValue(body, Object.class));
			return body;
		}
		if (value instanceof List<?> list) {
			return list.stream().map(String.class::cast).collect(Collectors.joining("\n"));
		}
		return (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
	}

}
