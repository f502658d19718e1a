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

package io.github.imds.metadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.imds.ImdsResponseException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;

/**
 * Typed metadata of the EC2 instance that the program runs on. Safe for use by multiple
 * threads.
 * <p>
 * A value that is {@linkplain MetadataCategory#changing() fixed} while the instance runs
 * is read when it is first needed and then kept, so that reading it again takes no
 * request. All other values are read each time. Absence and failures are never kept: the
 * service can lack a value at boot and have it a moment later.
 * <p>
 * A value that an instance may lack is an {@link Optional}, a list or a map, and empty
 * without it. Lists and maps are immutable, and in the order of the service unless
 * documented otherwise. Text for which AWS may introduce new values, such as the life
 * cycle, is text here too.
 * <p>
 * An unreadable value hides no other value: objects such as {@link IdentityDocument} are
 * returned with what they have, and the accessor of a value that is missing although AWS
 * documents it for every instance throws an {@link ImdsResponseException}.
 * <p>
 * Every method that reads throws an {@link io.github.imds.ImdsException} if the service
 * does not answer, an {@link io.github.imds.ImdsUnavailableException} off EC2, and an
 * {@link ImdsResponseException} if the service has an error in place of the metadata or
 * lacks a value that every instance has.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html">Instance
 * metadata categories</a>
 */
public interface InstanceMetadata {

	/**
	 * Create a view of the metadata that a client reads. Nothing is read until it is
	 * asked for.
	 * @param client the client, to be closed by the caller
	 * @return the metadata of the client's instance
	 */
	static InstanceMetadata of(ImdsClient client) {
		return new DefaultInstanceMetadata(client);
	}

	/**
	 * Return the ID of the instance, such as {@code i-0123456789abcdef0}.
	 * @return the instance ID
	 */
	String instanceId();

	/**
	 * Return the type of the instance, such as {@code m7g.large}.
	 * @return the instance type
	 */
	String instanceType();

	/**
	 * Return the purchasing option: {@code on-demand}, {@code spot}, {@code scheduled} or
	 * {@code capacity-block}.
	 * @return the life cycle, as AWS calls it, or empty if the service does not have it.
	 * Versions before 2019-10-01 do not
	 */
	Optional<String> lifeCycle();

	/**
	 * Return the ID of the image (AMI) that the instance was launched from.
	 * @return the image ID
	 */
	String imageId();

	/**
	 * Return the processor architecture, such as {@code x86_64} or {@code arm64}, from
	 * the {@link #identityDocument() identity document}.
	 * @return the architecture
	 */
	String architecture();

	/**
	 * Return the ID of the AWS account that launched the instance, from the
	 * {@link #identityDocument() identity document}.
	 * @return the account ID, 12 digits
	 */
	String accountId();

	/**
	 * Return the region, such as {@code eu-west-1}, from the {@link #identityDocument()
	 * identity document} if the service does not have it apart.
	 * @return the region
	 */
	String region();

	/**
	 * Return the name of the Availability Zone or Local Zone, such as {@code eu-west-1b}.
	 * In another account the same name can stand for another zone.
	 * @return the zone
	 */
	String availabilityZone();

	/**
	 * Return the ID of the Availability Zone or Local Zone, such as {@code euw1-az2}. It
	 * is the same in all accounts.
	 * @return the zone ID, or empty if the service does not have it. Versions before
	 * 2019-10-01 do not
	 */
	Optional<String> availabilityZoneId();

	/**
	 * Return the private host name of the instance, the first one if the DHCP options set
	 * of the VPC has several domains.
	 * @return the host name
	 */
	String hostname();

	/**
	 * Return the private DNS name of the primary network interface, the first one if the
	 * DHCP options set of the VPC has several domains.
	 * @return the host name
	 */
	String localHostname();

	/**
	 * Return the public DNS name of the instance.
	 * @return the host name, or empty if the instance has none now
	 */
	Optional<String> publicHostname();

	/**
	 * Return the private IPv4 address of the primary network interface.
	 * @return the address, or empty if the subnet is IPv6-only
	 */
	Optional<String> localIpv4();

