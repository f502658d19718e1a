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

package io.github.imds.category;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.category.MetadataCategory.ValueType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetadataCategory}.
 */
class MetadataCategoryTests {

	// The values of a Spot instance with two network interfaces, a role, keys and tags
	private static final String INSTANCE = """
			dynamic/fws/instance-monitoring
			dynamic/instance-identity/document
			dynamic/instance-identity/pkcs7
			dynamic/instance-identity/rsa2048
			dynamic/instance-identity/signature
			meta-data/ami-id
			meta-data/ami-launch-index
			meta-data/ami-manifest-path
			meta-data/autoscaling/target-lifecycle-state
			meta-data/block-device-mapping/ami
			meta-data/block-device-mapping/ebs1
			meta-data/block-device-mapping/root
			meta-data/events/maintenance/history
			meta-data/events/maintenance/scheduled
			meta-data/hibernation/configured
			meta-data/hostname
			meta-data/iam/info
			meta-data/iam/security-credentials/orders-service
			meta-data/identity-credentials/ec2/info
			meta-data/identity-credentials/ec2/security-credentials/ec2-instance
			meta-data/instance-action
			meta-data/instance-id
			meta-data/instance-life-cycle
			meta-data/instance-type
			meta-data/ipv6
			meta-data/local-hostname
			meta-data/local-ipv4
			meta-data/mac
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/device-number
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/interface-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/ipv4-associations/203.0.113.25
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/ipv6s
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/local-hostname
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/local-ipv4s
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/mac
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/owner-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/public-hostname
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/public-ipv4s
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/security-group-ids
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/security-groups
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/subnet-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/subnet-ipv4-cidr-block
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/subnet-ipv6-cidr-blocks
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/vpc-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/vpc-ipv4-cidr-block
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/vpc-ipv4-cidr-blocks
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/vpc-ipv6-cidr-blocks
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/device-number
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/interface-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/local-hostname
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/local-ipv4s
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/mac
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/owner-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/security-group-ids
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/security-groups
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/subnet-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/subnet-ipv4-cidr-block
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/vpc-id
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/vpc-ipv4-cidr-block
			meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:60/vpc-ipv4-cidr-blocks
			meta-data/placement/availability-zone
			meta-data/placement/availability-zone-id
			meta-data/placement/group-name
			meta-data/placement/partition-number
			meta-data/placement/region
			meta-data/profile
			meta-data/public-hostname
			meta-data/public-ipv4
			meta-data/public-keys/0=ops-key/openssh-key
			meta-data/public-keys/1=team=blue/openssh-key
			meta-data/reservation-id
			meta-data/security-groups
			meta-data/services/domain
			meta-data/services/partition
			meta-data/system
			meta-data/tags/instance/Environment
			meta-data/tags/instance/Name
			meta-data/tags/instance/Owner
			meta-data/tags/instance/aws:autoscaling:groupName
			meta-data/tags/instance/team:cost.Center
			user-data
			""";

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			textBlock = """
					meta-data/ami-id, AMI_ID
					meta-data/block-device-mapping/ephemeral23, BLOCK_DEVICE_MAPPING
					meta-data/iam/security-credentials/my.role@x, IAM_SECURITY_CREDENTIALS
					meta-data/instance-action, INSTANCE_ACTION
					meta-data/spot/instance-action, SPOT_INSTANCE_ACTION
					meta-data/mac, MAC
					meta-data/network/interfaces/macs/0a:1b/mac, NETWORK_INTERFACES_MACS_MAC
					meta-data/network/interfaces/macs/0a:1b/subnet-id, NETWORK_INTERFACES_MACS_SUBNET_ID
					meta-data/network/interfaces/macs/0a:1b/network-card, NETWORK_INTERFACES_MACS_NETWORK_CARD
					meta-data/network/interfaces/macs/0a:1b/network-card-index, NETWORK_INTERFACES_MACS_NETWORK_CARD_INDEX
					meta-data/network/interfaces/macs/0a:1b/ipv4-associations/203.0.113.25, NETWORK_INTERFACES_MACS_IPV4_ASSOCIATIONS
					meta-data/public-keys/0/openssh-key, PUBLIC_KEYS_OPENSSH_KEY
					meta-data/public-keys/1=team=blue/openssh-key, PUBLIC_KEYS_OPENSSH_KEY
					meta-data/tags/instance/Name, TAGS_INSTANCE
					"meta-data/tags/instance/a-b_c+d=e,f.g@h:i j{k}東京", TAGS_INSTANCE
					dynamic/instance-identity/rsa2048, DYNAMIC_INSTANCE_IDENTITY_RSA2048
					user-data, USER_DATA
					""")
	void pathHasCategory(String path, MetadataCategory category) {
		assertThat(MetadataCategory.of(path)).contains(category);
	}

	@ParameterizedTest
	@MethodSource
	void everyValueOfAnInstanceHasCategory(String path) {
		assertThat(MetadataCategory.of(path)).isPresent();
	}

	static Stream<String> everyValueOfAnInstanceHasCategory() {
		return INSTANCE.lines();
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data", "meta-data/iam", "meta-data/iam/security-credentials",
			"meta-data/network/interfaces/macs", "meta-data/network/interfaces/macs/0a:1b",
			"meta-data/network/interfaces/macs/0a:1b/ipv4-associations", "meta-data/public-keys",
			"meta-data/public-keys/0", "meta-data/tags", "meta-data/tags/instance", "dynamic" })
	void directoryHasNoCategory(String path) {
		assertThat(MetadataCategory.of(path)).isEmpty();
		assertThat(MetadataCategory.of(path + "/")).isEmpty();
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "/", "//", " ", ".", "..", "{}", "{key}", "meta-data/", "/meta-data/ami-id",
			"/latest/meta-data/ami-id", "latest/meta-data/ami-id", "meta-data//ami-id", "meta-data/ami-id/",
			"meta-data/ami-id//", "meta-data/ami-id/x", "meta-data/ami-id ", " meta-data/ami-id", "meta-data/AMI-ID",
			"meta-data/ami-id?x=y", "meta-data\\ami-id", "meta-data/ami\u2010id", "meta-data/unknown", "ami-id",
			"meta-data/tags/instance/", "meta-data/tags/instance//", "meta-data/tags/instance/a/b",
			"meta-data/network/interfaces/macs//subnet-id", "meta-data/network/interfaces/macs/0a:1b/unknown",
			"user-data/", "\uD83D\uDE00", "\uD83D", "\0" })
	void otherPathHasNoCategory(String path) {
		assertThat(MetadataCategory.of(path)).isEmpty();
	}

	@Test
	void pathMayBeOfAnyLength() {
		assertThat(MetadataCategory.of("a".repeat(1_000_000))).isEmpty();
		assertThat(MetadataCategory.of("a/".repeat(1_000_000))).isEmpty();
		assertThat(MetadataCategory.of("/".repeat(1_000_000))).isEmpty();
		assertThat(MetadataCategory.of("meta-data/tags/instance/" + "a/".repeat(1_000_000))).isEmpty();
		assertThat(MetadataCategory.of("meta-data/tags/instance/" + "a".repeat(1_000_000)))
			.contains(MetadataCategory.TAGS_INSTANCE);
	}

	@Test
	void sensitiveCategoriesAreCredentialsAndUserData() {
		assertThat(MetadataCategory.values()).filteredOn(MetadataCategory::sensitive)
			.containsExactlyInAnyOrder(MetadataCategory.IAM_SECURITY_CREDENTIALS,
					MetadataCategory.IDENTITY_CREDENTIALS_EC2_SECURITY_CREDENTIALS_EC2_INSTANCE,
					MetadataCategory.USER_DATA);
	}

	@Test
	void onlyUserDataIsBytes() {
		assertThat(MetadataCategory.values()).filteredOn((category) -> category.valueType() == ValueType.BYTES)
			.containsExactly(MetadataCategory.USER_DATA);
	}

	@Test
	void signaturesCertificatesKeysAndTagsAreNotSplitIntoLines() {
		assertThat(MetadataCategory.values())
			.filteredOn((category) -> category.pattern()
				.matches(".*(pkcs7|signature|2048|-cert|/active-keys/.*|-key|/tags/.*)"))
			.hasSize(8)
			.allSatisfy((category) -> assertThat(category.valueType()).isEqualTo(ValueType.TEXT));
	}

	@ParameterizedTest
	@EnumSource
	void patternIsPathOfSegmentsAndVariables(MetadataCategory category) {
		assertThat(category.pattern()).matches("(meta-data|dynamic)(/[a-z0-9-]+|/\\{[a-z]+})+|user-data");
	}

	@ParameterizedTest
	@EnumSource
	void noPatternCollidesWithSettings(MetadataCategory category) {
		assertThat(category.pattern()).doesNotStartWith("meta-data/client").doesNotStartWith("meta-data/lifecycle");
	}

	@ParameterizedTest
	@EnumSource
	void patternIsUnambiguous(MetadataCategory category) {
		assertThat(MetadataCategory.values()).filteredOn((other) -> overlap(category.pattern(), other.pattern()))
			.containsExactly(category);
	}

	@ParameterizedTest
	@EnumSource
	void patternMatchesItself(MetadataCategory category) {
		assertThat(MetadataCategory.of(category.pattern())).contains(category);
	}

	@ParameterizedTest
	@EnumSource
	void nameFollowsPattern(MetadataCategory category) {
		String path = category.pattern().replaceFirst("^meta-data/", "").replaceAll("/\\{\\w+}", "");
		assertThat(category.name()).isEqualTo(path.replaceAll("[/-]", "_").toUpperCase(Locale.ROOT));
	}

	@ParameterizedTest
	@EnumSource
	void descriptionIsOneLine(MetadataCategory category) {
		assertThat(category.description()).isNotBlank()
			.matches("[A-Z].*[^.]")
			.isEqualTo(category.description().strip());
	}

	@Test
	void descriptionsDiffer() {
		assertThat(MetadataCategory.values()).extracting(MetadataCategory::description).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@EnumSource
	void sinceIsFirstVersionOrDate(MetadataCategory category) {
		assertThat(category.since().orElse("1.0")).matches("1\\.0|20\\d\\d-\\d\\d-\\d\\d");
	}

	@Test
	void belowHoldsTheCategoriesOfADirectory() {
		assertThat(MetadataCategory.below("")).containsExactly(MetadataCategory.values());
		assertThat(MetadataCategory.below("meta-data/tags")).containsExactly(MetadataCategory.TAGS_INSTANCE);
		assertThat(MetadataCategory.below("meta-data/public-keys/0"))
			.containsExactly(MetadataCategory.PUBLIC_KEYS_OPENSSH_KEY);
		assertThat(MetadataCategory.below("meta-data/mac")).isEmpty();
		assertThat(MetadataCategory.below("meta-data/unknown")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void belowIsEmptyForValues(MetadataCategory category) {
		assertThat(MetadataCategory.below(category.pattern())).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void categoryIsSensitiveByPathToo(MetadataCategory category) {
		assertThat(MetadataCategory.isSensitive(category.pattern())).isEqualTo(category.sensitive());
	}

	@ParameterizedTest
	@ValueSource(strings = { "user-data/", "user-data/x", "meta-data/iam/security-credentials",
			"meta-data/iam/security-credentials/", "meta-data/iam/security-credentials/role/x",
			"meta-data/identity-credentials/ec2/security-credentials/new" })
	void pathsInOrBelowDirectoriesOfSecretsAreSensitive(String path) {
		assertThat(MetadataCategory.isSensitive(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "user-data", "meta-data/iam/security-credentials/role" })
	void sensitivePathIsSensitiveInEveryForm(String path) {
		for (String prefix : List.of("", "/", "latest/", "/latest/")) {
			for (String suffix : List.of("", "/")) {
				assertThat(MetadataPath.of(prefix + path + suffix).value()).isEqualTo(path);
				assertThat(MetadataCategory.isSensitive(prefix + path + suffix)).isTrue();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "meta-data", "meta-data/iam", "meta-data/identity-credentials/ec2",
			"meta-data/unknown", "meta-data/tags/instance/user-data", "user-data-x" })
	void directoryWithOtherMetadataIsNotSensitive(String path) {
		assertThat(MetadataCategory.isSensitive(path)).isFalse();
	}

	private boolean overlap(String pattern, String other) {
		String[] segments = pattern.split("/");
		String[] others = other.split("/");
		if (segments.length != others.length) {
			return false;
		}
		for (int i = 0; i < segments.length; i++) {
			boolean variable = segments[i].startsWith("{") || others[i].startsWith("{");
			if (!variable && !segments[i].equals(others[i])) {
				return false;
			}
		}
		return true;
	}

}
