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

package io.github.imds.autoconfigure.env;

import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.category.MetadataCategory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CatalogueNames}.
 */
class CatalogueNamesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "INSTANCE_ID | imds.instance-id",
					"PLACEMENT_AVAILABILITY_ZONE | imds.placement.availability-zone",
					"TAGS_INSTANCE | imds.tags.instance[{key}]",
					"PUBLIC_KEYS_OPENSSH_KEY | imds.public-keys[{index}].openssh-key",
					"DYNAMIC_INSTANCE_IDENTITY_DOCUMENT | imds.dynamic.instance-identity.document" })
	void aCategoryHasAName(MetadataCategory category, String name) {
		assertThat(ImdsPropertyName.namesOf(category)).containsExactly(name);
	}

	@Test
	void aCategoryOfInterfacesHasANameForThePrimaryOneToo() {
		assertThat(ImdsPropertyName.namesOf(MetadataCategory.NETWORK_INTERFACES_MACS_IPV4_ASSOCIATIONS))
			.containsExactly("imds.network.primary.ipv4-associations[{ip}]",
					"imds.network.interfaces.macs[{mac}].ipv4-associations[{ip}]");
	}

	@Test
	void secretsHaveNoName() {
		assertThat(CatalogueNames.all()).contains("imds.instance-id", "imds.region")
			.noneMatch((name) -> name.contains("security-credentials") || name.contains("user-data"))
			.doesNotHaveDuplicates();
	}

	@Test
	void everyNameRefersToMetadata() {
		assertThat(CatalogueNames.all()
			.map((name) -> name.replaceFirst(ImdsPropertyName.PRIMARY_INTERFACE, "imds.network.interfaces.macs[any].")))
			.allSatisfy((name) -> assertThat(Stream.of(name, name + ".field").map(ImdsPropertyName::of))
				.anyMatch(Objects::nonNull));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "imds.instanceId | imds.instance-id", "imds.INSTANCE_ID | imds.instance-id",
			"imds.instance.id | imds.instance-id", "imds.intsance-id | imds.instance-id",
			"imds.instance-id.x | imds.instance-id", "imds.security-groups[0] | imds.security-groups",
			"imds.regoin | imds.region", "imds.availability-zone | imds.placement.availability-zone",
			"imds.placement.availabilityZone | imds.placement.availability-zone",
			"imds.placement.zone | imds.placement.availability-zone", "imds.tags.Name | imds.tags.instance[{key}]",
			"imds.tag.instance[team:owner] | imds.tags.instance[{key}]", "imds.publicIpv4 | imds.public-ipv4",
			"imds.network.interfaces.subnet-id | imds.network.primary.subnet-id, imds.network.interfaces.macs[{mac}].subnet-id",
			"imds.instance-identity.document | imds.dynamic.instance-identity.document" })
	void suggestsTheIntendedName(String name, String meant) {
		assertThat(String.join(", ", CatalogueNames.closestTo(name))).isEqualTo(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.", "imds.foo", "imds.foo.bar", "imds.name", "imds.my.own.property", "imds.[]",
			"imds.a[b" })
	void suggestsNothingWithoutSimilarName(String name) {
		assertThat(CatalogueNames.closestTo(name)).isEmpty();
	}

	@Test
	void ignoresEndlessNames() {
		assertThat(CatalogueNames.closestTo("imds" + ".a".repeat(100_000))).isEmpty();
	}

}
