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

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A category of instance metadata: one value, or a family of values, that the Instance
 * Metadata Service offers at a path. Holds every category that AWS documents, withdrawn
 * ones, and a few undocumented ones.
 * <p>
 * A constant is named after its path, without {@code meta-data/} and variables.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html">Instance
 * metadata categories</a>
 */
public enum MetadataCategory {

	/** {@code meta-data/ami-id}. */
	AMI_ID("meta-data/ami-id", Traits.text().since("1.0"), "ID of the image that the instance was launched from"),

	/** {@code meta-data/ami-launch-index}. */
	AMI_LAUNCH_INDEX("meta-data/ami-launch-index", Traits.integer().since("1.0"),
			"Position of the instance among those launched by the same request, from 0"),

	/** {@code meta-data/ami-manifest-path}. */
	AMI_MANIFEST_PATH("meta-data/ami-manifest-path", Traits.text().since("1.0"),
			"Path of the image's manifest in Amazon S3, or (unknown) if the image is backed by EBS"),

	/** {@code meta-data/ancestor-ami-ids}. */
	ANCESTOR_AMI_IDS("meta-data/ancestor-ami-ids", Traits.list().since("2007-10-10"),
			"IDs of the images that the instance's image was rebundled from"),

	/** {@code meta-data/autoscaling/target-lifecycle-state}. */
	AUTOSCALING_TARGET_LIFECYCLE_STATE("meta-data/autoscaling/target-lifecycle-state",
			Traits.text().asChanging().since("2021-07-15"),
			"Auto Scaling lifecycle state that the instance is moving to"),

	/** {@code meta-data/block-device-mapping/{device}}. */
	BLOCK_DEVICE_MAPPING("meta-data/block-device-mapping/{device}", Traits.text().since("2007-12-15"),
			"Device name behind a virtual device such as ami, root, swap, ebs1 or ephemeral0"),

	/** {@code meta-data/elastic-gpus/associations/{id}}. */
	ELASTIC_GPUS_ASSOCIATIONS("meta-data/elastic-gpus/associations/{id}",
			Traits.json().asWithdrawn().since("2016-11-30"), "Details of an attached Elastic Graphics accelerator"),

	/** {@code meta-data/elastic-inference/associations/{id}}. */
	ELASTIC_INFERENCE_ASSOCIATIONS("meta-data/elastic-inference/associations/{id}",
			Traits.json().asWithdrawn().since("2018-11-29"), "Details of an attached Elastic Inference accelerator"),

	/** {@code meta-data/events/maintenance/history}. */
	EVENTS_MAINTENANCE_HISTORY("meta-data/events/maintenance/history", Traits.json().asChanging().since("2018-08-17"),
			"Maintenance events that were completed or canceled"),

	/** {@code meta-data/events/maintenance/scheduled}. */
	EVENTS_MAINTENANCE_SCHEDULED("meta-data/events/maintenance/scheduled",
			Traits.json().asChanging().since("2018-08-17"), "Maintenance events that are still to come or in progress"),

	/** {@code meta-data/events/recommendations/rebalance}. */
	EVENTS_RECOMMENDATIONS_REBALANCE("meta-data/events/recommendations/rebalance",
			Traits.json().asChanging().since("2020-10-27"),
			"Notice that a Spot Instance is at elevated risk of interruption"),

	/** {@code meta-data/hibernation/configured}. */
	HIBERNATION_CONFIGURED("meta-data/hibernation/configured", Traits.text().asUndocumented(),
			"Whether the instance was launched ready for hibernation"),

	/** {@code meta-data/hostname}. */
	HOSTNAME("meta-data/hostname", Traits.text().since("1.0"), "Private host name of the instance"),

	/** {@code meta-data/iam/info}. */
	IAM_INFO("meta-data/iam/info", Traits.json().asChanging().since("2012-01-12"),
			"Instance profile of the instance, and when its credentials were last renewed"),

	/** {@code meta-data/iam/security-credentials/{role}}. */
	IAM_SECURITY_CREDENTIALS("meta-data/iam/security-credentials/{role}",
			Traits.json().asChanging().asSensitive().since("2012-01-12"),
			"Temporary credentials of the role in the instance profile"),

