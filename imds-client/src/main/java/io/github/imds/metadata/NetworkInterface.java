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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Network interface as it was attached when it was read. Only the MAC address is always
 * present. Everything else is empty where the interface does not have it, or is being
 * attached or detached.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html">Elastic network
 * interfaces</a>
 */
public final class NetworkInterface extends MetadataObject {

	private static final String PATH = "meta-data/network/interfaces/macs";

	private static final String MAC = "mac";

	private NetworkInterface(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create an interface from values as AWS names them, as a test does.
	 * @param mac the MAC address
	 * @param values the values by name, such as {@code device-number} and
	 * {@code subnet-id}: text, or a list of texts
	 * @return the new interface
	 */
	public static NetworkInterface of(String mac, Map<String, ? extends @Nullable Object> values) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
		all.put(MAC, mac);
		return new NetworkInterface(all);
	}

	/**
	 * Return the MAC address, such as {@code 0a:1b:2c:3d:4e:5f}.
	 * @return the MAC address
	 */
	public String mac() {
		return text(MAC);
	}

	/**
	 * Return the index of the device that the interface is attached as.
	 * @return the index, from 0
	 */
	public Optional<Integer> deviceNumber() {
		return findInteger("device-number");
	}

	/**
	 * Return the index of the network card, on instance types that have several.
	 * @return the index, from 0
	 */
	public Optional<Integer> networkCard() {
		return findInteger("network-card").or(() -> findInteger("network-card-index"));
	}

	/**
	 * Return the ID of the interface, such as {@code eni-0a1b2c3d4e5f60718}.
	 * @return the interface ID
	 */
	public Optional<String> interfaceId() {
		return findText("interface-id");
	}

	/**
	 * Return the ID of the account that owns the interface.
	 * @return the account ID, 12 digits
	 */
	public Optional<String> ownerId() {
		return findText("owner-id");
	}

	/**
	 * Return the ID of the subnet, such as {@code subnet-0123456789abcdef0}.
	 * @return the subnet ID, or empty if not known
	 */
	public Optional<String> subnetId() {
		return findText("subnet-id");
	}

	/**
	 * Return the IPv4 range of the subnet.
	 * @return the CIDR block
	 */
	public Optional<String> subnetIpv4CidrBlock() {
		return findText("subnet-ipv4-cidr-block");
	}

	/**
	 * Return the IPv6 ranges of the subnet.
	 * @return the CIDR blocks
	 */
	public List<String> subnetIpv6CidrBlocks() {
		return texts("subnet-ipv6-cidr-blocks");
	}

	/**
	 * Return the ID of the VPC, such as {@code vpc-0123456789abcdef0}.
	 * @return the VPC ID, or empty if not known
	 */
	public Optional<String> vpcId() {
		return findText("vpc-id");
	}

	/**
	 * Return the primary IPv4 range of the VPC.
	 * @return the CIDR block
	 */
	public Optional<String> vpcIpv4CidrBlock() {
		return findText("vpc-ipv4-cidr-block");
	}

	/**
	 * Return all IPv4 ranges of the VPC.
	 * @return the CIDR blocks
	 */
	public List<String> vpcIpv4CidrBlocks() {
		return texts("vpc-ipv4-cidr-blocks");
	}

	/**
	 * Return the IPv6 ranges of the VPC.
	 * @return the CIDR blocks
	 */
	public List<String> vpcIpv6CidrBlocks() {
		return texts("vpc-ipv6-cidr-blocks");
	}

	/**
	 * Return the private DNS name, the first one if the DHCP options set of the VPC has
	 * several domains.
	 * @return the host name
	 */
	public Optional<String> localHostname() {
		return findText("local-hostname").map(HostNames::first);
	}

	/**
	 * Return the public DNS name.
	 * @return the host name
	 */
	public Optional<String> publicHostname() {
		return findText("public-hostname");
	}

	/**
	 * Return the private IPv4 addresses.
	 * @return the addresses, the primary one first
	 */
	public List<String> localIpv4s() {
		return texts("local-ipv4s");
	}

	/**
	 * Return the public and Elastic IPv4 addresses.
	 * @return the addresses
	 */
	public List<String> publicIpv4s() {
		return texts("public-ipv4s");
	}

	/**
	 * Return the private IPv4 addresses that each public one leads to.
	 * @return the private addresses by public address
	 */
	public Map<String, List<String>> ipv4Associations() {
		return lists("ipv4-associations");
	}

	/**
	 * Return the IPv4 prefixes delegated to the interface.
	 * @return the prefixes
	 */
	public List<String> ipv4Prefixes() {
		return texts("ipv4-prefix");
	}

	/**
	 * Return the IPv6 addresses.
	 * @return the addresses
	 */
	public List<String> ipv6s() {
		return texts("ipv6s");
	}

	/**
	 * Return the IPv6 prefixes delegated to the interface.
	 * @return the prefixes
	 */
	public List<String> ipv6Prefixes() {
		return texts("ipv6-prefix");
	}

	/**
	 * Return the names of the security groups.
	 * @return the names
	 */
	public List<String> securityGroups() {
		return texts("security-groups");
	}

	/**
	 * Return the IDs of the security groups.
	 * @return the IDs, or an empty list if none are known
	 */
	public List<String> securityGroupIds() {
		return texts("security-group-ids");
	}

}
