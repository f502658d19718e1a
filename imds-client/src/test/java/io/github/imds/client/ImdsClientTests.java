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

package io.github.imds.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsResponseException;
import io.github.imds.client.http.ImdsResponse;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ImdsClient} against a simulated instance.
 */
class ImdsClientTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ImdsClient client = ImdsClient.builder().endpoints(this.simulator.endpoint()).build();

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void readsText() {
		assertThat(this.client.get("meta-data/instance-id")).contains("i-0123456789abcdef0");
		assertThat(this.client.get("/latest/meta-data/tags/instance/Owner")).contains("Zoë Ångström, 東京");
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
				"GET /latest/meta-data/instance-id", "GET /latest/meta-data/tags/instance/Owner");
	}

	@Test
	void absentMetadataIsEmpty() {
		assertThat(this.client.get("meta-data/spot/instance-action")).isEmpty();
		assertThat(this.client.getBytes("meta-data/kernel-id")).isEmpty();
		assertThat(this.client.stream("meta-data/kernel-id")).isEmpty();
		assertThat(this.client.get("meta-data/events/recommendations/rebalance", Map.class)).isEmpty();
		assertThat(this.client.list("meta-data/spot")).isEmpty();
	}

	@Test
	void readsBytesAsTheyAre() {
		byte[] gzip = { 0x1f, (byte) 0x8b, 0, (byte) 0xff, '\r', '\n', (byte) 0xfe, 0 };
		this.simulator.put("user-data", gzip);
		assertThat(this.client.getBytes("user-data")).contains(gzip);
	}

	@Test
	void streamsBytesAsTheyAre() throws IOException {
		byte[] large = new byte[3 * ImdsResponse.MAX_BODY_SIZE];
		for (int i = 0; i < large.length; i++) {
			large[i] = (byte) (i * 31);
		}
		this.simulator.put("user-data", large);
		try (InputStream stream = this.client.stream("user-data").orElseThrow()) {
			assertThat(stream.readAllBytes()).isEqualTo(large);
		}
	}

	@Test
	void aStreamMayBeLeftUnread() throws IOException {
		this.simulator.put("user-data", new byte[3 * ImdsResponse.MAX_BODY_SIZE]);
		try (InputStream stream = this.client.stream("user-data").orElseThrow()) {
			assertThat(stream.read()).isZero();
		}
		assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
	}

	@Test
	void refusesToHoldAHugeBodyInMemory() {
		this.simulator.put("user-data", new byte[ImdsResponse.MAX_BODY_SIZE + 1]);
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> this.client.getBytes("user-data"))
			.withMessageContaining("/latest/user-data is larger than 1048576 bytes");
		assertThat(this.simulator.valueRequests()).isEqualTo(1);
	}

	@Test
	void readsJsonIntoAType() {
		assertThat(this.client.get("dynamic/instance-identity/document", IdentityDocument.class))
			.contains(new IdentityDocument("123456789012", "eu-west-1", null));
		assertThat(this.client.get("meta-data/iam/info", IamInfo.class))
			.contains(new IamInfo("Success", "AIPAABCDEFGHIJKLMN123"));
	}

	@Test
	void invalidJsonIsAnErrorThatDoesNotQuoteIt() {
		this.simulator.put("meta-data/iam/info", "{never-show-me");
		assertThatExceptionOfType(ImdsResponseException.class)
			.isThrownBy(() -> this.client.get("meta-data/iam/info", IamInfo.class))
			.withMessage("'meta-data/iam/info' is not JSON of type " + IamInfo.class.getName())
			.withNoCause();
		this.simulator.put("meta-data/iam/info", "null");
		assertThatExceptionOfType(ImdsResponseException.class)
			.isThrownBy(() -> this.client.get("meta-data/iam/info", IamInfo.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/placement", "meta-data/placement/", "/latest/meta-data/placement/" })
	void listsADirectory(String path) {
		assertThat(this.client.list(path)).containsExactly("availability-zone", "availability-zone-id", "group-name",
				"partition-number", "region");
	}

	@Test
	void listsTheTop() {
		assertThat(this.client.list("")).containsExactly("dynamic", "meta-data", "user-data");
	}

	@Test
	void listsTagKeys() {
		assertThat(this.client.list("meta-data/tags/instance")).containsExactlyInAnyOrder("Environment", "Name",
				"Owner", "aws:autoscaling:groupName", "team:cost.Center");
	}

	@Test
	void anEmptyListingIsAnEmptyList() {
		this.simulator.wireMock()
			.stubFor(com.github.tomakehurst.wiremock.client.WireMock.get("/latest/meta-data/tags/instance/")
				.willReturn(com.github.tomakehurst.wiremock.client.WireMock.ok("")));
		assertThat(this.client.list("meta-data/tags/instance")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "team:owner", "a+b=c,d@e", "cost center", "100%", "a#b", "a?b", "Größe", "%2e%2e", "🚀" })
	void readsTagsWhateverTheirKey(String key) {
		this.simulator.tag(key, "a=b\n${x} 🚀");
		assertThat(this.client.get("meta-data/tags/instance/" + key)).contains("a=b\n${x} 🚀");
	}

	@Test
	void readsADatedVersion() {
		try (ImdsClient dated = ImdsClient.builder()
			.endpoints(this.simulator.endpoint())
			.version("2021-07-15")
			.build()) {
			assertThat(dated.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token", "GET /2021-07-15/meta-data/mac");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "meta-data//mac", "../latest/api/token", "meta-data/mac?x",
			"http://other.example", "meta-data/a\nb" })
	void aBadPathSendsNothing(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.get(path));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.getBytes(path));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.stream(path));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void isAvailable() {
		assertThat(this.client.isAvailable()).isTrue();
		this.simulator.enabled(false);
		assertThat(this.client.isAvailable()).isFalse();
	}

	@Test
	void aClosedClientReadsNothing() {
		this.client.close();
		this.client.close();
		assertThatIllegalStateException().isThrownBy(() -> this.client.get("meta-data/mac"))
			.withMessageContaining("closed");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void keepsItsOwnWayWhenTheJvmUsesAProxy() {
		List<String> settings = List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts");
		try {
			System.setProperty("http.proxyHost", "127.0.0.1");
			System.setProperty("http.proxyPort", "1");
			System.setProperty("http.nonProxyHosts", "");
			assertThat(this.client.get("meta-data/mac")).contains("0a:1b:2c:3d:4e:5f");
		}
		finally {
			settings.forEach(System::clearProperty);
		}
	}

	@Test
	void sendsAnEmptyPutWithItsLength() {
		this.client.get("meta-data/mac");
		var put = this.simulator.wireMock()
			.getAllServeEvents()
			.stream()
			.map((event) -> event.getRequest())
			.filter((request) -> request.getMethod().getName().equals("PUT"))
			.findFirst()
			.orElseThrow();
		assertThat(put.getHeader("Content-Length")).isEqualTo("0");
		assertThat(put.containsHeader("Transfer-Encoding")).isFalse();
		assertThat(put.getHeader("X-aws-ec2-metadata-token-ttl-seconds")).isEqualTo("21600");
		assertThat(new String(put.getBody(), StandardCharsets.UTF_8)).isEmpty();
	}

	record IdentityDocument(String accountId, String region, String kernelId) {

	}

	record IamInfo(String code, String instanceProfileId) {

	}

}
