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
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the documents and notices that {@link InstanceMetadata} reads from a
 * simulated instance.
 */
class InstanceMetadataDocumentsTests extends AbstractInstanceMetadataTests {

	private static final Instant RENEWED = Instant.parse("2026-03-01T10:00:00Z");

	InstanceMetadataDocumentsTests(ImdsSimulator simulator) {
		super(simulator);
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
