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
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.CapturedLog;
import io.github.imds.ImdsResponseException;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InstanceMetadata} with answers that are errors, incomplete, or not
 * what was expected.
 */
class InstanceMetadataOddAnswersTests extends AbstractInstanceMetadataTests {

	private static final String DOCUMENT = "dynamic/instance-identity/document";

	private static final String IAM_INFO = "meta-data/iam/info";

	private static final String CREDENTIALS = "meta-data/iam/security-credentials/orders-service";

	private static final String IDENTITY_INFO = "meta-data/identity-credentials/ec2/info";

	private static final String SPOT = "meta-data/spot/instance-action";

	private static final String REBALANCE = "meta-data/events/recommendations/rebalance";

	private static final String SCHEDULED = "meta-data/events/maintenance/scheduled";

	InstanceMetadataOddAnswersTests(ImdsSimulator simulator) {
		super(simulator);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>never-show-me</html>", "null", "\"never-show-me\"", "42",
			"{\"never-show-me\": ", "{} never-show-me", "[{}" })
	void notJson(String body) {
		for (String path : List.of(DOCUMENT, IAM_INFO, CREDENTIALS, IDENTITY_INFO, SPOT, REBALANCE, SCHEDULED)) {
			this.simulator.put(path, body);
		}
		assertNotJson(DOCUMENT, this.instance::identityDocument);
		assertNotJson(DOCUMENT, this.instance::accountId);
		assertNotJson(IAM_INFO, this.instance::iamInfo);
		assertNotJson(CREDENTIALS, this.instance::credentials);
		assertNotJson(IDENTITY_INFO, this.instance::identityCredentialsInfo);
		assertNotJson(SPOT, this.instance::spotAction);
		assertNotJson(REBALANCE, this.instance::rebalanceRecommendation);
		assertNotJson(SCHEDULED, this.instance::maintenanceEvents);
	}

	@Test
	void arrayInPlaceOfObjectAndViceVersa() {
		this.simulator.put(SPOT, "[]").put(SCHEDULED, "{}");
		assertNotJson(SPOT, this.instance::spotAction);
		assertNotJson(SCHEDULED, this.instance::maintenanceEvents);
	}

	private static void assertNotJson(String path, ThrowingCallable accessor) {
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(accessor)
			.withMessageStartingWith("'" + path + "' is not JSON")
			.satisfies(InstanceMetadataOddAnswersTests::holdsNoSecret);
	}

	@Test
	void withoutWhatItAlwaysHas() {
		for (String path : List.of(DOCUMENT, IAM_INFO, CREDENTIALS, IDENTITY_INFO, SPOT, REBALANCE)) {
			this.simulator.put(path, "{}");
		}
		this.simulator.put(SCHEDULED, "[{}]");
		assertWrong("'%s' has no 'accountId'".formatted(DOCUMENT), this.instance.identityDocument()::accountId);
		assertWrong("'%s' has no 'InstanceProfileArn'".formatted(IAM_INFO),
				this.instance.iamInfo().orElseThrow()::instanceProfileArn);
		assertWrong("'meta-data/iam/security-credentials' has no 'AccessKeyId'",
				this.instance.credentials().orElseThrow()::accessKeyId);
		assertWrong("'%s' has no 'AccountId'".formatted(IDENTITY_INFO),
				this.instance.identityCredentialsInfo().orElseThrow()::accountId);
		assertWrong("'%s' has no 'action'".formatted(SPOT), this.instance.spotAction().orElseThrow()::action);
		assertWrong("'%s' has no 'noticeTime'".formatted(REBALANCE),
				this.instance.rebalanceRecommendation().orElseThrow()::noticeTime);
		assertThat(this.instance.maintenanceEvents()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"", "{}", "[]", "[\"never-show-me\"]", "{\"x\": \"never-show-me\"}" })
	void ofAnotherType(String value) {
		this.simulator.put(SPOT, "{\"action\": \"stop\", \"time\": %s}".formatted(value));
		assertWrong("'%s' has no 'time'".formatted(SPOT), this.instance.spotAction().orElseThrow()::time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "never-show-me", "2026-01-02", "2026-01-02T03:04:05", "32 Jan 2019 09:00:43 GMT",
			"21 Jan 2019 09:00:43", "21 Jan 2019", "1767323045", " " })
	void notATime(String time) {
		this.simulator.put(SPOT, "{\"action\": \"stop\", \"time\": \"%s\"}".formatted(time));
		SpotAction action = this.instance.spotAction().orElseThrow();
		assertWrong("'time' in '%s' is not a time".formatted(SPOT), action::time);
		assertThat(action.action()).isEqualTo("stop");
	}

	@Test
	@ExtendWith(CapturedLog.Extension.class)
	void unreadableMaintenanceEventHidesNoOther(CapturedLog log) {
		this.simulator.put(SCHEDULED, """
				[null, 1, "never-show-me", [], {"EventId": "no-code"},
				{"EventId": "odd", "Code": "system-reboot", "State": "active", "NotBefore": "never-show-me"},
				{"EventId": "good", "Code": "instance-stop", "State": "active",
				"NotBefore": "21 Jan 2019 09:00:43 GMT"}]""");
		List<MaintenanceEvent> events = this.instance.maintenanceEvents();
		assertThat(events).extracting(MaintenanceEvent::eventId).containsExactly("odd", "good");
		assertThat(events).extracting(MaintenanceEvent::notBefore)
			.containsExactly(Optional.empty(), Optional.of(Instant.parse("2019-01-21T09:00:43Z")));
		this.instance.maintenanceEvents();
		assertThat(log.warnings()).containsExactlyInAnyOrder(
				"Left out a maintenance event without 'EventId', 'Code' or 'State' in '" + SCHEDULED + "'",
				"A maintenance event in '" + SCHEDULED + "' has a time that cannot be read. The time is left out");
	}

	@Test
	void documentWithoutZoneHasAccount() {
		this.simulator.put(DOCUMENT, """
				{"accountId": "123456789012", "availabilityZone": null, "pendingTime": "never-show-me"}""");
		assertThat(this.instance.accountId()).isEqualTo("123456789012");
		assertWrong("'%s' has no 'availabilityZone'".formatted(DOCUMENT),
				this.instance.identityDocument()::availabilityZone);
		assertWrong("'pendingTime' in '%s' is not a time".formatted(DOCUMENT),
				this.instance.identityDocument()::pendingTime);
	}

	@Test
	void errorsInPlaceOfCredentials() {
		assertReported(CREDENTIALS, InstanceMetadata::credentials);
		assertReported(IAM_INFO, InstanceMetadata::iamInfo);
		assertReported(IDENTITY_INFO, InstanceMetadata::identityCredentialsInfo);
	}

	private void assertReported(String path, Function<InstanceMetadata, Object> accessor) {
		this.simulator.put(path, """
				{"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role orders-service.",
				"LastUpdated": "2026-03-01T10:00:00Z", "Token": "never-show-me"}""");
		assertWrong("AWS reports an error in place of '%s': AssumeRoleUnauthorizedAccess: ".formatted(path)
				+ "EC2 cannot assume the role orders-service.", () -> accessor.apply(this.instance));
		this.simulator.put(path, "{\"Code\": \"Failed\", \"Message\": null}");
		assertWrong("AWS reports an error in place of '%s': Failed".formatted(path),
				() -> accessor.apply(this.instance));
	}

	private static void assertWrong(String message, ThrowingCallable accessor) {
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(accessor)
			.withMessage(message)
			.withNoCause()
			.satisfies(InstanceMetadataOddAnswersTests::holdsNoSecret);
	}

	private static void holdsNoSecret(Throwable failure) {
		assertThat(Throwables.getStackTrace(failure)).doesNotContain("never-show-me", "never/show/me", "ASIAFIXTURE");
	}

	@Test
	void unfinishedCredentialsAreNotShown() {
		this.simulator.put(CREDENTIALS, """
				{"Code": "Success", "AccessKeyId": "ASIAFIXTUREROLE00001", "SecretAccessKey": "never-show-me",
				"Token": "", "Expiration": "never-show-me"}""");
		InstanceCredentials credentials = this.instance.credentials().orElseThrow();
		assertWrong("'meta-data/iam/security-credentials' has no 'Token'", credentials::token);
		assertWrong("'Expiration' in 'meta-data/iam/security-credentials' is not a time", credentials::expiration);
	}

	@Test
	void unknownFieldsAreIgnored() {
		this.simulator.put(SPOT, """
				{"action": "pause", "time": "2026-01-02T03:04:05Z", "reason": {"since": ["2030"]}, "priority": 1}""");
		SpotAction action = this.instance.spotAction().orElseThrow();
		assertThat(action.action()).isEqualTo("pause");
		assertThat(action.time()).isEqualTo("2026-01-02T03:04:05Z");
	}

	@Test
	void valuesThatAwsHasNotIntroducedYet() {
		this.simulator.put("meta-data/instance-life-cycle", "leased")
			.put("meta-data/autoscaling/target-lifecycle-state", "Warmed:Frozen");
		assertThat(this.instance.lifeCycle()).hasValue("leased");
		assertThat(this.instance.targetLifecycleState()).hasValue("Warmed:Frozen");
	}

	@Test
	void maintenanceEventWithoutTimes() {
		this.simulator.put(SCHEDULED, """
				[{"EventId": "id", "Code": "instance-retirement", "State": "active", "Description": "",
				"NotBefore": "", "NotAfter": null}]""");
		assertThat(this.instance.maintenanceEvents()).singleElement().satisfies((event) -> {
			assertThat(event.description()).isEmpty();
			assertThat(event.notBefore()).isEmpty();
			assertThat(event.notAfter()).isEmpty();
			assertThat(event.notBeforeDeadline()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "21 Jan 2019 09:00:43 GMT", "Mon, 21 Jan 2019 09:00:43 GMT", "21 Jan 2019 10:00:43 +0100",
			"2019-01-21T09:00:43Z", "2019-01-21T09:00:43.000Z" })
	@ResourceLock(Resources.LOCALE)
	void timesDoNotDependOnLocale(String time) {
		this.simulator.put(SCHEDULED, """
				[{"EventId": "id", "Code": "system-reboot", "State": "active", "NotBefore": "%s"}]""".formatted(time));
		Locale locale = Locale.getDefault();
		try {
			for (String tag : List.of("en-US", "de-DE", "tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist", "ja-JP")) {
				Locale.setDefault(Locale.forLanguageTag(tag));
				assertThat(this.instance.maintenanceEvents()).extracting(MaintenanceEvent::notBefore)
					.containsExactly(Optional.of(Instant.parse("2019-01-21T09:00:43Z")));
			}
		}
		finally {
			Locale.setDefault(locale);
		}
	}

	@Test
	void identityDocumentWithProductCodes() {
		this.simulator.put(DOCUMENT, """
				{"accountId": "123456789012", "architecture": "x86_64", "availabilityZone": "us-west-2b",
				"billingProducts": ["bp-6fa54006"], "devpayProductCodes": null, "marketplaceProductCodes":
				["1abc2defghijklm3nopqrs4tu", null, ""], "imageId": "ami-5fb8c835", "instanceId": "i-1", "instanceType":
				"t2.micro", "kernelId": "aki-1", "ramdiskId": "", "pendingTime": "2016-11-19T16:32:11Z",
				"region": "us-west-2", "version": "2017-09-30"}""");
		IdentityDocument document = this.instance.identityDocument();
		assertThat(document.billingProducts()).containsExactly("bp-6fa54006");
		assertThat(document.devpayProductCodes()).isEmpty();
		assertThat(document.marketplaceProductCodes()).containsExactly("1abc2defghijklm3nopqrs4tu");
		assertThat(document.kernelId()).hasValue("aki-1");
		assertThat(document.ramdiskId()).isEmpty();
		assertThat(document.privateIp()).isEmpty();
	}

	@Test
	void credentialsAreNotShown() {
		assertThat(this.instance.credentials().orElseThrow()).asString()
			.contains("Code=Success", "Type=AWS-HMAC", "Expiration=2026-03-01T16:20:00Z", "Token=******")
			.doesNotContain("never-show-me", "never/show/me", "ASIAFIXTURE");
	}

	@Test
	void nothingElseShowsSecrets() {
		this.instance.credentials();
		assertThat(this.instance.toString() + this.instance.iamInfo() + this.instance.identityCredentialsInfo()
				+ this.instance.identityDocument() + this.instance.networkInterfaces() + this.instance.tags())
			.doesNotContain("never-show-me", "never/show/me", "ASIAFIXTURE");
	}

}
