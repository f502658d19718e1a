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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.github.imds.category.MetadataCategory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SnapshotProperties}.
 */
class SnapshotPropertiesTests {

	private final Log logger = mock();

	@ParameterizedTest
	@CsvSource({ "meta-data/instance-id, imds.instance-id", "meta-data/tags/instance/Name, imds.tags.instance[Name]",
			"meta-data/tags/instance/name, imds.tags.instance[name]",
			"meta-data/tags/instance/imds.client, imds.tags.instance[imds.client]",
			"meta-data/block-device-mapping/root, imds.block-device-mapping[root]",
			"meta-data/public-keys/0/openssh-key, imds.public-keys[0].openssh-key",
			"meta-data/public-keys/0/name, imds.public-keys[0].name",
			"meta-data/public-keys/0/other-key, imds.meta-data.public-keys[0].other-key",
			"meta-data/new/thing, imds.meta-data.new.thing", "meta-data/new/Odd name, imds.meta-data.new[Odd name]",
			"meta-data/Odd/1, imds.meta-data[Odd][1]", "meta-data/placement/new, imds.meta-data.placement.new",
			"meta-data/client/endpoint, imds.meta-data.client.endpoint",
			"meta-data/cli-ent/endpoint, imds.meta-data.cli-ent.endpoint",
			"meta-data/lifecycle, imds.meta-data.lifecycle", "dynamic/new, imds.dynamic.new",
			"dynamic/fws/instance-monitoring, imds.dynamic.fws.instance-monitoring" })
	void namesAValue(String path, String name) {
		assertThat(properties(path, "value")).containsExactly(Map.entry(name, "value"));
	}

	@ParameterizedTest
	@EnumSource(MetadataCategory.class)
	void namesEveryCategory(MetadataCategory category) {
		String path = category.pattern().replaceAll("\\{.*?}", "any");
		assertThat(properties(path, "value")).allSatisfy((name, value) -> {
			assertThat(ConfigurationPropertyName.isValid(name)).isTrue();
			assertThat(name).doesNotStartWith("imds.meta-data");
		}).hasSize(path.startsWith("user-data") ? 0 : 1);
	}

	@ParameterizedTest
	@CsvSource({ "a]b", "a[b", "[a]" })
	void keyWithBracketsIsNotAProperty(String key) {
		assertThat(properties("meta-data/tags/instance/" + key, "value")).isEmpty();
		then(this.logger).should()
			.warn(contains("'meta-data/tags/instance/%s' has a name with brackets".formatted(key)));
	}

	@Test
	void writesValuesAsText() {
		Map<String, Object> metaData = new LinkedHashMap<>();
		metaData.put("ami-launch-index", 7);
		metaData.put("security-groups", List.of("a", "b c"));
		metaData.put("product-codes", List.of());
		metaData.put("kernel-id", null);
		metaData.put("ramdisk-id", "");
		assertThat(properties("meta-data", metaData)).containsExactly(Map.entry("imds.ami-launch-index", "7"),
				Map.entry("imds.security-groups", "a,b c"), Map.entry("imds.product-codes", ""),
				Map.entry("imds.ramdisk-id", ""));
	}

	@Test
	void writesTheFieldsOfJson() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("InstanceProfileArn", "arn:x");
		json.put("accountId", 42);
		json.put("Flag", true);
		json.put("none", null);
		json.put("products", List.of("a", 1));
		json.put("empty", List.of());
		json.put("events", List.of(Map.of("NotBefore", "now"), Map.of("NotBefore", "later")));
		json.put("mixed", Arrays.asList("a", null, List.of("b", "c")));
		json.put("nested", Map.of("deepLeaf", "x"));
		json.put("an_odd.Name", "odd");
		assertThat(properties("meta-data/iam/info", json)).containsExactly(
				Map.entry("imds.iam.info.instance-profile-arn", "arn:x"), Map.entry("imds.iam.info.account-id", "42"),
				Map.entry("imds.iam.info.flag", "true"), Map.entry("imds.iam.info.products", "a,1"),
				Map.entry("imds.iam.info.empty", ""), Map.entry("imds.iam.info.events[0].not-before", "now"),
				Map.entry("imds.iam.info.events[1].not-before", "later"), Map.entry("imds.iam.info.mixed[0]", "a"),
				Map.entry("imds.iam.info.mixed[2]", "b,c"), Map.entry("imds.iam.info.nested.deep-leaf", "x"),
				Map.entry("imds.iam.info[an_odd.name]", "odd"));
	}

	@Test
	void fieldThatSpringWouldEvaluateIsNotAProperty() {
		assertThat(properties("meta-data/iam/info", Map.of("Code", "#{1}"))).isEmpty();
		assertThat(properties("meta-data/security-groups", List.of("a", "${b}"))).isEmpty();
		then(this.logger).should().warn(contains("'meta-data/iam/info' holds a placeholder"));
		then(this.logger).should().warn(contains("'meta-data/security-groups' holds a placeholder"));
	}

	@Test
	void theValuesOfThePrimaryInterfaceHaveASecondName() {
		Map<String, Object> macs = Map.of("0a:01", Map.of("subnet-id", "first"), "0a:02",
				Map.of("subnet-id", "second"));
		Map<String, Object> metaData = Map.of("mac", "0a:02", "network", Map.of("interfaces", Map.of("macs", macs)));
		assertThat(properties("meta-data", metaData)).containsEntry("imds.network.primary.subnet-id", "second")
			.hasSize(4);
	}

	@Test
	void someOfTheIdentityDocumentHasAShortName() {
		assertThat(properties("dynamic/instance-identity/document",
				Map.of("accountId", "123", "region", "eu-west-1", "imageId", "ami-1")))
			.containsEntry("imds.account-id", "123")
			.containsEntry("imds.region", "eu-west-1")
			.hasSize(5);
	}

	@Test
	void onlyMetadataBecomesProperties() {
		assertThat(properties("", Map.of("api", "x", "meta-data", Map.of("mac", "0a:01"))))
			.containsOnlyKeys("imds.mac");
		assertThat(properties("user-data", new byte[1])).isEmpty();
		assertThat(properties("meta-data/mac", new byte[1])).isEmpty();
	}

	private Map<String, Object> properties(String path, Object metadata) {
		SnapshotProperties properties = new SnapshotProperties(this.logger);
		properties.add(path, metadata);
		return properties.toMap();
	}

}