	/** {@code meta-data/identity-credentials/ec2/info}. */
	IDENTITY_CREDENTIALS_EC2_INFO("meta-data/identity-credentials/ec2/info",
			Traits.json().asChanging().since("2018-05-23"),
			"Account that the instance's own identity credentials belong to"),

	/** {@code meta-data/identity-credentials/ec2/security-credentials/ec2-instance}. */
	IDENTITY_CREDENTIALS_EC2_SECURITY_CREDENTIALS_EC2_INSTANCE(
			"meta-data/identity-credentials/ec2/security-credentials/ec2-instance",
			Traits.json().asChanging().asSensitive().since("2018-05-23"),
			"Credentials of the instance's own identity, for AWS's use"),

	/** {@code meta-data/instance-action}. */
	INSTANCE_ACTION("meta-data/instance-action", Traits.text().asChanging().since("2008-09-01"),
			"Whether the instance is about to reboot in order to be bundled"),

	/** {@code meta-data/instance-id}. */
	INSTANCE_ID("meta-data/instance-id", Traits.text().since("1.0"), "ID of the instance"),

	/** {@code meta-data/instance-life-cycle}. */
	INSTANCE_LIFE_CYCLE("meta-data/instance-life-cycle", Traits.text().since("2019-10-01"),
			"Purchasing option: on-demand, spot, scheduled or capacity-block"),

	/** {@code meta-data/instance-type}. */
	INSTANCE_TYPE("meta-data/instance-type", Traits.text().since("2007-08-29"),
			"Type of the instance, such as m7g.large"),

	/** {@code meta-data/ipv6}. */
	IPV6("meta-data/ipv6", Traits.text().asChanging().since("2021-01-03"),
			"Primary IPv6 address of the primary network interface"),

	/** {@code meta-data/kernel-id}. */
	KERNEL_ID("meta-data/kernel-id", Traits.text().since("2008-02-01"),
			"ID of the kernel that a paravirtual instance was launched with"),

	/** {@code meta-data/local-hostname}. */
	LOCAL_HOSTNAME("meta-data/local-hostname", Traits.text().since("2007-01-19"),
			"Private DNS name of the primary network interface"),

	/** {@code meta-data/local-ipv4}. */
	LOCAL_IPV4("meta-data/local-ipv4", Traits.text().since("1.0"),
			"Private IPv4 address of the primary network interface"),

	/** {@code meta-data/mac}. */
	MAC("meta-data/mac", Traits.text().since("2011-01-01"), "MAC address of the primary network interface"),

	/** {@code meta-data/managed-ssh-keys/active-keys/{user}}. */
	MANAGED_SSH_KEYS_ACTIVE_KEYS("meta-data/managed-ssh-keys/active-keys/{user}",
			Traits.text().asChanging().asUndocumented(),
			"Short-lived SSH keys that EC2 Instance Connect admits for an operating system user"),

	/** {@code meta-data/managed-ssh-keys/signer-cert}. */
	MANAGED_SSH_KEYS_SIGNER_CERT("meta-data/managed-ssh-keys/signer-cert", Traits.text().asChanging().asUndocumented(),
			"Certificate of the signer of EC2 Instance Connect's SSH keys"),

	/** {@code meta-data/metrics/vhostmd}. */
	METRICS_VHOSTMD("meta-data/metrics/vhostmd", Traits.text().asChanging().asWithdrawn().since("2011-05-01"),
			"Metrics of the host, in the format of vhostmd"),

	/** {@code meta-data/network/interfaces/macs/{mac}/device-number}. */
	NETWORK_INTERFACES_MACS_DEVICE_NUMBER("meta-data/network/interfaces/macs/{mac}/device-number",
			Traits.integer().asChanging().since("2011-01-01"), "Index of the device that the interface is attached as"),

