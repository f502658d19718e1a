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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.ValueType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsPropertyName}.
 */
class ImdsPropertyNameTests {

	@ParameterizedTest
	@CsvSource({ "imds.instance-id, meta-data/instance-id",
			"imds.placement.availability-zone, meta-data/placement/availability-zone",
			"imds.tags.instance.Name, meta-data/tags/instance/Name",
			"imds.tags.instance[Name], meta-data/tags/instance/Name",
			"imds.tags.instance.[Name], meta-data/tags/instance/Name",
			"imds.public-keys.[0].openssh-key, meta-data/public-keys/0/openssh-key",
			"imds.tags.instance[team:cost.Center], meta-data/tags/instance/team:cost.Center",
			"imds.tags.instance[a b+c=d@e], meta-data/tags/instance/a b+c=d@e",
			"imds.network.interfaces.macs[0a:1b:2c:3d:4e:5f].subnet-id,"
					+ "meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/subnet-id",
			"imds.block-device-mapping.root, meta-data/block-device-mapping/root",
			"imds.ami-launch-index, meta-data/ami-launch-index",
			"imds.spot.termination-time, meta-data/spot/termination-time",
			"imds.security-groups, meta-data/security-groups",
			"imds.public-keys[0].openssh-key, meta-data/public-keys/0/openssh-key",
			"imds.dynamic.fws.instance-monitoring, dynamic/fws/instance-monitoring",
			"imds.dynamic.instance-identity.pkcs7, dynamic/instance-identity/pkcs7",
			"imds.meta-data.instance-id, meta-data/instance-id", "imds.meta-data.new.thing, meta-data/new/thing",
			"imds.meta-data.new[odd name], meta-data/new/odd name" })
	void refersToAPath(String name, String path) {
		assertThat(ImdsPropertyName.of(name)).isNotNull().extracting(ImdsPropertyName::path).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.", "imds..", "imds.instance-id.", "imds.instanceId", "imds.INSTANCE-ID",
			"imds.instance-id:local", "imds.tags.instance.Name:none", "imds.tags.instance[Name]:none",
			"imds.tags.instance[Name", "imds.tags.instance[]", "imds.tags.instance[a]b", "imds.tags",
			"imds.tags.instance", "imds.network.interfaces", "imds.network.interfaces.macs", "imds.placement",
			"imds.unknown", "imds.client.enabled", "imds.client.endpoint[0]", "imds.client.token.ttl",
			"imds.lifecycle.enabled", "imds.tags.instance['Name']", "imds.tags.instance[\"Name\"]",
			"imds.instance-id[0]", "imds.[instance-id]x" })
	void probedNamesReferToNothing(String name) {
		assertThat(ImdsPropertyName.of(name)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.iam.security-credentials.orders-service",
			"imds.iam.security-credentials[orders-service]", "imds.iam[security-credentials][orders-service]",
			"imds.identity-credentials.ec2.security-credentials.ec2-instance", "imds.user-data", "imds[user-data]",
			"imds.iam.security-credentials.orders-service.secret-access-key",
			"imds.meta-data.iam.security-credentials.orders-service", "imds.meta-data.iam[security-credentials]",
			"imds.meta-data.iam.security-credentials.orders-service.more",
			"imds.meta-data.x[..].iam.security-credentials.orders-service",
			"imds.meta-data[iam/security-credentials/orders-service]",
			"imds.meta-data.x[../iam/security-credentials/orders-service]", "imds.dynamic[..].user-data",
			"imds.tags.instance[../../iam/security-credentials/orders-service]" })
	void secretsAreNotProperties(String name) {
		assertThat(ImdsPropertyName.of(name)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.tags.instance[.]", "imds.tags.instance[..]", "imds.tags.instance[a\nb]",
			"imds.tags.instance[a\u0000]", "imds.tags.instance[a\u0085]", "imds.block-device-mapping[a?b]",
			"imds.public-keys[#].openssh-key", "imds.network.interfaces.macs[..].subnet-id", "imds.meta-data.x[a?b]",
			"imds.meta-data.x[a#b]", "imds.meta-data.x[a\tb]", "imds.meta-data.x[.]" })
	void namesOfPathsThatTheClientDoesNotTakeStandForNothing(String name) {
		assertThat(ImdsPropertyName.of(name)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "?", "#", "a b", "%2e", "a;b", "...", "_", "é", "a=b+c@d" })
	void keysOfTagsAreTakenAsTheyAre(String key) {
		assertThat(ImdsPropertyName.of("imds.tags.instance[" + key + "]")).isNotNull()
			.extracting(ImdsPropertyName::path)
			.isEqualTo("meta-data/tags/instance/" + key);
	}

	@ParameterizedTest
	@CsvSource({ "imds.iam.info.instance-profile-arn, meta-data/iam/info, instance-profile-arn",
			"imds.events.maintenance.scheduled[0].not-before, meta-data/events/maintenance/scheduled, 0 not-before",
			"imds.dynamic.instance-identity.document.account-id, dynamic/instance-identity/document, account-id",
			"imds.account-id, dynamic/instance-identity/document, account-id",
			"imds.region, dynamic/instance-identity/document, region",
			"imds.architecture, dynamic/instance-identity/document, architecture" })
	void refersToAFieldOfJson(String name, String path, String field) {
		ImdsPropertyName property = ImdsPropertyName.of(name);
		assertThat(property).isNotNull();
		assertThat(property.path()).isEqualTo(path);
		assertThat(property.field()).containsExactly(field.split(" "));
	}

	@ParameterizedTest
	@EnumSource(MetadataCategory.class)
	void everyCategoryIsAPropertyUnlessItIsSecret(MetadataCategory category) {
		String name = "imds."
				+ category.pattern().replaceFirst("^meta-data/", "").replaceAll("/\\{\\w+}", "[x]").replace('/', '.');
		ImdsPropertyName property = ImdsPropertyName
			.of((category.valueType() == ValueType.JSON) ? name + ".field" : name);
		if (category.sensitive()) {
			assertThat(property).isNull();
		}
		else {
			assertThat(property).isNotNull();
			assertThat(MetadataCategory.of(property.path())).contains(category);
			assertThat(property.changing()).isEqualTo(category.changing());
		}
	}

	@Test
	void longNameRefersToNothing() {
		assertThat(ImdsPropertyName.of("imds" + ".a".repeat(100_000))).isNull();
	}

}
