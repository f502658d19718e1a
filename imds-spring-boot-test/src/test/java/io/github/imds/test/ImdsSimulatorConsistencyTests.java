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

package io.github.imds.test;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import com.github.tomakehurst.wiremock.common.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wiremock.com.fasterxml.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that {@link ImdsSimulator} simulates one instance: a fact that changes in one
 * place changes in all.
 */
class ImdsSimulatorConsistencyTests {

	private static final String INTERFACE = "network/interfaces/macs/0a:1b:2c:3d:4e:5f/";

	private static final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void reset() {
		simulator.reset();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@ParameterizedTest
	@CsvSource({ "us-east-1, us-east-1b, use1-az2, ip-10-0-1-36.ec2.internal, ec2-203-0-113-25.compute-1.amazonaws.com",
			"ap-southeast-2, ap-southeast-2b, apse2-az2, ip-10-0-1-36.ap-southeast-2.compute.internal, "
					+ "ec2-203-0-113-25.ap-southeast-2.compute.amazonaws.com" })
	void regionMovesZoneHostNamesAndDocument(String region, String zone, String zoneId, String hostname,
			String publicHostname) {
		simulator.put("placement/region", region);
		assertThat(text("placement/availability-zone")).isEqualTo(zone);
		assertThat(text("placement/availability-zone-id")).isEqualTo(zoneId);
		assertThat(document()).containsEntry("region", region).containsEntry("availabilityZone", zone);
		assertThat(text("hostname")).isEqualTo(hostname);
		assertThat(text("local-hostname")).isEqualTo(hostname);
		assertThat(text(INTERFACE + "local-hostname")).isEqualTo(hostname);
		assertThat(text("public-hostname")).isEqualTo(publicHostname);
		assertThat(text(INTERFACE + "public-hostname")).isEqualTo(publicHostname);
	}

	@Test
	void regionOfAnotherPartitionChangesServicesAndArn() {
		simulator.region("cn-northwest-1");
		assertThat(text("services/domain")).isEqualTo("amazonaws.com.cn");
		assertThat(text("services/partition")).isEqualTo("aws-cn");
		assertThat(text("iam/info")).contains("arn:aws-cn:iam::123456789012:");
		assertThat(text("placement/availability-zone-id")).isEqualTo("cnnw1-az2");
	}

	@ParameterizedTest
	@CsvSource({ "us-west-2c, us-west-2, usw2-az3", "us-west-2-lax-1a, us-west-2, usw2-lax1-az1",
			"us-gov-east-1a, us-gov-east-1, usge1-az1", "eu-west-1a, eu-west-1, euw1-az1",
			"us-east-1-wl1-bos-wlz-1, us-east-1, use1-wl1-bos-wlz1" })
	void zoneMovesRegionAndId(String zone, String region, String zoneId) {
		simulator.put("meta-data/placement/availability-zone", zone);
		assertThat(text("placement/region")).isEqualTo(region);
		assertThat(text("placement/availability-zone-id")).isEqualTo(zoneId);
		assertThat(document()).containsEntry("region", region).containsEntry("availabilityZone", zone);
	}

	@ParameterizedTest
	@CsvSource({ "use1-az6, us-east-1, us-east-1b", "usgw1-az1, us-gov-west-1, us-gov-west-1b",
			"euw1-az3, eu-west-1, eu-west-1b" })
	void zoneIdMovesRegionAndZone(String zoneId, String region, String zone) {
		simulator.put("placement/availability-zone-id", zoneId);
		assertThat(text("placement/availability-zone-id")).isEqualTo(zoneId);
		assertThat(text("placement/region")).isEqualTo(region);
		assertThat(text("placement/availability-zone")).isEqualTo(zone);
		assertThat(document()).containsEntry("region", region).containsEntry("availabilityZone", zone);
	}

	@Test
	void zoneAfterRegionIsKept() {
		simulator.put("placement/availability-zone", "us-east-1d").put("placement/region", "us-east-1");
		assertThat(text("placement/availability-zone")).isEqualTo("us-east-1d");
	}

	@Test
	void identityIsThatOfTheDocument() {
		simulator.instanceId("i-1").instanceType("c5.large").put("ami-id", "ami-1");
		assertThat(document()).containsEntry("instanceId", "i-1")
			.containsEntry("instanceType", "c5.large")
			.containsEntry("architecture", "x86_64")
			.containsEntry("imageId", "ami-1");
		assertThat(document().keySet()).containsExactly("accountId", "architecture", "availabilityZone",
				"billingProducts", "devpayProductCodes", "marketplaceProductCodes", "imageId", "instanceId",
				"instanceType", "kernelId", "pendingTime", "privateIp", "ramdiskId", "region", "version");
	}

	@ParameterizedTest
	@CsvSource({ "a1.medium, arm64", "t4g.nano, arm64", "c6gn.large, arm64", "im4gn.large, arm64", "g5g.xlarge, arm64",
			"g4dn.xlarge, x86_64", "m5.large, x86_64", "u7i-12tb.224xlarge, x86_64", "p6e-gb200.36xlarge, arm64",
			"mac2.metal, arm64_mac", "mac1.metal, x86_64_mac" })
	void architectureIsThatOfTheType(String type, String architecture) {
		assertThat(simulator.instanceType(type)).isSameAs(simulator);
		assertThat(document()).containsEntry("architecture", architecture);
	}

	@Test
	void accountOwnsEverything() {
		simulator.accountId("210987654321");
		assertThat(document()).containsEntry("accountId", "210987654321");
		assertThat(text("iam/info")).contains("arn:aws:iam::210987654321:instance-profile/orders-service");
		assertThat(text("identity-credentials/ec2/info")).contains("\"AccountId\": \"210987654321\"");
		assertThat(text(INTERFACE + "owner-id")).isEqualTo("210987654321");
		assertThat(text("network/interfaces/macs/0a:1b:2c:3d:4e:60/owner-id")).isEqualTo("210987654321");
		assertThatIllegalArgumentException().isThrownBy(() -> simulator.accountId("42"));
	}

	@Test
	void accountFollowsRoleAndInterface() {
		simulator.put("iam/info", text("iam/info").replace("123456789012", "111111111111"));
		assertThat(document()).containsEntry("accountId", "111111111111");
		simulator.put("meta-data/" + INTERFACE + "owner-id", "222222222222");
		assertThat(document()).containsEntry("accountId", "222222222222");
		assertThat(text("iam/info")).contains("222222222222");
	}

	@Test
	void documentThatIsPutChangesTheRest() {
		String document = text("/dynamic/instance-identity/document").replace("eu-west-1", "us-east-2")
			.replace("i-0123456789abcdef0", "i-2")
			.replace("123456789012", "333333333333")
			.replace("10.0.1.36", "10.0.1.99");
		simulator.put("dynamic/instance-identity/document", document);
		assertThat(text("/dynamic/instance-identity/document")).isEqualTo(document);
		assertThat(text("placement/region")).isEqualTo("us-east-2");
		assertThat(text("placement/availability-zone")).isEqualTo("us-east-2b");
		assertThat(text("instance-id")).isEqualTo("i-2");
		assertThat(text("local-ipv4")).isEqualTo("10.0.1.99");
		assertThat(text(INTERFACE + "local-ipv4s")).isEqualTo("10.0.1.99\n10.0.1.37");
		assertThat(text("iam/info")).contains("333333333333");
	}

	@Test
	void documentThatIsNonsenseChangesNothingElse() {
		simulator.put("dynamic/instance-identity/document", "{never");
		assertThat(text("/dynamic/instance-identity/document")).isEqualTo("{never");
		assertThat(text("placement/region")).isEqualTo("eu-west-1");
		simulator.region("us-east-1");
		assertThat(text("/dynamic/instance-identity/document")).isEqualTo("{never");
	}

	@Test
	void privateAddressIsThatOfInterfaceNamesAndDocument() {
		simulator.put("local-ipv4", "10.0.7.8");
		assertThat(document()).containsEntry("privateIp", "10.0.7.8");
		assertThat(text(INTERFACE + "local-ipv4s")).isEqualTo("10.0.7.8\n10.0.1.37");
		assertThat(text(INTERFACE + "ipv4-associations/203.0.113.25")).isEqualTo("10.0.7.8");
		assertThat(text(INTERFACE + "subnet-ipv4-cidr-block")).isEqualTo("10.0.7.0/24");
		assertThat(text(INTERFACE + "vpc-ipv4-cidr-blocks")).isEqualTo("10.0.0.0/16\n100.64.0.0/16");
		assertThat(text("hostname")).isEqualTo("ip-10-0-7-8.eu-west-1.compute.internal");
		simulator.put("local-ipv4", "192.168.3.4");
		assertThat(text(INTERFACE + "vpc-ipv4-cidr-blocks")).endsWith("\n192.168.0.0/16");
		simulator.put("meta-data/" + INTERFACE + "local-ipv4s", "192.168.3.5\n192.168.3.6");
		assertThat(text("local-ipv4")).isEqualTo("192.168.3.5");
		assertThat(document()).containsEntry("privateIp", "192.168.3.5");
	}

	@Test
	void publicAddressComesChangesAndGoes() {
		simulator.put("public-ipv4", "198.51.100.7");
		assertThat(text("public-hostname")).isEqualTo("ec2-198-51-100-7.eu-west-1.compute.amazonaws.com");
		assertThat(text(INTERFACE + "public-ipv4s")).isEqualTo("198.51.100.7");
		assertThat(text(INTERFACE + "ipv4-associations/")).isEqualTo("198.51.100.7");
		simulator.remove("public-ipv4");
		assertAbsent("public-hostname", INTERFACE + "public-hostname", INTERFACE + "public-ipv4s",
				INTERFACE + "ipv4-associations/");
		simulator.put("public-ipv4", "203.0.113.9");
		assertThat(text("public-hostname")).isEqualTo("ec2-203-0-113-9.eu-west-1.compute.amazonaws.com");
		assertThat(text(INTERFACE + "ipv4-associations/203.0.113.9")).isEqualTo("10.0.1.36");
	}

	@Test
	void ipv6AddressIsThatOfTheInterface() {
		simulator.put("ipv6", "2001:db8:9:1::5");
		assertThat(text(INTERFACE + "ipv6s")).isEqualTo("2001:db8:9:1::5");
		assertThat(text(INTERFACE + "subnet-ipv6-cidr-blocks")).isEqualTo("2001:db8:9:1::/64");
		simulator.remove("ipv6");
		assertAbsent(INTERFACE + "ipv6s", INTERFACE + "subnet-ipv6-cidr-blocks");
	}

	@Test
	void primaryInterfaceIsThatOfTheMac() {
		simulator.put("mac", "02:00:00:00:00:01");
		assertThat(text("network/interfaces/macs/")).isEqualTo("02:00:00:00:00:01/\n0a:1b:2c:3d:4e:60/");
		assertThat(text("network/interfaces/macs/02:00:00:00:00:01/mac")).isEqualTo("02:00:00:00:00:01");
	}

	@Test
	void securityGroupsAndNamesAreThoseOfTheInterface() {
		simulator.put("security-groups", "a\nb").put("meta-data/" + INTERFACE + "local-hostname", "host.example");
		assertThat(text(INTERFACE + "security-groups")).isEqualTo("a\nb");
		assertThat(text("hostname")).isEqualTo("host.example");
		assertThat(text("local-hostname")).isEqualTo("host.example");
	}

	@Test
	void onDemandInstanceHasNoSpotNotices() {
		simulator.interruptSpot("stop", Instant.EPOCH).recommendRebalance(Instant.EPOCH).onDemand();
		assertThat(text("instance-life-cycle")).isEqualTo("on-demand");
		assertAbsent("spot/", "events/recommendations/");
		assertThat(text(simulator.spot(), "instance-life-cycle")).isEqualTo("spot");
	}

	@Test
	void instanceWithoutRoleHasNoCredentials() {
		simulator.noRole();
		assertAbsent("iam/", "iam/info", "iam/security-credentials/");
	}

	@Test
	void tagsAreReplacedAsAWhole() {
		simulator.tags(Map.of("Stage", "test"));
		assertThat(text("tags/instance/")).isEqualTo("Stage");
		simulator.tags(Map.of());
		assertAbsent("tags/");
	}

	@Test
	void ipv6OnlyInstanceHasNoIpv4Address() {
		simulator.ipv6Only();
		assertAbsent("local-ipv4", "public-ipv4", "public-hostname", INTERFACE + "local-ipv4s",
				INTERFACE + "public-ipv4s", INTERFACE + "subnet-ipv4-cidr-block");
		assertThat(text("network/interfaces/macs/")).isEqualTo("0a:1b:2c:3d:4e:5f/");
		assertThat(text("hostname")).isEqualTo("i-0123456789abcdef0.eu-west-1.compute.internal");
		assertThat(document()).containsEntry("privateIp", null);
		assertThat(text("ipv6")).isEqualTo(text(INTERFACE + "ipv6s"));
		simulator.instanceId("i-9").region("us-east-1");
		assertThat(text("hostname")).isEqualTo("i-9.ec2.internal");
	}

	@Test
	void placesThatAnInstanceLacksAreNotAdded() {
		try (ImdsSimulator small = ImdsSimulator.builder()
			.tree(Map.of("instance-id", "i-1", "placement/region", "eu-west-1"))
			.start()) {
			small.instanceId("i-2").region("us-east-1").instanceType("t3.nano").put("local-ipv4", "10.0.0.1");
			assertThat(text(small, "")).isEqualTo("instance-id\ninstance-type\nlocal-ipv4\nplacement/");
			assertThat(text(small, "placement/")).isEqualTo("region");
			assertThat(text(small, "/")).isEqualTo("meta-data");
		}
	}

	@Test
	void changedDocumentIsSignedAnew() throws Exception {
		simulator.region("us-east-1");
		X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(ImdsSimulator.class.getResourceAsStream("identity-certificate.pem"));
		byte[] document = text("/dynamic/instance-identity/document").getBytes(StandardCharsets.UTF_8);
		byte[] signature = Base64.getMimeDecoder().decode(text("/dynamic/instance-identity/signature"));
		Signature verifier = Signature.getInstance("SHA256withRSA");
		verifier.initVerify(certificate);
		verifier.update(document);
		assertThat(verifier.verify(signature)).isTrue();
		String message = HexFormat.of()
			.formatHex(Base64.getMimeDecoder().decode(text("/dynamic/instance-identity/rsa2048")));
		assertThat(message).contains(HexFormat.of().formatHex(document))
			.contains(HexFormat.of().formatHex(certificate.getEncoded()))
			.endsWith(HexFormat.of().formatHex(signature));
		String sha1 = HexFormat.of()
			.formatHex(Base64.getMimeDecoder().decode(text("/dynamic/instance-identity/pkcs7")));
		assertThat(sha1).contains(HexFormat.of().formatHex(document)).isNotEqualTo(message);
	}

	@Test
	void signatureThatIsPutIsKept() {
		simulator.put("dynamic/instance-identity/signature", "forged");
		assertThat(text("/dynamic/instance-identity/signature")).isEqualTo("forged");
	}

	private static Map<String, Object> document() {
		return Json.read(text("/dynamic/instance-identity/document"), new TypeReference<Map<String, Object>>() {
		});
	}

	private static void assertAbsent(String... paths) {
		assertThat(paths).allSatisfy(
				(path) -> assertThat(RawHttp.get(simulator, "/latest/meta-data/" + path).status()).isEqualTo(404));
	}

	private static String text(String path) {
		return text(simulator, path);
	}

	private static String text(ImdsSimulator instance, String path) {
		return RawHttp.get(instance, "/latest" + (path.startsWith("/") ? path : "/meta-data/" + path)).text();
	}

}
