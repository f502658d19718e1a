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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NetworkInterface} and {@link InstanceMetadata#networkInterfaces()}.
 */
class NetworkInterfaceTests extends AbstractInstanceMetadataTests {

	private static final String MACS = "meta-data/network/interfaces/macs/";

	private static final String FIRST = "0a:1b:2c:3d:4e:5f";

	private static final String SECOND = "0a:1b:2c:3d:4e:60";

	NetworkInterfaceTests(ImdsSimulator simulator) {
		super(simulator);
	}

	@Test
	void allFacts() {
		this.simulator.put(MACS + FIRST + "/network-card", "1");
		this.simulator.put(MACS + FIRST + "/ipv4-prefix", "10.0.1.208/28\n10.0.1.224/28");
		this.simulator.put(MACS + FIRST + "/ipv6-prefix", "2001:db8:8:4:1::/80");
		NetworkInterface first = this.instance.networkInterfaces().get(0);
		assertThat(first.mac()).isEqualTo(FIRST);
		assertThat(first.deviceNumber()).hasValue(0);
		assertThat(first.networkCard()).hasValue(1);
		assertThat(first.interfaceId()).hasValue("eni-0a1b2c3d4e5f60718");
		assertThat(first.ownerId()).hasValue("123456789012");
		assertThat(first.subnetId()).hasValue("subnet-0123456789abcdef0");
		assertThat(first.subnetIpv4CidrBlock()).hasValue("10.0.1.0/24");
		assertThat(first.subnetIpv6CidrBlocks()).containsExactly("2001:db8:8:4::/64");
		assertThat(first.vpcId()).hasValue("vpc-0fedcba9876543210");
		assertThat(first.vpcIpv4CidrBlock()).hasValue("10.0.0.0/16");
		assertThat(first.vpcIpv4CidrBlocks()).containsExactly("10.0.0.0/16", "100.64.0.0/16");
		assertThat(first.vpcIpv6CidrBlocks()).containsExactly("2001:db8:8::/56");
		assertThat(first.localHostname()).hasValue("ip-10-0-1-36.eu-west-1.compute.internal");
		assertThat(first.publicHostname()).hasValue("ec2-203-0-113-25.eu-west-1.compute.amazonaws.com");
		assertThat(first.localIpv4s()).containsExactly("10.0.1.36", "10.0.1.37");
		assertThat(first.publicIpv4s()).containsExactly("203.0.113.25");
		assertThat(first.ipv4Associations()).isEqualTo(Map.of("203.0.113.25", List.of("10.0.1.36")));
		assertThat(first.ipv4Prefixes()).containsExactly("10.0.1.208/28", "10.0.1.224/28");
		assertThat(first.ipv6s()).containsExactly("2001:db8:8:4::2");
		assertThat(first.ipv6Prefixes()).containsExactly("2001:db8:8:4:1::/80");
		assertThat(first.securityGroups()).containsExactly("web", "ssh from office");
		assertThat(first.securityGroupIds()).containsExactly("sg-0aa11bb22cc33dd44", "sg-0ee55ff66aa77bb88");
	}

	@Test
	void nothingButMac() {
		this.simulator.remove(MACS + FIRST).remove(MACS + SECOND);
		this.simulator.put(MACS + SECOND + "/mac", SECOND);
		assertThat(this.instance.networkInterfaces()).containsExactly(NetworkInterface.of(SECOND, Map.of()));
		NetworkInterface bare = this.instance.networkInterfaces().get(0);
		assertThat(bare.deviceNumber()).isEmpty();
		assertThat(bare.subnetId()).isEmpty();
		assertThat(bare.localIpv4s()).isEmpty();
		assertThat(bare.ipv4Associations()).isEmpty();
	}

	@Test
	void none() {
		this.simulator.remove("meta-data/network");
		assertThat(this.instance.networkInterfaces()).isEmpty();
	}

	@Test
	void ordersByDeviceNumber() {
		this.simulator.put(MACS + "02:00:00:00:00:0a/device-number", "10");
		this.simulator.put(MACS + "02:00:00:00:00:02/device-number", "2");
		assertThat(macs()).containsExactly(FIRST, SECOND, "02:00:00:00:00:02", "02:00:00:00:00:0a");
	}

	@Test
	void primaryIsFirstWhateverItsDeviceNumber() {
		this.simulator.put("meta-data/mac", SECOND);
		assertThat(macs()).containsExactly(SECOND, FIRST);
		this.simulator.remove(MACS + SECOND + "/device-number");
		assertThat(macs()).containsExactly(SECOND, FIRST);
	}

	@Test
	void ordersByDeviceNumberIfPrimaryIsNotKnown() {
		this.simulator.remove("meta-data/mac");
		this.simulator.put(MACS + FIRST + "/device-number", "1");
		this.simulator.put(MACS + SECOND + "/device-number", "0");
		assertThat(macs()).containsExactly(SECOND, FIRST);
	}

	@Test
	void withoutDeviceNumberIsLast() {
		this.simulator.put(MACS + "02:00:00:00:00:01/mac", "02:00:00:00:00:01");
		this.simulator.put(MACS + "02:00:00:00:00:02/device-number", "not a number");
		assertThat(macs()).startsWith(FIRST, SECOND)
			.containsExactlyInAnyOrder(FIRST, SECOND, "02:00:00:00:00:01", "02:00:00:00:00:02");
	}

	@Test
	void comeAndGo() {
		assertThat(macs()).containsExactly(FIRST, SECOND);
		this.simulator.remove(MACS + SECOND);
		assertThat(macs()).containsExactly(FIRST);
		this.simulator.put(MACS + SECOND + "/device-number", "1");
		assertThat(macs()).containsExactly(FIRST, SECOND);
	}

	@Test
	void formerNameOfNetworkCard() {
		this.simulator.put(MACS + SECOND + "/network-card-index", "3");
		assertThat(this.instance.networkInterfaces()).extracting(NetworkInterface::networkCard)
			.containsExactly(Optional.empty(), Optional.of(3));
	}

	@Test
	void emptyTextIsAbsent() {
		this.simulator.put(MACS + FIRST + "/public-hostname", "");
		assertThat(this.instance.networkInterfaces().get(0).publicHostname()).isEmpty();
	}

	@Test
	void associationsKeepTheirOrder() {
		this.simulator.remove(MACS + FIRST + "/ipv4-associations");
		this.simulator.put(MACS + FIRST + "/ipv4-associations/203.0.113.9", "10.0.1.37\n10.0.1.38");
		this.simulator.put(MACS + FIRST + "/ipv4-associations/198.51.100.1", "10.0.1.36");
		List<String> listed = this.client.list(MACS + FIRST + "/ipv4-associations");
		Map<String, List<String>> associations = this.instance.networkInterfaces().get(0).ipv4Associations();
		assertThat(associations.keySet()).containsExactlyElementsOf(listed);
		assertThat(associations).containsEntry("203.0.113.9", List.of("10.0.1.37", "10.0.1.38"));
	}

	@Test
	void isImmutable() {
		assertImmutable(this.instance.networkInterfaces());
		NetworkInterface first = this.instance.networkInterfaces().get(0);
		assertImmutable(first.localIpv4s());
		assertImmutable(first.ipv6Prefixes());
		assertImmutable(first.ipv4Associations().values());
		assertImmutable(first.ipv4Associations().get("203.0.113.25"));
	}

	private static void assertImmutable(Collection<?> collection) {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(collection::clear);
	}

	private List<String> macs() {
		return this.instance.networkInterfaces().stream().map(NetworkInterface::mac).toList();
	}

}
