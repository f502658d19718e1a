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

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import com.github.tomakehurst.wiremock.common.FatalStartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.test.RawHttp.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for starting, changing and stopping an {@link ImdsSimulator}.
 */
class ImdsSimulatorTests {

	private static final String INSTANCE_ID = "/latest/meta-data/instance-id";

	@Test
	void startsOnFreeLoopbackPort() {
		try (ImdsSimulator first = ImdsSimulator.start(); ImdsSimulator second = ImdsSimulator.start()) {
			assertThat(first.endpoint()).hasScheme("http").hasHost("127.0.0.1").hasPath("").hasNoQuery();
			assertThat(first.endpoint()).isNotEqualTo(second.endpoint());
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "Elsewhere a server cannot listen on a port that another reserves")
	void startsOnGivenPort() throws Exception {
		try (Socket reserved = new Socket()) {
			// Bound, so that no other process gets the port
			reserved.setReuseAddress(true);
			reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			int port = reserved.getLocalPort();
			try (ImdsSimulator simulator = ImdsSimulator.builder().port(port).start()) {
				assertThat(simulator.endpoint()).hasPort(port);
				assertThat(RawHttp.get(simulator, INSTANCE_ID).status()).isEqualTo(200);
			}
		}
	}

	@Test
	void takenPortFailsTheStart() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			ImdsSimulator.Builder builder = ImdsSimulator.builder().port(simulator.endpoint().getPort());
			assertThatExceptionOfType(FatalStartupException.class).isThrownBy(builder::start);
		}
	}

	@Test
	void startsOnIpv6Address() throws Exception {
		assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1"))).isNotNull();
		try (ImdsSimulator simulator = ImdsSimulator.builder().address("::1").start()) {
			assertThat(simulator.endpoint()).hasHost("[::1]");
			assertThat(RawHttp.get(simulator, INSTANCE_ID).status()).isEqualTo(200);
		}
	}

	@Test
	void stubFilesOfTheApplicationAreNotLoaded() {
		assertThat(ImdsSimulatorTests.class.getResource("/mappings/stub-of-the-application.json")).isNotNull();
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			assertThat(RawHttp.get(simulator, INSTANCE_ID).text()).isEqualTo("i-0123456789abcdef0");
			simulator.reset();
			assertThat(RawHttp.get(simulator, INSTANCE_ID).text()).isEqualTo("i-0123456789abcdef0");
		}
	}

	@Test
	void systemPropertiesAreLeftAlone() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			assertThat(simulator.wireMock().isRunning()).isTrue();
			assertThat(System.getProperties().stringPropertyNames())
				.noneMatch((name) -> name.endsWith("HttpGenerator.STRICT"))
				.doesNotContain("javax.xml.parsers.DocumentBuilderFactory", "javax.xml.transform.TransformerFactory",
						"javax.xml.xpath.XPathFactory");
		}
	}

	@Test
	void treeReplacesDefaultInstance() {
		try (ImdsSimulator simulator = ImdsSimulator.builder()
			.put("meta-data/mac", "replaced with the rest")
			.tree(Map.of("meta-data/instance-id", "i-1"))
			.put("meta-data/ami-id", "ami-1")
			.start()) {
			assertThat(RawHttp.get(simulator, "/latest/").text()).isEqualTo("meta-data");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/").text()).isEqualTo("ami-id\ninstance-id");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{ \"user-data\": \"confidential\", ", "{\n\"user-data\": confidential }",
			"[ \"confidential\" ]", "" })
	void fileThatIsNotJsonIsRefusedWithoutItsContent(String content, @TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("instance.json"), content);
		assertThatIllegalArgumentException().isThrownBy(() -> ImdsSimulator.builder().tree(file.toString()))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasLineCount(1)
				.contains(file.toString())
				.doesNotContain("\"user-data\""));
	}

	@Test
	void emptyTreeHasNothingToServe() {
		try (ImdsSimulator simulator = ImdsSimulator.builder().tree(Map.of()).start()) {
			assertThat(RawHttp.get(simulator, "/latest/meta-data/").status()).isEqualTo(404);
			assertThat(RawHttp.get(simulator, INSTANCE_ID).status()).isEqualTo(404);
		}
	}

	@Test
	void builderStartsIndependentInstances() {
		ImdsSimulator.Builder builder = ImdsSimulator.builder().put("meta-data/mac", "first");
		try (ImdsSimulator first = builder.start();
				ImdsSimulator second = builder.put("meta-data/mac", "second").remove("meta-data/tags").start()) {
			second.put("meta-data/instance-id", "i-2");
			assertThat(RawHttp.get(first, "/latest/meta-data/mac").text()).isEqualTo("first");
			assertThat(RawHttp.get(first, "/latest/meta-data/tags/instance/Name").status()).isEqualTo(200);
			assertThat(RawHttp.get(first, INSTANCE_ID).text()).isEqualTo("i-0123456789abcdef0");
			assertThat(RawHttp.get(second, "/latest/meta-data/mac").text()).isEqualTo("second");
			assertThat(RawHttp.get(second, "/latest/meta-data/tags/instance/Name").status()).isEqualTo(404);
		}
	}

	@Test
	void valueAppearsChangesAndVanishes() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			String path = "/latest/meta-data/spot/instance-action";
			assertThat(RawHttp.get(simulator, path).status()).isEqualTo(404);
			assertThat(simulator.put("meta-data/spot/instance-action", "{}")).isSameAs(simulator);
			assertThat(RawHttp.get(simulator, path).text()).isEqualTo("{}");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/").text().lines()).contains("spot/");
			simulator.put("meta-data/spot/instance-action", "{ }");
			assertThat(RawHttp.get(simulator, path).text()).isEqualTo("{ }");
			assertThat(simulator.remove("meta-data/spot/instance-action")).isSameAs(simulator);
			assertThat(RawHttp.get(simulator, path).status()).isEqualTo(404);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/").text().lines()).doesNotContain("spot/");
		}
	}

	@Test
	void directoryVanishesAsAWholeAndNothingElse() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			simulator.put("meta-data/tags-like", "1").remove("meta-data/tags").remove("meta-data/absent");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/").status()).isEqualTo(404);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/Name").status()).isEqualTo(404);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags-like").text()).isEqualTo("1");
		}
	}

	@Test
	void bytesPutAreCopied() {
		byte[] bytes = { 1, 2, 3 };
		try (ImdsSimulator simulator = ImdsSimulator.builder().put("user-data", bytes).start()) {
			bytes[0] = 9;
			assertThat(RawHttp.get(simulator, "/latest/user-data").body()).containsExactly(1, 2, 3);
			simulator.put("user-data", bytes);
			bytes[0] = 8;
			assertThat(RawHttp.get(simulator, "/latest/user-data").body()).containsExactly(9, 2, 3);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/meta-data/x", "meta-data/x/", "meta-data//x", "..", "meta-data/../x",
			"meta-data/./x" })
	void malformedPathIsRefused(String path) {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			assertThatIllegalArgumentException().isThrownBy(() -> simulator.put(path, "x"))
				.withMessage("'%s' is not a path such as 'meta-data/instance-id'", path);
			assertThatIllegalArgumentException().isThrownBy(() -> simulator.remove(path));
			assertThatIllegalArgumentException().isThrownBy(() -> ImdsSimulator.builder().put(path, "x"));
			assertThatIllegalArgumentException().isThrownBy(() -> ImdsSimulator.builder().tree(Map.of(path, "x")));
		}
	}

	@Test
	void valueCannotBeADirectoryToo() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			assertThatIllegalArgumentException().isThrownBy(() -> simulator.put("meta-data/placement", "x"))
				.withMessage("'meta-data/placement' is a directory and cannot be a value");
			assertThatIllegalArgumentException().isThrownBy(() -> simulator.put("meta-data/mac/a/b", "x"))
				.withMessage("'meta-data/mac/a/b' cannot be put below 'meta-data/mac', which is a value");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/mac").text()).isEqualTo("0a:1b:2c:3d:4e:5f");
		}
	}

	@Test
	void serviceThatIsOffForbidsEverything() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			String token = RawHttp.token(simulator);
			simulator.enabled(false);
			Answer answer = RawHttp.issueToken(simulator, RawHttp.TTL + ": 60");
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.text()).contains("403 - Forbidden");
			assertThat(RawHttp.get(simulator, INSTANCE_ID, token).status()).isEqualTo(403);
			assertThat(RawHttp.send(simulator.endpoint(), "GET", RawHttp.TOKEN_PATH).status()).isEqualTo(403);
			simulator.enabled(true);
			assertThat(RawHttp.get(simulator, INSTANCE_ID, token).status()).isEqualTo(200);
		}
	}

	@Test
	void latencyDelaysEveryAnswer() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			Duration latency = Duration.ofMillis(60);
			simulator.latency(latency);
			assertThat(durationOf(() -> RawHttp.issueToken(simulator, RawHttp.TTL + ": 60")))
				.isGreaterThanOrEqualTo(latency);
			assertThat(durationOf(() -> RawHttp.send(simulator.endpoint(), "GET", INSTANCE_ID)))
				.isGreaterThanOrEqualTo(latency);
		}
	}

	@Test
	void latencyCannotBeNegative() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			assertThatIllegalArgumentException().isThrownBy(() -> simulator.latency(Duration.ofMillis(-1)));
		}
	}

	@Test
	void resetReturnsToTheStateAfterTheStart() {
		try (ImdsSimulator simulator = ImdsSimulator.builder().put("meta-data/mac", "at start").start()) {
			simulator.put("meta-data/mac", "changed")
				.tag("new", "tag")
				.remove("user-data")
				.latency(Duration.ofHours(1))
				.throttle(1)
				.resetConnections(1)
				.behindProxy(true)
				.hopLimitExceeded(true)
				.enabled(false);
			assertThat(simulator.reset()).isSameAs(simulator);
			String token = RawHttp.token(simulator);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/mac", token).text()).isEqualTo("at start");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/new", token).status()).isEqualTo(404);
			assertThat(RawHttp.get(simulator, "/latest/user-data", token).status()).isEqualTo(200);
		}
	}

	@Test
	void tokensAreNotValidAfterReset() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			String token = RawHttp.token(simulator);
			simulator.reset();
			assertThat(RawHttp.get(simulator, INSTANCE_ID, token).status()).isEqualTo(401);
		}
	}

	@Test
	void closedSimulatorRefusesConnections() {
		ImdsSimulator simulator = ImdsSimulator.start();
		simulator.close();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> RawHttp.token(simulator))
			.withCauseInstanceOf(ConnectException.class);
	}

	@Test
	void closeDoesNotWaitForDelayedAnswers() throws Exception {
		ImdsSimulator simulator = ImdsSimulator.start().latency(Duration.ofHours(1));
		Thread client = new Thread(() -> {
			try {
				RawHttp.token(simulator);
			}
			catch (UncheckedIOException ex) {
				// Cut off, as it should be
			}
		});
		client.start();
		while (simulator.tokenRequests() == 0) {
			Thread.onSpinWait();
		}
		simulator.close();
		client.join();
		assertThat(simulator.wireMock().isRunning()).isFalse();
	}

	@Test
	void identityDocumentIsSignedByTheCertificateOnTheClassPath() throws Exception {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(
						ImdsSimulatorTests.class.getResourceAsStream("/io/github/imds/test/identity-certificate.pem"));
			byte[] signature = Base64.getMimeDecoder()
				.decode(RawHttp.get(simulator, "/latest/dynamic/instance-identity/signature").body());
			String document = RawHttp.get(simulator, "/latest/dynamic/instance-identity/document").text();
			Signature verifier = Signature.getInstance("SHA256withRSA");
			verifier.initVerify(certificate);
			verifier.update(document.getBytes(StandardCharsets.UTF_8));
			assertThat(verifier.verify(signature)).isTrue();
		}
	}

	private static Duration durationOf(Runnable action) {
		long start = System.nanoTime();
		action.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
