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

/**
 * A network interface as it was attached when it was read. Only the MAC address is always
 * there; all else is empty where the interface does not have it, or is being attached or
 * detached.
 *
 * @param mac the MAC address, such as {@code 0a:1b:2c:3d:4e:5f}
 * @param deviceNumber the index of the device that the interface is attached as, from 0
 * @param networkCard the index of the network card, on instance types that have several
 * @param interfaceId the ID of the interface, such as {@code eni-0a1b2c3d4e5f60718}
 * @param ownerId the ID of the account that owns the interface, 12 digits
 * @param subnetId the ID of the subnet
 * @param subnetIpv4CidrBlock the IPv4 range of the subnet
 * @param subnetIpv6CidrBlocks the IPv6 ranges of the subnet
 * @param vpcId the ID of the VPC
 * @param vpcIpv4CidrBlock the primary IPv4 range of the VPC
 * @param vpcIpv4CidrBlocks all IPv4 ranges of the VPC
 * @param vpcIpv6CidrBlocks the IPv6 ranges of the VPC
 * @param localHostname the private DNS name
 * @param publicHostname the public DNS name
 * @param localIpv4s the private IPv4 addresses, the primary one first
 * @param publicIpv4s the public and Elastic IPv4 addresses
 * @param ipv4Associations the private IPv4 addresses that each public one leads to
 * @param ipv4Prefixes the IPv4 prefixes delegated to the interface
 * @param ipv6s the IPv6 addresses
 * @param ipv6Prefixes the IPv6 prefixes delegated to the interface
 * @param securityGroups the names of the security groups
 * @param securityGroupIds the IDs of the security groups
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html">Elastic network
 * interfaces</a>
 */
public record NetworkInterface(String mac, Optional<Integer> deviceNumber, Optional<Integer> networkCard,
		Optional<String> interfaceId, Optional<String> ownerId, Optional<String> subnetId,
		Optional<String> subnetIpv4CidrBlock, List<String> subnetIpv6CidrBlocks, Optional<String> vpcId,
		Optional<String> vpcIpv4CidrBlock, List<String> vpcIpv4CidrBlocks, List<String> vpcIpv6CidrBlocks,
		Optional<String> localHostname, Optional<String> publicHostname, List<String> localIpv4s,
		List<String> publicIpv4s, Map<String, List<String>> ipv4Associations, List<String> ipv4Prefixes,
		List<String> ipv6s, List<String> ipv6Prefixes, List<String> securityGroups, List<String> securityGroupIds) {

	static NetworkInterface of(String mac, Directory entries) {
		return new NetworkInterface(mac, entries.integer("device-number"),
				entries.integer("network-card").or(() -> entries.integer("network-card-index")),
				entries.text("interface-id"), entries.text("owner-id"), entries.text("subnet-id"),
				entries.text("subnet-ipv4-cidr-block"), entries.list("subnet-ipv6-cidr-blocks"), entries.text("vpc-id"),
				entries.text("vpc-ipv4-cidr-block"), entries.list("vpc-ipv4-cidr-blocks"),
				entries.list("vpc-ipv6-cidr-blocks"), entries.text("local-hostname"), entries.text("public-hostname"),
				entries.list("local-ipv4s"), entries.list("public-ipv4s"),
				entries.directory("ipv4-associations").lists(), entries.list("ipv4-prefix"), entries.list("ipv6s"),
				entries.list("ipv6-prefix"), entries.list("security-groups"), entries.list("security-group-ids"));
	}

}
