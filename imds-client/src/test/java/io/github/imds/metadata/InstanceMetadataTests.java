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

import org.junit.jupiter.api.Test;

import io.github.imds.ImdsResponseException;
import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link InstanceMetadata} on a simulated instance.
 */
class InstanceMetadataTests extends AbstractInstanceMetadataTests {

	InstanceMetadataTests(ImdsSimulator simulator) {
		super(simulator);
	}

	@Test
	@SuppressWarnings("NullAway")
	void needsClient() {
		assertThatIllegalArgumentException().isThrownBy(() -> InstanceMetadata.of(null))
			.withMessage("'client' must not be null");
	}

	@Test
	void readsNothingUntilAsked() {
		this.simulator.clearRequests();
		assertThat(InstanceMetadata.of(this.client)).hasToString("InstanceMetadata[" + this.client + "]");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void identityFacts() {
		assertThat(this.instance.instanceId()).isEqualTo("i-0123456789abcdef0");
		assertThat(this.instance.instanceType()).isEqualTo("m7g.large");
		assertThat(this.instance.lifeCycle()).hasValue("spot");
		assertThat(this.instance.imageId()).isEqualTo("ami-0a887e401f7654935");
		assertThat(this.instance.architecture()).isEqualTo("arm64");
		assertThat(this.instance.accountId()).isEqualTo("123456789012");
	}

	@Test
	void placementFacts() {
		assertThat(this.instance.region()).isEqualTo("eu-west-1");
		assertThat(this.instance.availabilityZone()).isEqualTo("eu-west-1b");
		assertThat(this.instance.availabilityZoneId()).hasValue("euw1-az2");
	}

	@Test
	void regionOfLocalZoneIsNotDerivedFromItsName() {
		this.simulator.put("meta-data/placement/availability-zone", "us-west-2-lax-1a");
		this.simulator.put("meta-data/placement/region", "us-west-2");
		assertThat(this.instance.region()).isEqualTo("us-west-2");
	}

	@Test
	void regionFallsBackToIdentityDocument() {
		this.simulator.remove("meta-data/placement/region");
		assertThat(this.instance.region()).isEqualTo("eu-west-1");
	}

	@Test
	void addressesAndNames() {
		assertThat(this.instance.hostname()).isEqualTo("ip-10-0-1-36.eu-west-1.compute.internal");
		assertThat(this.instance.localHostname()).isEqualTo("ip-10-0-1-36.eu-west-1.compute.internal");
		assertThat(this.instance.publicHostname()).hasValue("ec2-203-0-113-25.eu-west-1.compute.amazonaws.com");
		assertThat(this.instance.localIpv4()).hasValue("10.0.1.36");
		assertThat(this.instance.publicIpv4()).hasValue("203.0.113.25");
		assertThat(this.instance.ipv6()).hasValue("2001:db8:8:4::2");
	}

	@Test
	void addressesAndNamesThatAreAbsent() {
		for (String name : List.of("public-hostname", "local-ipv4", "public-ipv4", "ipv6")) {
			this.simulator.remove("meta-data/" + name);
		}
		assertThat(this.instance.publicHostname()).isEmpty();
		assertThat(this.instance.localIpv4()).isEmpty();
		assertThat(this.instance.publicIpv4()).isEmpty();
		assertThat(this.instance.ipv6()).isEmpty();
	}

	@Test
	void emptyTextIsAbsent() {
		this.simulator.put("meta-data/public-hostname", "");
		assertThat(this.instance.publicHostname()).isEmpty();
	}

	@Test
	void publicAddressFollowsTheInstance() {
		assertThat(this.instance.publicIpv4()).hasValue("203.0.113.25");
		this.simulator.put("meta-data/public-ipv4", "203.0.113.99");
		assertThat(this.instance.publicIpv4()).hasValue("203.0.113.99");
		this.simulator.remove("meta-data/public-ipv4");
		assertThat(this.instance.publicIpv4()).isEmpty();
	}

	@Test
	void olderServiceLacksLifeCycleAndZoneId() {
		this.simulator.remove("meta-data/instance-life-cycle").remove("meta-data/placement/availability-zone-id");
		assertThat(this.instance.lifeCycle()).isEmpty();
		assertThat(this.instance.availabilityZoneId()).isEmpty();
	}

	@Test
	void identityDocumentStandsInForAbsentValues() {
		this.simulator.remove("meta-data/placement")
			.remove("meta-data/instance-id")
			.remove("meta-data/instance-type")
			.remove("meta-data/ami-id");
		assertThat(this.instance.region()).isEqualTo("eu-west-1");
		assertThat(this.instance.availabilityZone()).isEqualTo("eu-west-1b");
		assertThat(this.instance.instanceId()).isEqualTo("i-0123456789abcdef0");
		assertThat(this.instance.instanceType()).isEqualTo("m7g.large");
		assertThat(this.instance.imageId()).isEqualTo("ami-0a887e401f7654935");
	}

	@Test
	void absentHostName() {
		this.simulator.remove("meta-data/hostname");
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(this.instance::hostname)
			.withMessageStartingWith("'meta-data/hostname' is absent.");
	}

	@Test
	void hostNameOfSeveralDomainsIsTheFirst() {
		String names = "ip-10-0-1-36.one.example two.example";
		this.simulator.put("meta-data/hostname", names)
			.put("meta-data/local-hostname", names)
			.put("meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f/local-hostname", names);
		assertThat(this.instance.hostname()).isEqualTo("ip-10-0-1-36.one.example");
		assertThat(this.instance.localHostname()).isEqualTo("ip-10-0-1-36.one.example");
		assertThat(this.instance.networkInterfaces().get(0).localHostname()).hasValue("ip-10-0-1-36.one.example");
	}

	@Test
	void blockDevices() {
		assertThat(this.instance.blockDevices()).containsExactly(entry("ami", "/dev/xvda"), entry("ebs1", "sdb"),
				entry("root", "/dev/xvda"));
	}

	@Test
	void blockDevicesThatAreAbsent() {
		this.simulator.remove("meta-data/block-device-mapping");
		assertThat(this.instance.blockDevices()).isEmpty();
	}

	@Test
	void publicKeys() {
		assertThat(this.instance.publicKeys()).containsExactly(
				new PublicKey("ops-key",
						"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFixtureFixtureFixtureFixtureFixtureFixtu ops-key"),
				new PublicKey("team=blue", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABFixture team=blue"));
	}

	@Test
	void publicKeysThatAreAbsent() {
		this.simulator.remove("meta-data/public-keys");
		assertThat(this.instance.publicKeys()).isEmpty();
	}

	@Test
	void publicKeyThatIsListedButAbsentIsLeftOut() {
		this.simulator.wireMock()
			.stubFor(get("/latest/meta-data/public-keys/").willReturn(ok("7=gone\n0=ops-key\n1=team=blue")));
		assertThat(this.instance.publicKeys()).extracting(PublicKey::name).containsExactly("ops-key", "team=blue");
	}

	@Test
	void securityGroups() {
		assertThat(this.instance.securityGroups()).containsExactly("web", "ssh from office");
		this.simulator.put("meta-data/security-groups", "web");
		assertThat(this.instance.securityGroups()).containsExactly("web");
		this.simulator.remove("meta-data/security-groups");
		assertThat(this.instance.securityGroups()).isEmpty();
	}

	@Test
	void tags() {
		assertThat(this.instance.tagsEnabled()).isTrue();
		assertThat(this.instance.tags()).containsOnly(entry("Environment", "staging"), entry("Name", "orders-7"),
				entry("Owner", "Zoë Ångström, 東京"), entry("aws:autoscaling:groupName", "orders-asg"),
				entry("team:cost.Center", "42"));
	}

	@Test
	void tagsFollowTheInstance() {
		Map<String, String> before = this.instance.tags();
		this.simulator.tag("Name", "orders-8")
			.tag("a+b=c,d@e:f", "x = y\n- \uD83D\uDE80")
			.tag("Empty", "")
			.remove("meta-data/tags/instance/Owner");
		assertThat(this.instance.tags()).containsEntry("Name", "orders-8")
			.containsEntry("a+b=c,d@e:f", "x = y\n- \uD83D\uDE80")
			.containsEntry("Empty", "")
			.doesNotContainKey("Owner");
		assertThat(before).containsEntry("Name", "orders-7").containsKey("Owner");
	}

	@Test
	void tagsAreInTheOrderOfTheService() {
		this.simulator.wireMock()
			.stubFor(get("/latest/meta-data/tags/instance/").willReturn(ok("Owner\nName\nEnvironment")));
		assertThat(this.instance.tags()).containsExactly(entry("Owner", "Zoë Ångström, 東京"), entry("Name", "orders-7"),
				entry("Environment", "staging"));
	}

	@Test
	void tagsThatAreNotEnabled() {
		this.simulator.remove("meta-data/tags");
		assertThat(this.instance.tagsEnabled()).isFalse();
		assertThat(this.instance.tags()).isEmpty();
	}

	@Test
	void tagsThatAreNotEnabledWithEmptyListing() {
		this.simulator.remove("meta-data/tags");
		this.simulator.wireMock().stubFor(get("/latest/meta-data/tags/instance/").willReturn(ok("")));
		assertThat(this.instance.tagsEnabled()).isFalse();
		assertThat(this.instance.tags()).isEmpty();
	}

	@Test
	void tagsThatAreEnabledButNone() {
		this.simulator.wireMock().stubFor(get("/latest/meta-data/tags/instance/").willReturn(ok("")));
		assertThat(this.instance.tagsEnabled()).isTrue();
		assertThat(this.instance.tags()).isEmpty();
	}

}
