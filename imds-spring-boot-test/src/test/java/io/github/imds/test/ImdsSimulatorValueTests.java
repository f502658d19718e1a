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

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.github.tomakehurst.wiremock.common.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wiremock.com.fasterxml.jackson.core.type.TypeReference;

import io.github.imds.test.RawHttp.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the values and listings that {@link ImdsSimulator} serves.
 */
class ImdsSimulatorValueTests {

	private static final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void reset() {
		simulator.reset();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@Test
	void valueIsServedAsPlainTextOfKnownLength() {
		Answer answer = RawHttp.get(simulator, "/latest/meta-data/instance-id");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text()).isEqualTo("i-0123456789abcdef0");
		assertThat(answer.headers()).containsOnlyKeys("Content-Type", "Content-Length", "Server", "Connection");
		assertThat(answer.header("Content-Type")).containsExactly("text/plain");
		assertThat(answer.header("Content-Length")).containsExactly("19");
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /latest/api/token, 400", "PUT, /2021-07-15/api/token, 403", "GET, /latest/api/token, 405",
			"POST, /latest/meta-data/instance-id, 405", "GET, /latest/meta-data/instance-id, 200",
			"HEAD, /latest/meta-data/instance-id, 200", "GET, /latest/meta-data/absent, 404" })
	void everyAnswerNamesTheServerAndClosesTheConnection(String method, String path, int status) {
		Answer answer = RawHttp.send(simulator.endpoint(), method, path,
				"X-aws-ec2-metadata-token: " + RawHttp.token(simulator), "Connection: keep-alive");
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.header("Server")).containsExactly("EC2ws");
		assertThat(answer.header("Connection")).containsExactly("close");
	}

	@Test
	void answerIsNeverCompressedNorChunked() {
		Answer answer = RawHttp.send(simulator.endpoint(), "GET", "/latest/dynamic/instance-identity/pkcs7",
				"X-aws-ec2-metadata-token: " + RawHttp.token(simulator), "Accept-Encoding: gzip", "TE: trailers");
		assertThat(answer.header("Content-Encoding")).isEmpty();
		assertThat(answer.header("Transfer-Encoding")).isEmpty();
		assertThat(answer.header("Content-Length")).containsExactly(Integer.toString(answer.body().length));
		assertThat(answer.text()).startsWith("MII");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/latest/meta-data/instance-id", "/latest/meta-data/", "/latest/meta-data/absent", "/",
			"/latest/meta-data/tags/instance/Owner", "/latest/user-data" })
	void headAnswersAsGetWithoutBody(String path) {
		String token = RawHttp.token(simulator);
		Answer get = RawHttp.get(simulator, path, token);
		Answer head = RawHttp.send(simulator.endpoint(), "HEAD", path, "X-aws-ec2-metadata-token: " + token);
		assertThat(head.status()).isEqualTo(get.status());
		assertThat(head.headers()).isEqualTo(get.headers());
		assertThat(head.body()).isEmpty();
		assertThat(get.body()).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "POST", "DELETE", "PATCH", "OPTIONS" })
	void valuesCanOnlyBeRead(String method) {
		Answer answer = RawHttp.send(simulator.endpoint(), method, "/latest/meta-data/instance-id",
				"X-aws-ec2-metadata-token: " + RawHttp.token(simulator));
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow")).containsExactly("GET, HEAD");
	}

	@Test
	void upgradeToHttp2IsNotOffered() throws Exception {
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
		URI uri = simulator.endpoint().resolve("/latest/meta-data/instance-id");
		HttpResponse<String> response = client.send(
				HttpRequest.newBuilder(uri).header("X-aws-ec2-metadata-token", RawHttp.token(simulator)).build(),
				BodyHandlers.ofString());
		assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(response.body()).isEqualTo("i-0123456789abcdef0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "latest", "1.0", "2007-01-19", "2021-07-15", "2024-04-11" })
	void everyListedVersionServesTheInstance(String version) {
		assertThat(RawHttp.get(simulator, "/").text().lines()).contains(version);
		assertThat(RawHttp.get(simulator, "/" + version + "/meta-data/instance-id").text())
			.isEqualTo("i-0123456789abcdef0");
		assertThat(RawHttp.get(simulator, "/" + version + "/").text().lines()).containsExactly("dynamic", "meta-data",
				"user-data");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1999-01-01", "2021-07-16", "Latest", "lates", "2021", "%6Catest%2F" })
	void unknownVersionIsNotFound(String version) {
		assertNotFound("/" + version + "/meta-data/instance-id");
		assertNotFound("/" + version);
	}

	@Test
	void rootOfVersionListsWhatIsPresentWithoutSlashes() {
		assertThat(RawHttp.get(simulator, "/latest").text()).isEqualTo("dynamic\nmeta-data\nuser-data");
		simulator.remove("user-data");
		assertThat(RawHttp.get(simulator, "/latest/").text()).isEqualTo("dynamic\nmeta-data");
		assertNotFound("/latest/user-data");
	}

	@Test
	void listingMarksDirectoriesWithASlash() {
		assertThat(RawHttp.get(simulator, "/latest/meta-data/placement/").text())
			.isEqualTo("availability-zone\navailability-zone-id\ngroup-name\npartition-number\nregion");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/").text().lines())
			.contains("ami-id", "block-device-mapping/", "events/", "network/", "tags/", "public-keys/", "iam/")
			.doesNotContain("ami-id/", "network", "spot/")
			.isSorted()
			.doesNotHaveDuplicates();
		assertThat(RawHttp.get(simulator, "/latest/meta-data/network/interfaces/macs/").text())
			.isEqualTo("0a:1b:2c:3d:4e:5f/\n0a:1b:2c:3d:4e:60/");
		assertThat(RawHttp.get(simulator, "/latest/dynamic/").text()).isEqualTo("fws/\ninstance-identity/");
	}

	@Test
	void listingOfTagsAndRolesHasNoSlashes() {
		assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/").text())
			.isEqualTo("Environment\nName\nOwner\naws:autoscaling:groupName\nteam:cost.Center");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/iam/security-credentials/").text())
			.isEqualTo("orders-service");
	}

	@Test
	void publicKeyIsListedByNameAndServedByIndex() {
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys/").text()).isEqualTo("0=ops-key\n1=team=blue");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys").text()).isEqualTo("0=ops-key\n1=team=blue");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys/0").text()).isEqualTo("openssh-key");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys/1/").text()).isEqualTo("openssh-key");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys/0/openssh-key").text()).endsWith(" ops-key");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys/1/openssh-key").text()).endsWith(" team=blue");
	}

	@Test
	void publicKeyWithoutNameIsListedByIndex() {
		simulator.put("meta-data/public-keys/2/openssh-key", "nameless");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys/").text())
			.isEqualTo("0=ops-key\n1=team=blue\n2");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/public-keys/2/openssh-key").text()).isEqualTo("nameless");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2/openssh-key", "2/", "0=ops-key/openssh-key", "0=ops-key/", "1=team", "0/absent",
			"0/openssh-key/", "ops-key/openssh-key", "/openssh-key" })
	void publicKeyIsNotFoundOtherwise(String path) {
		assertNotFound("/latest/meta-data/public-keys/" + path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data", "meta-data/tags", "meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f",
			"meta-data/iam/security-credentials", "dynamic" })
	void directoryIsListedWithOrWithoutFinalSlash(String directory) {
		Answer answer = RawHttp.get(simulator, "/latest/" + directory);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text()).isNotEmpty()
			.doesNotEndWith("\n")
			.isEqualTo(RawHttp.get(simulator, "/latest/" + directory + "/").text());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/latest/meta-data/instance-id/", "/latest/user-data/", "/latest/meta-data/inst",
			"/latest/meta-data/spot/instance-action", "/latest/meta-data/spot/termination-time",
			"/latest/meta-data/events/recommendations/rebalance", "/latest/api", "/latest/meta-data//",
			"/latest//meta-data/instance-id", "//latest/meta-data/instance-id", "//imds/latest/meta-data/instance-id",
			"/latest/meta-data/../meta-data/instance-id", "/latest/meta-data/./instance-id",
			"/latest/meta-data/%2e%2e/meta-data/instance-id", "/latest/meta-data%2Finstance-id",
			"/latest/meta-data%2finstance-id", "/latest%2Fmeta-data/instance-id", "/latest/meta-data/%C3%28",
			"/latest/meta-data/instance-id;a=b", "/latest/meta-data/instance-id%20", "/latest/meta-data/%u0041",
			"/latest/meta-data/tags/instance/..", "/latest/meta-data/instance-id%3F", "/latest\\meta-data",
			"/LATEST/meta-data/instance-id", "/latest/META-DATA/instance-id" })
	void otherPathIsNotFound(String path) {
		assertNotFound(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/latest/meta-data/%zz", "/latest/meta-data/%", "/latest/meta-data/%00", "/../latest/",
			"latest/meta-data" })
	void malformedRequestIsABadRequest(String target) {
		assertThat(RawHttp.get(simulator, target).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "team:owner, team:owner", "team:owner, team%3Aowner", "a+b, a+b", "a+b, a%2Bb", "a=b, a=b",
			"a=b, a%3Db", "me@example.com, me@example.com", "me@example.com, me%40example.com", "a.b_c-d, a.b_c-d",
			"two words, two%20words", "100%, 100%25", "a#b, a%23b", "what?, what%3F", "%41, %2541",
			"größe, gr%C3%B6%C3%9Fe", "größe, größe", "標籤, %E6%A8%99%E7%B1%A4", "😀, %F0%9F%98%80" })
	void tagKeyIsPercentDecoded(String key, String encoded) {
		simulator.tag(key, "value of " + key);
		assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/" + encoded).text())
			.isEqualTo("value of " + key);
	}

	@Test
	void tagKeyMayHoldAComma() {
		simulator.tag("a,b", "1");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/a,b").text()).isEqualTo("1");
		assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/a%2Cb").text()).isEqualTo("1");
	}

	@Test
	void plusInPathIsNotASpace() {
		simulator.tag("a b", "space");
		assertNotFound("/latest/meta-data/tags/instance/a+b");
	}

	@Test
	void textIsServedAsUtf8() {
		Answer answer = RawHttp.get(simulator, "/latest/meta-data/tags/instance/Owner");
		assertThat(answer.body()).isEqualTo("Zoë Ångström, 東京".getBytes(StandardCharsets.UTF_8));
		assertThat(answer.header("Content-Length")).containsExactly("23");
	}

	@Test
	void emptyValueIsServed() {
		simulator.tag("empty", "");
		Answer answer = RawHttp.get(simulator, "/latest/meta-data/tags/instance/empty");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Length")).containsExactly("0");
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void userDataIsServedByteForByte() {
		byte[] bytes = new byte[512];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		simulator.put("user-data", bytes);
		Answer answer = RawHttp.get(simulator, "/latest/user-data");
		assertThat(answer.header("Content-Type")).containsExactly("application/octet-stream");
		assertThat(answer.body()).isEqualTo(bytes);
	}

	@Test
	void queryIsIgnored() {
		assertThat(RawHttp.get(simulator, "/latest/meta-data/instance-id?recursive=true").text())
			.isEqualTo("i-0123456789abcdef0");
	}

	@Test
	void everyValueOfTheDefaultInstanceIsReachedByFollowingListings() throws IOException {
		Map<String, String> reached = new TreeMap<>();
		String token = RawHttp.token(simulator);
		walk("dynamic/", token, reached);
		walk("meta-data/", token, reached);
		assertThat(reached).isEqualTo(expected());
	}

	private static Map<String, String> expected() throws IOException {
		try (InputStream tree = ImdsSimulator.class.getResourceAsStream("tree.json")) {
			Map<String, String> expected = new TreeMap<>();
			Json.read(new String(tree.readAllBytes(), StandardCharsets.UTF_8),
					new TypeReference<Map<String, String>>() {
					})
				.forEach((path, body) -> expected.put(path.replaceFirst("(public-keys/[0-9]+)=[^/]*", "$1"), body));
			expected.remove("user-data");
			return expected;
		}
	}

	private void walk(String directory, String token, Map<String, String> reached) {
		List<String> names = RawHttp.get(simulator, "/latest/" + directory, token).text().lines().toList();
		for (String name : names) {
			if (directory.equals("meta-data/public-keys/")) {
				walk(directory + name.substring(0, name.indexOf('=')) + "/", token, reached);
			}
			else if (name.endsWith("/")) {
				walk(directory + name, token, reached);
			}
			else {
				Answer answer = RawHttp.get(simulator, "/latest/" + directory + name, token);
				assertThat(answer.status()).as(directory + name).isEqualTo(200);
				reached.put(directory + name, answer.text());
			}
		}
	}

	private void assertNotFound(String path) {
		Answer answer = RawHttp.get(simulator, path);
		assertThat(answer.status()).as(path).isEqualTo(404);
		assertThat(answer.header("Content-Type")).containsExactly("text/html");
		assertThat(answer.text()).contains("<title>404 - Not Found</title>");
	}

}