	/** {@code meta-data/network/interfaces/macs/{mac}/interface-id}. */
	NETWORK_INTERFACES_MACS_INTERFACE_ID("meta-data/network/interfaces/macs/{mac}/interface-id",
			Traits.text().asChanging().since("2011-01-01"), "ID of the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/ipv4-associations/{ip}}. */
	NETWORK_INTERFACES_MACS_IPV4_ASSOCIATIONS("meta-data/network/interfaces/macs/{mac}/ipv4-associations/{ip}",
			Traits.list().asChanging().since("2011-01-01"),
			"Private IPv4 addresses that a public one of the interface leads to"),

	/** {@code meta-data/network/interfaces/macs/{mac}/ipv4-prefix}. */
	NETWORK_INTERFACES_MACS_IPV4_PREFIX("meta-data/network/interfaces/macs/{mac}/ipv4-prefix",
			Traits.list().asChanging(), "IPv4 prefixes delegated to the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/ipv6-prefix}. */
	NETWORK_INTERFACES_MACS_IPV6_PREFIX("meta-data/network/interfaces/macs/{mac}/ipv6-prefix",
			Traits.list().asChanging(), "IPv6 prefixes delegated to the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/ipv6s}. */
	NETWORK_INTERFACES_MACS_IPV6S("meta-data/network/interfaces/macs/{mac}/ipv6s",
			Traits.list().asChanging().since("2016-06-30"), "IPv6 addresses of the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/local-hostname}. */
	NETWORK_INTERFACES_MACS_LOCAL_HOSTNAME("meta-data/network/interfaces/macs/{mac}/local-hostname",
			Traits.text().asChanging().since("2007-01-19"), "Private DNS name of the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/local-ipv4s}. */
	NETWORK_INTERFACES_MACS_LOCAL_IPV4S("meta-data/network/interfaces/macs/{mac}/local-ipv4s",
			Traits.list().asChanging().since("2011-01-01"),
			"Private IPv4 addresses of the interface, the primary one first"),

	/** {@code meta-data/network/interfaces/macs/{mac}/mac}. */
	NETWORK_INTERFACES_MACS_MAC("meta-data/network/interfaces/macs/{mac}/mac",
			Traits.text().asChanging().since("2011-01-01"), "MAC address of the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/network-card}. */
	NETWORK_INTERFACES_MACS_NETWORK_CARD("meta-data/network/interfaces/macs/{mac}/network-card",
			Traits.integer().asChanging().since("2020-11-01"),
			"Index of the interface's network card, on types that have several"),

	/** {@code meta-data/network/interfaces/macs/{mac}/network-card-index}. */
	NETWORK_INTERFACES_MACS_NETWORK_CARD_INDEX("meta-data/network/interfaces/macs/{mac}/network-card-index",
			Traits.integer().asChanging().asWithdrawn().since("2020-11-01"), "Former name of network-card"),

	/** {@code meta-data/network/interfaces/macs/{mac}/owner-id}. */
	NETWORK_INTERFACES_MACS_OWNER_ID("meta-data/network/interfaces/macs/{mac}/owner-id",
			Traits.text().asChanging().since("2011-01-01"), "ID of the account that owns the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/public-hostname}. */
	NETWORK_INTERFACES_MACS_PUBLIC_HOSTNAME("meta-data/network/interfaces/macs/{mac}/public-hostname",
			Traits.text().asChanging().since("2011-01-01"), "Public DNS name of the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/public-ipv4s}. */
	NETWORK_INTERFACES_MACS_PUBLIC_IPV4S("meta-data/network/interfaces/macs/{mac}/public-ipv4s",
			Traits.list().asChanging().since("2011-01-01"), "Public and Elastic IPv4 addresses of the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/security-group-ids}. */
	NETWORK_INTERFACES_MACS_SECURITY_GROUP_IDS("meta-data/network/interfaces/macs/{mac}/security-group-ids",
			Traits.list().asChanging().since("2011-01-01"), "IDs of the security groups that apply to the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/security-groups}. */
	NETWORK_INTERFACES_MACS_SECURITY_GROUPS("meta-data/network/interfaces/macs/{mac}/security-groups",
			Traits.list().asChanging().since("2011-01-01"), "Names of the security groups that apply to the interface"),

	/** {@code meta-data/network/interfaces/macs/{mac}/subnet-id}. */
	NETWORK_INTERFACES_MACS_SUBNET_ID("meta-data/network/interfaces/macs/{mac}/subnet-id",
			Traits.text().asChanging().since("2011-01-01"), "ID of the subnet that the interface is in"),

	/** {@code meta-data/network/interfaces/macs/{mac}/subnet-ipv4-cidr-block}. */
	NETWORK_INTERFACES_MACS_SUBNET_IPV4_CIDR_BLOCK("meta-data/network/interfaces/macs/{mac}/subnet-ipv4-cidr-block",
			Traits.text().asChanging().since("2011-01-01"), "IPv4 range of the subnet"),

	/** {@code meta-data/network/interfaces/macs/{mac}/subnet-ipv6-cidr-blocks}. */
	NETWORK_INTERFACES_MACS_SUBNET_IPV6_CIDR_BLOCKS("meta-data/network/interfaces/macs/{mac}/subnet-ipv6-cidr-blocks",
			Traits.list().asChanging().since("2016-06-30"), "IPv6 ranges of the subnet"),

	/** {@code meta-data/network/interfaces/macs/{mac}/vpc-id}. */
	NETWORK_INTERFACES_MACS_VPC_ID("meta-data/network/interfaces/macs/{mac}/vpc-id",
			Traits.text().asChanging().since("2011-01-01"), "ID of the VPC that the interface is in"),

	/** {@code meta-data/network/interfaces/macs/{mac}/vpc-ipv4-cidr-block}. */
	NETWORK_INTERFACES_MACS_VPC_IPV4_CIDR_BLOCK("meta-data/network/interfaces/macs/{mac}/vpc-ipv4-cidr-block",
			Traits.text().asChanging().since("2011-01-01"), "Primary IPv4 range of the VPC"),

	/** {@code meta-data/network/interfaces/macs/{mac}/vpc-ipv4-cidr-blocks}. */
	NETWORK_INTERFACES_MACS_VPC_IPV4_CIDR_BLOCKS("meta-data/network/interfaces/macs/{mac}/vpc-ipv4-cidr-blocks",
			Traits.list().asChanging().since("2016-06-30"), "All IPv4 ranges of the VPC"),

	/** {@code meta-data/network/interfaces/macs/{mac}/vpc-ipv6-cidr-blocks}. */
	NETWORK_INTERFACES_MACS_VPC_IPV6_CIDR_BLOCKS("meta-data/network/interfaces/macs/{mac}/vpc-ipv6-cidr-blocks",
			Traits.list().asChanging().since("2016-06-30"), "IPv6 ranges of the VPC"),

	/** {@code meta-data/placement/availability-zone}. */
	PLACEMENT_AVAILABILITY_ZONE("meta-data/placement/availability-zone", Traits.text().since("2008-02-01"),
			"Name of the zone that the instance runs in, as its account sees it"),

	/** {@code meta-data/placement/availability-zone-id}. */
	PLACEMENT_AVAILABILITY_ZONE_ID("meta-data/placement/availability-zone-id", Traits.text().since("2019-10-01"),
			"ID of the zone that the instance runs in, the same for all accounts"),

	/** {@code meta-data/placement/group-name}. */
	PLACEMENT_GROUP_NAME("meta-data/placement/group-name", Traits.text().since("2020-08-24"),
			"Name of the placement group that the instance was launched into"),

	/** {@code meta-data/placement/host-id}. */
	PLACEMENT_HOST_ID("meta-data/placement/host-id", Traits.text().since("2020-08-24"),
			"ID of the Dedicated Host that the instance was launched on"),

	/** {@code meta-data/placement/partition-number}. */
	PLACEMENT_PARTITION_NUMBER("meta-data/placement/partition-number", Traits.integer().since("2020-08-24"),
			"Number of the instance's partition in its placement group"),

	/** {@code meta-data/placement/region}. */
	PLACEMENT_REGION("meta-data/placement/region", Traits.text().since("2020-08-24"),
			"Region that the instance runs in"),

	/** {@code meta-data/product-codes}. */
	PRODUCT_CODES("meta-data/product-codes", Traits.list().since("2007-03-01"),
			"AWS Marketplace product codes of the instance"),

	/** {@code meta-data/profile}. */
	PROFILE("meta-data/profile", Traits.text().asUndocumented(),
			"Virtualization profile of the instance, such as default-hvm"),

	/** {@code meta-data/public-hostname}. */
	PUBLIC_HOSTNAME("meta-data/public-hostname", Traits.text().asChanging().since("2007-01-19"),
			"Public DNS name of the instance"),

	/** {@code meta-data/public-ipv4}. */
	PUBLIC_IPV4("meta-data/public-ipv4", Traits.text().asChanging().since("2007-01-19"),
			"Public IPv4 address of the instance, the Elastic IP address if it has one"),

	/** {@code meta-data/public-keys/{index}/openssh-key}. */
	PUBLIC_KEYS_OPENSSH_KEY("meta-data/public-keys/{index}/openssh-key", Traits.text().since("1.0"),
			"Public key supplied at launch, in OpenSSH format"),

	/** {@code meta-data/ramdisk-id}. */
	RAMDISK_ID("meta-data/ramdisk-id", Traits.text().since("2007-10-10"),
			"ID of the RAM disk that a paravirtual instance was launched with"),

	/** {@code meta-data/reservation-id}. */
	RESERVATION_ID("meta-data/reservation-id", Traits.text().since("1.0"),
			"ID of the reservation that launched the instance"),

	/** {@code meta-data/security-groups}. */
	SECURITY_GROUPS("meta-data/security-groups", Traits.list().asChanging().since("1.0"),
			"Names of the security groups that apply to the instance"),

	/** {@code meta-data/services/domain}. */
	SERVICES_DOMAIN("meta-data/services/domain", Traits.text().since("2014-02-25"),
			"Domain of the AWS endpoints in the region, such as amazonaws.com"),

	/** {@code meta-data/services/partition}. */
	SERVICES_PARTITION("meta-data/services/partition", Traits.text().since("2015-10-20"),
			"AWS partition of the region, such as aws or aws-cn"),

	/** {@code meta-data/spot/instance-action}. */
	SPOT_INSTANCE_ACTION("meta-data/spot/instance-action", Traits.json().asChanging().since("2016-11-15"),
			"Action that EC2 is about to take on a Spot Instance, and its time"),

	/** {@code meta-data/spot/termination-time}. */
	SPOT_TERMINATION_TIME("meta-data/spot/termination-time", Traits.text().asChanging().since("2014-11-05"),
			"When an interrupted Spot Instance is shut down, superseded by spot/instance-action"),

	/** {@code meta-data/system}. */
	SYSTEM("meta-data/system", Traits.text().since("2022-09-24"), "Family of the hypervisor, such as nitro"),

	/** {@code meta-data/tags/instance/{key}}. */
	TAGS_INSTANCE("meta-data/tags/instance/{key}", Traits.text().asChanging().since("2021-03-23"),
			"Value of an instance tag, where the instance exposes its tags"),

	/** {@code dynamic/fws/instance-monitoring}. */
	DYNAMIC_FWS_INSTANCE_MONITORING("dynamic/fws/instance-monitoring", Traits.text().asChanging().since("2009-04-04"),
			"Whether detailed monitoring by CloudWatch is enabled or disabled"),

	/** {@code dynamic/instance-identity/document}. */
	DYNAMIC_INSTANCE_IDENTITY_DOCUMENT("dynamic/instance-identity/document", Traits.json().since("2009-04-04"),
			"Identity document of the instance"),

	/** {@code dynamic/instance-identity/dsa2048}. */
	DYNAMIC_INSTANCE_IDENTITY_DSA2048("dynamic/instance-identity/dsa2048", Traits.text().asUndocumented(),
			"PKCS#7 signature of the identity document, 2048-bit DSA"),

	/** {@code dynamic/instance-identity/pkcs7}. */
	DYNAMIC_INSTANCE_IDENTITY_PKCS7("dynamic/instance-identity/pkcs7", Traits.text().since("2009-04-04"),
			"PKCS#7 signature of the identity document, SHA-1 with DSA"),

	/** {@code dynamic/instance-identity/rsa2048}. */
	DYNAMIC_INSTANCE_IDENTITY_RSA2048("dynamic/instance-identity/rsa2048", Traits.text(),
			"PKCS#7 signature of the identity document, SHA-256 with 2048-bit RSA"),

	/** {@code dynamic/instance-identity/signature}. */
	DYNAMIC_INSTANCE_IDENTITY_SIGNATURE("dynamic/instance-identity/signature", Traits.text().since("2009-04-04"),
			"Detached signature of the identity document, SHA-256 with RSA"),

	/** {@code user-data}. */
	USER_DATA("user-data", Traits.bytes().asSensitive(), "User data that the instance was given at launch, as is");

	private static final PathPatternMap<MetadataCategory> BY_PATTERN = new PathPatternMap<>();

	static {
		for (MetadataCategory category : values()) {
			BY_PATTERN.put(category.pattern, category);
		}
	}

	private final String pattern;

	private final Traits traits;

	private final String description;

	MetadataCategory(String pattern, Traits traits, String description) {
		this.pattern = pattern;
		this.traits = traits;
		this.description = description;
	}

	/**
	 * Return the path of the category relative to the API version, such as
	 * {@code meta-data/instance-id}. A segment in braces is a variable, it stands for any
	 * one segment: {@code meta-data/tags/instance/{key}}.
	 * @return the path pattern
	 */
	public String pattern() {
		return this.pattern;
	}

	/**
	 * Return the type as which a value of the category is read.
	 * @return the type of the value
	 */
	public ValueType valueType() {
		return this.traits.valueType();
	}

	/**
	 * Return whether a value of the category can change, appear or disappear while the
	 * instance runs. All others can be kept for as long as the JVM lives.
	 * @return {@code true} if the value can change
	 */
	public boolean changing() {
		return this.traits.changing();
	}

	/**
	 * Return whether a value of the category is a secret, which is shown on explicit
	 * request only.
	 * @return {@code true} if the value is a secret
	 */
	public boolean sensitive() {
		return this.traits.sensitive();
	}

	/**
	 * Return whether AWS documents the category.
	 * @return the support
	 */
	public Support support() {
		return this.traits.support();
	}

	/**
	 * Return the first version of the API that has the category: {@code 1.0} or a date.
	 * @return the version, or empty if not known
	 */
	public Optional<String> since() {
		return Optional.ofNullable(this.traits.since());
	}

	/**
	 * Return a description of the category in one line.
	 * @return the description
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return the category of the value at a path.
	 * @param path the path of a value, such as {@code meta-data/tags/instance/Name}, in
	 * {@linkplain MetadataPath#value() canonical form}
	 * @return the category, or empty if the path is that of a directory or is not known
	 */
	public static Optional<MetadataCategory> of(@Nullable String path) {
		return (path != null) ? Optional.ofNullable(BY_PATTERN.get(path)) : Optional.empty();
	}

	/**
	 * Return the categories of the values below a directory.
	 * @param path the path of the directory, in its {@linkplain MetadataPath#value()
	 * canonical form}; empty for the top
	 * @return the categories, none if the path is that of a value or is not known
	 */
	public static Set<MetadataCategory> below(String path) {
		Set<MetadataCategory> categories = EnumSet.noneOf(MetadataCategory.class);
		BY_PATTERN.forEachBelow(path, categories::add);
		return categories;
	}

	static boolean hasBelow(String path) {
		return BY_PATTERN.hasBelow(path);
	}

	/**
	 * Return whether what is at a path is a secret: a value of a {@link #sensitive()
	 * sensitive} category, a directory that contains such values only, or anything below
	 * one of the two.
	 * @param path the path of a value or a directory, in any form that
	 * {@link MetadataPath#of(String)} takes
	 * @return {@code true} if it is shown on explicit request only
	 */
	public static boolean isSensitive(String path) {
		String canonical = MetadataPath.canonical(path);
		for (int end = canonical.indexOf('/'); end != -1; end = canonical.indexOf('/', end + 1)) {
			if (holdsOnlySecrets(canonical.substring(0, end))) {
				return true;
			}
		}
		return holdsOnlySecrets(canonical);
	}

	private static boolean holdsOnlySecrets(String path) {
		MetadataCategory value = BY_PATTERN.get(path);
		if (value != null) {
			return value.sensitive();
		}
		Set<MetadataCategory> categories = below(path);
		for (MetadataCategory category : categories) {
			if (!category.sensitive()) {
				return false;
			}
		}
		return !categories.isEmpty();
	}

	/**
	 * Format of a value.
	 */
	public enum ValueType {

		/** Text as it is, even if it has several lines. */
		TEXT,

		/** A decimal integer. */
		INTEGER,

		/** Items, one a line. */
		LIST,

		/** A JSON document. */
		JSON,

		/** Bytes of unknown content. */
		BYTES

	}

	/**
	 * Support of a category by AWS.
	 */
	public enum Support {

		/** Documented by AWS. */
		DOCUMENTED,

		/** Seen on instances, never documented by AWS. */
		UNDOCUMENTED,

		/** Documented once, retired since; some instances may still have it. */
		WITHDRAWN

	}

}
