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

package io.github.imds.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HomeController} on an instance.
 */
@SpringBootTest(properties = "imds.lifecycle.enabled=false")
@AutoConfigureMockMvc
@SimulatedInstance({ "meta-data/instance-id=i-0aaaaaaaaaaaaaaaa", "meta-data/tags/instance/Environment=<script>" })
class HomeControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void pageShowsWhatWasReadInThreeWays() {
		assertThat(html("/")).hasStatusOk()
			.hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
			.bodyText()
			.contains("<h1>orders-i-0aaaaaaaaaaaaaaaa</h1>", "<dd>i-0aaaaaaaaaaaaaaaa</dd>", "<dd>eu-west-1b</dd>",
					"<dd>m7g.large</dd>");
	}

	@Test
	void jsonShowsWhatWasReadInThreeWays(ImdsSimulator simulator) {
		assertThat(json("/")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
				{
					"application": "orders-i-0aaaaaaaaaaaaaaaa",
					"source": "Simulated instance at %s",
					"instanceId": "i-0aaaaaaaaaaaaaaaa",
					"sample": { "stage": "<script>", "region": "eu-west-1", "zone": "eu-west-1b" },
					"instanceType": "m7g.large"
				}
				""".formatted(simulator.endpoint()));
	}

	@Test
	void withoutPreferenceTheAnswerIsJson() {
		assertThat(this.mvc.get().uri("/").accept(MediaType.ALL))
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_JSON);
	}

	@Test
	void pageEscapesMetadata(ImdsSimulator simulator) {
		simulator.tag("Name", "\"><script>alert(1)</script>");
		assertThat(html("/?path=meta-data/tags/instance/Name")).hasStatusOk()
			.bodyText()
			.doesNotContain("<script>alert")
			.contains("<dd>&lt;script&gt;</dd>", "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</pre>");
	}

	@Test
	void pageEscapesThePath() {
		assertThat(html("/?path={path}", "\"><script>alert(1)</script>")).hasStatus(HttpStatus.NOT_FOUND)
			.bodyText()
			.doesNotContain("<script>alert");
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/placement", "meta-data/placement/", "/latest/meta-data/placement" })
	void directoryIsAListOfLinks(String path) {
		assertThat(html("/?path={path}", path)).hasStatusOk()
			.bodyText()
			.contains("?path&#x3D;meta-data%2Fplacement%2Fregion", ">region</a>");
		assertThat(json("/?path={path}", path)).bodyJson()
			.extractingPath("$.metadata.entries[?(@.name=='region')].path")
			.asArray()
			.containsExactly("meta-data/placement/region");
	}

	@Test
	void emptyPathIsTheTopDirectory() {
		assertThat(json("/?path=")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.metadata.entries[*].path")
			.asArray()
			.contains("meta-data", "dynamic");
	}

	@Test
	void entriesOfPublicKeysLeadToTheKeys() {
		assertThat(json("/?path=meta-data/public-keys")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.metadata.entries[0]")
			.asMap()
			.containsEntry("name", "0=ops-key")
			.containsEntry("path", "meta-data/public-keys/0");
	}

	@Test
	void valueIsShown() {
		assertThat(json("/?path=meta-data/tags/instance/Owner")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.metadata.value")
			.isEqualTo("Zoë Ångström, 東京");
	}

	@Test
	void valueThatIsNotInTheCatalogueIsShown(ImdsSimulator simulator) {
		simulator.put("meta-data/new-in-2030", "brand new");
		assertThat(json("/?path=meta-data/new-in-2030")).hasStatusOk()
			.bodyJson()
			.extractingPath("$.metadata.value")
			.isEqualTo("brand new");
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/iam/security-credentials/", "meta-data/iam/security-credentials/orders-service",
			"meta-data/iam/security-credentials/orders-service/",
			"/latest/meta-data/iam/security-credentials/orders-service",
			"latest/latest/meta-data/iam/security-credentials/orders-service",
			"meta-data/identity-credentials/ec2/security-credentials/ec2-instance", "user-data", "user-data/",
			" user-data " })
	void secretsAreHiddenAndNotRead(String path, ImdsSimulator simulator) {
		assertThat(html("/?path={path}", path)).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("Hidden")
			.doesNotContain("never/show", "never-show", "DB_PASSWORD");
		assertThat(json("/?path={path}", path)).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.doesNotContain("never/show", "never-show", "DB_PASSWORD");
		assertThat(simulator.requests())
			.noneMatch((request) -> request.contains("credentials") || request.contains("user-data"));
	}

	@Test
	void absentMetadataIsNotFound() {
		assertThat(html("/?path=meta-data/spot/instance-action")).hasStatus(HttpStatus.NOT_FOUND)
			.bodyText()
			.contains("The instance has no such metadata.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta-data/../user-data", "//user-data", "meta-data//mac", "meta-data/mac?x",
			"meta-data/\u0007" })
	void badPathIsABadRequest(String path, ImdsSimulator simulator) {
		assertThat(html("/?path={path}", path)).hasStatus(HttpStatus.BAD_REQUEST).bodyText().contains("Metadata path");
		assertThat(simulator.requests())
			.allMatch((request) -> request.endsWith("/api/token") || request.endsWith("/instance-type"));
	}

	@Test
	void pageIsShownWhileTheServiceIsOff(ImdsSimulator simulator) {
		simulator.enabled(false);
		assertThat(html("/")).hasStatusOk().bodyText().contains("No instance metadata. ", "<dd>unknown</dd>");
		assertThat(html("/?path=meta-data/mac")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
	}

	private MvcTestResult html(String uri, Object... variables) {
		return this.mvc.get().uri(uri, variables).accept(MediaType.TEXT_HTML).exchange();
	}

	private MvcTestResult json(String uri, Object... variables) {
		return this.mvc.get().uri(uri, variables).accept(MediaType.APPLICATION_JSON).exchange();
	}

}