	/**
	 * Return the public IPv4 address of the instance, the Elastic IP address if it has
	 * one.
	 * @return the address, or empty if the instance has none now
	 */
	Optional<String> publicIpv4();

	/**
	 * Return the primary IPv6 address of the primary network interface.
	 * @return the address, or empty if the instance has none now
	 */
	Optional<String> ipv6();

	/**
	 * Return the network interfaces that are attached now.
	 * @return the interfaces, the primary one first, then by device number, and those
	 * without a device number last
	 */
	List<NetworkInterface> networkInterfaces();

	/**
	 * Return the block devices that the instance was launched with.
	 * @return device names such as {@code /dev/xvda} or {@code sdb}, by virtual devices
	 * such as {@code ami}, {@code root}, {@code ebs1} or {@code ephemeral0}
	 */
	Map<String, String> blockDevices();

	/**
	 * Return the public keys that were supplied at launch.
	 * @return the keys, empty if the instance was launched without
	 */
	List<PublicKey> publicKeys();

	/**
	 * Return the security groups of the instance.
	 * @return the names of the groups that apply now
	 */
	List<String> securityGroups();

	/**
	 * Return the tags of the instance as they are now.
	 * @return the values of the tags by their keys, empty if there are none or the
	 * instance does not {@link #tagsEnabled() expose} them
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html">View
	 * tags using instance metadata</a>
	 */
	Map<String, String> tags();

	/**
	 * Return whether the instance exposes its tags as metadata now. By default it does
	 * not.
	 * @return {@code true} if the instance does, even if it has no tag
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html">Enable
	 * access to tags in instance metadata</a>
	 */
	boolean tagsEnabled();

	/**
	 * Return the identity of the instance as AWS signed it at launch.
	 * @return the identity document; its signature is not verified
	 */
	IdentityDocument identityDocument();

	/**
	 * Return the instance profile of the instance.
	 * @return the profile, or empty if the instance has none now
	 * @throws ImdsResponseException if AWS reports an error, such as a profile that was
	 * deleted
	 */
	Optional<IamInfo> iamInfo();

	/**
	 * Return temporary credentials of the role in the instance profile. AWS has new ones
	 * at least five minutes before they expire.
	 * @return the credentials, or empty if the instance has no role now
	 * @throws ImdsResponseException if AWS reports an error, such as a role that it may
	 * not assume
	 */
	Optional<InstanceCredentials> credentials();

	/**
	 * Return information about the credentials with which the instance identifies itself
	 * to AWS services.
	 * @return the information, or empty if the instance has no such credentials now
	 * @throws ImdsResponseException if AWS reports an error
	 */
	Optional<IdentityCredentialsInfo> identityCredentialsInfo();

	/**
	 * Return the action that EC2 is about to take on a Spot Instance.
	 * @return the action, or empty while no interruption is announced
	 */
	Optional<SpotAction> spotAction();

	/**
	 * Return the notice that a Spot Instance is at elevated risk of interruption.
	 * @return the recommendation, or empty if there is none
	 */
	Optional<RebalanceRecommendation> rebalanceRecommendation();

	/**
	 * Return the maintenance events that are still to come or in progress. An event
	 * without ID, code or state is left out, and logged once.
	 * @return the events, empty if there are none
	 */
	List<MaintenanceEvent> maintenanceEvents();

	/**
	 * Return the maintenance events that were completed or canceled. An event without ID,
	 * code or state is left out, and logged once.
	 * @return the events, empty if there are none
	 */
	List<MaintenanceEvent> maintenanceHistory();

	/**
	 * Return the Auto Scaling lifecycle state that the instance is moving to, or is in:
	 * {@code InService}, {@code Terminated}, {@code Detached}, {@code Standby},
	 * {@code Warmed:Hibernated}, {@code Warmed:Running}, {@code Warmed:Stopped} or
	 * {@code Warmed:Terminated}.
	 * @return the state, or empty if the instance is not in an Auto Scaling group
	 * @see <a href=
	 * "https://docs.aws.amazon.com/autoscaling/ec2/userguide/retrieving-target-lifecycle-state-through-imds.html">Retrieve
	 * the target lifecycle state through instance metadata</a>
	 */
	Optional<String> targetLifecycleState();

}
