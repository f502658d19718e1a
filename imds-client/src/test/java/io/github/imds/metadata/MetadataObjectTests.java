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

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.ImdsResponseException;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the objects of {@link InstanceMetadata} as values of their own.
 */
@SimulatedInstance
class MetadataObjectTests {

	private static final String DOCUMENT = "dynamic/instance-identity/document";

	private final JsonMapper mapper = new JsonMapper();

	@Test
	void clientReadsObjectsAsJson(ImdsSimulator simulator) {
		simulator.put("meta-data/spot/instance-action", "{\"action\": \"stop\", \"time\": \"2026-01-02T03:04:05Z\"}");
		try (ImdsClient client = PatientClient.of(simulator)) {
			IdentityDocument document = client.get(DOCUMENT, IdentityDocument.class).orElseThrow();
			assertThat(document).isEqualTo(InstanceMetadata.of(client).identityDocument());
			assertThat(document.billingProducts()).isEmpty();
			assertThat(document.marketplaceProductCodes()).isEmpty();
			assertThat(document.kernelId()).isEmpty();
			assertThat(client.get("meta-data/spot/instance-action", SpotAction.class)).map(SpotAction::time)
				.hasValue(Instant.parse("2026-01-02T03:04:05Z"));
		}
	}

	@Test
	void testBuildsThemFromWhatItNeeds() {
		IdentityDocument document = IdentityDocument.of(Map.of("accountId", "123456789012"));
		assertThat(document.accountId()).isEqualTo("123456789012");
		assertThat(document.billingProducts()).isEmpty();
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(document::region)
			.withMessage("'" + DOCUMENT + "' has no 'region'");
		NetworkInterface networkInterface = NetworkInterface.of("0a:1b:2c:3d:4e:5f",
				Map.of("device-number", 2, "local-ipv4s", List.of("10.0.0.1")));
		assertThat(networkInterface.mac()).isEqualTo("0a:1b:2c:3d:4e:5f");
		assertThat(networkInterface.deviceNumber()).hasValue(2);
		assertThat(networkInterface.localIpv4s()).containsExactly("10.0.0.1");
	}

	@Test
	void equalValuesMakeEqualObjects() {
		Map<String, String> values = Map.of("AccountId", "123456789012");
		assertThat(IdentityCredentialsInfo.of(values)).isEqualTo(IdentityCredentialsInfo.of(values))
			.hasSameHashCodeAs(IdentityCredentialsInfo.of(values))
			.isNotEqualTo(IdentityCredentialsInfo.of(Map.of()))
			.isNotEqualTo(IamInfo.of(values))
			.isNotEqualTo(null)
			.hasToString("IdentityCredentialsInfo{AccountId=123456789012}");
	}

	@Test
	void writesValuesAsAwsNamesThem() {
		String json = this.mapper.writeValueAsString(SpotAction.of(Map.of("action", "stop")));
		assertThat(json).isEqualTo("{\"action\":\"stop\"}");
		assertThat(this.mapper.readValue(json, SpotAction.class).action()).isEqualTo("stop");
	}

	@Test
	void writesNoCredentials() {
		InstanceCredentials credentials = InstanceCredentials
			.of(Map.of("Type", "AWS-HMAC", "SecretAccessKey", "never-show-me", "Novel", "never-show-me"));
		assertThat(this.mapper.writeValueAsString(credentials)).contains("AWS-HMAC").doesNotContain("never-show-me");
		assertThat(credentials).asString().contains("AWS-HMAC").doesNotContain("never-show-me");
		assertThat(credentials.secretAccessKey()).isEqualTo("never-show-me");
	}

}
