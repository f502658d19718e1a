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

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for what an {@link ImdsClient} reads by a path or a pattern from a simulated
 * instance, and for secrets, which it reads on request only.
 */
class ImdsClientReadTests extends AbstractImdsClientTreeTests {

	@Test
	void readsAValueWithOneRequest() {
		assertThat(this.client.read("meta-data/placement/partition-number")).contains(2);
		assertThat(this.client.read("/latest/meta-data/mac/")).contains("0a:1b:2c:3d:4e:5f");
		assertThat(this.client.read("meta-data/kernel-id")).isEmpty();
		assertThat(this.simulator.valueRequests()).isEqualTo(3);
	}

	@Test
	void readsWhatTheCatalogueDoesNotKnow() {
		this.simulator.put("meta-data/new/deep/thing", "a\nb").put("meta-data/newer", "7");
		assertThat(this.client.read("meta-data/newer")).contains("7");
		assertThat(this.client.read("meta-data/new")).contains(Map.of("deep", Map.of("thing", "a\nb")));
		assertThat(this.client.read("meta-data/new/")).contains(Map.of("deep", Map.of("thing", "a\nb")));
		assertThat(this.client.read("meta-data/new/deep/thing")).contains("a\nb");
		assertThat(this.client.read("meta-data/newest")).isEmpty();
		assertThat(this.client.read("no/such/thing")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "user-data", "user-data/", "/user-data", "/latest/user-data", "/latest/user-data/",
			"user-data/x", "meta-data/iam/security-credentials", "meta-data/iam/security-credentials/",
			"/latest/meta-data/iam/security-credentials/orders-service",
			"meta-data/iam/security-credentials/orders-service/", "meta-data/iam/security-credentials/other/x",
			"meta-data/identity-credentials/ec2/security-credentials",
			"meta-data/identity-credentials/ec2/security-credentials/ec2-instance",
			"meta-data/identity-credentials/ec2/security-credentials/other" })
	void secretsAreNotEvenAskedFor(String path) {
		assertThat(this.client.read(path)).isEmpty();
		assertThat(this.client.match(Pattern.compile("^" + Pattern.quote(path)))).isEmpty();
		assertThat(this.client.match(Pattern.compile("^" + path + "$"))).isEmpty();
		assertThat(this.simulator.requests()).noneMatch((request) -> SECRET_PATH.matcher(request).find());
	}

	@Test
	void secretsAreInNoTree() {
		assertThat(this.client.tree("meta-data/iam")).containsOnlyKeys("info");
		assertThat(this.client.tree("/latest/meta-data/iam/security-credentials/")).isEmpty();
		assertThat(this.client.tree("meta-data/identity-credentials"))
			.containsOnly(entry("ec2", this.client.tree("meta-data/identity-credentials/ec2")));
		assertThat(this.client.tree("")).containsOnlyKeys("dynamic", "meta-data");
		assertThat(this.client.match(Pattern.compile("credentials|user")))
			.containsOnlyKeys("meta-data/identity-credentials/ec2/info");
		assertThat(this.simulator.requests()).noneMatch((request) -> SECRET_PATH.matcher(request).find());
	}

	@Test
	void secretsAreThereOnRequest() {
		assertThat(this.client.read("user-data", ReadOption.INCLUDE_SENSITIVE))
			.hasValueSatisfying((value) -> assertThat(value).isInstanceOf(byte[].class));
		assertThat(child(this.client.tree("meta-data/iam", ReadOption.INCLUDE_SENSITIVE), "security-credentials",
				"orders-service"))
			.containsEntry("AccessKeyId", "ASIAFIXTUREROLE00001");
		assertThat(this.client.match(Pattern.compile("user-data"), ReadOption.INCLUDE_SENSITIVE))
			.containsOnlyKeys("user-data");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "placement/region meta-data/placement/region 27",
			"^meta-data/placement/.*zone meta-data/placement/availability-zone,meta-data/placement/availability-zone-id 5",
			"^meta-data/mac$ meta-data/mac 1", "^meta-data/kernel-id$ '' 1",
			"\\{index} meta-data/public-keys/0/openssh-key,meta-data/public-keys/1/openssh-key 28",
			"^meta-data/public-keys/\\{index} meta-data/public-keys/0/openssh-key,meta-data/public-keys/1/openssh-key 7",
			"^meta-data/tags/instance/Na meta-data/tags/instance/Name 5",
			"^dynamic/fws|^meta-data/mac$ dynamic/fws/instance-monitoring,meta-data/mac 28",
			"^meta-data/(ma|placement/r) meta-data/mac,meta-data/placement/region 28", "no-such-thing '' 26" })
	void matchesPathsAndCategories(Pattern pattern, String paths, int requests) {
		assertThat(this.client.match(pattern).keySet())
			.containsExactlyElementsOf(Stream.of(paths.split(",")).filter((path) -> !path.isEmpty()).toList());
		assertThat(this.simulator.valueRequests()).isEqualTo(requests);
	}

	@Test
	void matchReturnsTypedValues() {
		assertThat(this.client.match(Pattern.compile("(number|history|local-ipv4s)$"))).containsExactly(
				entry("meta-data/events/maintenance/history", List.of()),
				entry("meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/device-number", 0),
				entry("meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/local-ipv4s",
						List.of("10.0.1.36", "10.0.1.37")),
				entry("meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/device-number", 1),
				entry("meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/local-ipv4s", List.of("10.0.2.44")),
				entry("meta-data/placement/partition-number", 2));
	}

	@Test
	void matchOfEverythingIsEverything() {
		assertThat(this.client.match(Pattern.compile("")).keySet()).containsExactlyElementsOf(instance().keySet()
			.stream()
			.filter((path) -> !SENSITIVE.contains(path))
			.map((path) -> path.replaceAll("=[^/]+", ""))
			.sorted()
			.toList());
	}

}
