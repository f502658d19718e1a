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

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.imds.ImdsResponseException;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link InstanceMetadata} on a simulated instance.
 */
@SimulatedInstance
class InstanceMetadataTests {

	private static final Instant RENEWED = Instant.parse("2026-03-01T10:00:00Z");

	private final ImdsSimulator simulator;

	private final ImdsClient client;

	private final InstanceMetadata instance;

	InstanceMetadataTests(ImdsSimulator simulator) {
		this.simulator = simulator;
		this.client = PatientClient.of(simulator);
		this.instance = InstanceMetadata.of(this.client);
	}

	@AfterEach
	void close() {
		this.client.close();
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

	@Test
	void identityDocument() {
		IdentityDocument document = this.instance.identityDocument();
		assertThat(document.accountId()).isEqualTo("123456789012");
		assertThat(document.architecture()).isEqualTo("arm64");
		assertThat(document.availabilityZone()).isEqualTo("eu-west-1b");
		assertThat(document.imageId()).isEqualTo("ami-0a887e401f7654935");
		assertThat(document.instanceId()).isEqualTo("i-0123456789abcdef0");
		assertThat(document.instanceType()).isEqualTo("m7g.large");
		assertThat(document.pendingTime()).isEqualTo("2026-03-01T09:58:43Z");
		assertThat(document.privateIp()).hasValue("10.0.1.36");
		assertThat(document.region()).isEqualTo("eu-west-1");
		assertThat(document.version()).isEqualTo("2017-09-30");
		assertThat(document.billingProducts()).isEmpty();
		assertThat(document.devpayProductCodes()).isEmpty();
		assertThat(document.marketplaceProductCodes()).isEmpty();
		assertThat(document.kernelId()).isEmpty();
		assertThat(document.ramdiskId()).isEmpty();
	}

	@Test
	void iamInfo() {
		assertThat(this.instance.iamInfo()).hasValueSatisfying((info) -> {
			assertThat(info.lastUpdated()).hasValue(RENEWED);
			assertThat(info.instanceProfileArn())
				.isEqualTo("arn:aws:iam::123456789012:instance-profile/orders-service");
			assertThat(info.instanceProfileId()).isEqualTo("AIPAABCDEFGHIJKLMN123");
		});
		this.simulator.remove("meta-data/iam");
		assertThat(this.instance.iamInfo()).isEmpty();
	}

	@Test
	void credentials() {
		assertThat(this.instance.credentials()).hasValueSatisfying((credentials) -> {
			assertThat(credentials.lastUpdated()).hasValue(RENEWED);
			assertThat(credentials.type()).hasValue("AWS-HMAC");
			assertThat(credentials.accessKeyId()).isEqualTo("ASIAFIXTUREROLE00001");
			assertThat(credentials.secretAccessKey()).isEqualTo("fixture/secret/access/key/never/show/me0");
			assertThat(credentials.token()).isEqualTo("fixture-session-token-never-show-me==");
			assertThat(credentials.expiration()).isEqualTo("2026-03-01T16:20:00Z");
		});
	}

	@Test
	void credentialsFollowTheRole() {
		assertThat(this.instance.credentials()).isPresent();
		this.simulator.remove("meta-data/iam");
		assertThat(this.instance.credentials()).isEmpty();
		this.simulator.put("meta-data/iam/security-credentials/a+b=c,d.e@f-g_h", """
				{"Code":"Success","AccessKeyId":"id","SecretAccessKey":"secret","Token":"token",\
				"Expiration":"2026-03-01T22:20:00Z"}""");
		assertThat(this.instance.credentials()).map(InstanceCredentials::accessKeyId).hasValue("id");
	}

	@Test
	void credentialsOfRoleThatIsListedButAbsent() {
		this.simulator.wireMock()
			.stubFor(get("/latest/meta-data/iam/security-credentials/").willReturn(ok("detached")));
		assertThat(this.instance.credentials()).isEmpty();
	}

	@Test
	void identityCredentialsInfo() {
		assertThat(this.instance.identityCredentialsInfo()).hasValueSatisfying((info) -> {
			assertThat(info.lastUpdated()).hasValue(RENEWED.plusSeconds(5));
			assertThat(info.accountId()).isEqualTo("123456789012");
		});
		this.simulator.remove("meta-data/identity-credentials");
		assertThat(this.instance.identityCredentialsInfo()).isEmpty();
	}

	@Test
	void spotAction() {
		assertThat(this.instance.spotAction()).isEmpty();
		this.simulator.put("meta-data/spot/instance-action", """
				{"action": "stop", "time": "2026-01-02T03:04:05Z"}""");
		assertThat(this.instance.spotAction())
			.hasValue(SpotAction.of(Map.of("action", "stop", "time", "2026-01-02T03:04:05Z")));
		this.simulator.remove("meta-data/spot");
		assertThat(this.instance.spotAction()).isEmpty();
	}

	@Test
	void rebalanceRecommendation() {
		assertThat(this.instance.rebalanceRecommendation()).isEmpty();
		this.simulator.put("meta-data/events/recommendations/rebalance", """
				{"noticeTime": "2026-01-02T03:04:05Z"}""");
		assertThat(this.instance.rebalanceRecommendation()).map(RebalanceRecommendation::noticeTime)
			.hasValue(Instant.parse("2026-01-02T03:04:05Z"));
	}

	@Test
	void maintenanceEvents() {
		assertThat(this.instance.maintenanceEvents()).isEmpty();
		this.simulator.put("meta-data/events/maintenance/scheduled", """
				[ {
				  "NotBefore" : "21 Jan 2019 09:00:43 GMT",
				  "Code" : "system-reboot",
				  "Description" : "scheduled reboot",
				  "EventId" : "instance-event-0d59937288b749b32",
				  "NotAfter" : "21 Jan 2019 09:17:23 GMT",
				  "NotBeforeDeadline" : "1 Feb 2019 00:00:00 GMT",
				  "State" : "active"
				} ]""");
		assertThat(this.instance.maintenanceEvents()).singleElement().satisfies((event) -> {
			assertThat(event.eventId()).isEqualTo("instance-event-0d59937288b749b32");
			assertThat(event.code()).isEqualTo("system-reboot");
			assertThat(event.description()).hasValue("scheduled reboot");
			assertThat(event.state()).isEqualTo("active");
			assertThat(event.notBefore()).hasValue(Instant.parse("2019-01-21T09:00:43Z"));
			assertThat(event.notAfter()).hasValue(Instant.parse("2019-01-21T09:17:23Z"));
			assertThat(event.notBeforeDeadline()).hasValue(Instant.parse("2019-02-01T00:00:00Z"));
		});
		assertThat(this.instance.maintenanceHistory()).isEmpty();
	}

	@Test
	void maintenanceHistory() {
		assertThat(this.instance.maintenanceHistory()).isEmpty();
		this.simulator.put("meta-data/events/maintenance/history", """
				[{"EventId": "b", "Code": "instance-stop", "State": "completed"},
				 {"EventId": "a", "Code": "instance-reboot", "State": "canceled"}]""");
		assertThat(this.instance.maintenanceHistory()).extracting(MaintenanceEvent::eventId).containsExactly("b", "a");
		assertThat(this.instance.maintenanceEvents()).isEmpty();
	}

	@Test
	void maintenanceThatIsAbsent() {
		this.simulator.remove("meta-data/events");
		assertThat(this.instance.maintenanceEvents()).isEmpty();
		assertThat(this.instance.maintenanceHistory()).isEmpty();
	}

	@Test
	void targetLifecycleState() {
		assertThat(this.instance.targetLifecycleState()).hasValue("InService");
		this.simulator.put("meta-data/autoscaling/target-lifecycle-state", "Terminated");
		assertThat(this.instance.targetLifecycleState()).hasValue("Terminated");
		this.simulator.remove("meta-data/autoscaling");
		assertThat(this.instance.targetLifecycleState()).isEmpty();
	}

}
