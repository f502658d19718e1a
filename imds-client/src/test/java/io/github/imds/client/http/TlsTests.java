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

package io.github.imds.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link SocketRequestFactory} with a server whose certificate is trusted.
 */
@Timeout(60)
@ResourceLock("the settings of the JVM")
class TlsTests {

	private static final char[] PASSWORD = "password".toCharArray();

	private final InetAddress loopback = InetAddress.getLoopbackAddress();

	private SSLContext original;

	private SSLContext context;

	@BeforeEach
	void trustCertificate(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("keystore.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keyalg", "EC", "-alias", "service", "-dname", "CN=service", "-ext",
				"SAN=IP:" + this.loopback.getHostAddress(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD),
				"-keystore", file.toString())
			.inheritIO()
			.start();
		assertThat(keytool.waitFor()).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			store.load(input, PASSWORD);
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("service", store.getCertificate("service"));
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		this.context = SSLContext.getInstance("TLS");
		this.context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		this.original = SSLContext.getDefault();
		SSLContext.setDefault(this.context);
	}

	@AfterEach
	void restoreDefault() {
		SSLContext.setDefault(this.original);
	}

	@Test
	void valueIsReadWithTheTrustOfTheApplication() throws IOException {
		try (ScriptedServer server = server((output) -> output
			.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nvalue".getBytes(StandardCharsets.US_ASCII)));
				ClientHttpResponse response = request(server, Duration.ofMinutes(1)).execute()) {
			assertThat(response.getBody()).hasContent("value");
		}
	}

	@Test
	void certificateThatIsNotTrustedIsRefused() {
		SSLContext.setDefault(this.original);
		try (ScriptedServer server = server((output) -> output.write(0))) {
			assertThatIOException().isThrownBy(() -> request(server, Duration.ofMinutes(1)).execute());
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void bodyThatTricklesEndsWithTheCall() {
		try (ScriptedServer server = server(ScriptedServer.repeat("HTTP/1.1 200 OK\r\n\r\n", "x", 50))) {
			assertThatIOException().isThrownBy(() -> {
				try (ClientHttpResponse response = request(server, Duration.ofSeconds(2)).execute()) {
					response.getBody().readAllBytes();
				}
			}).withMessageContaining("did not end in time");
			assertThat(server.requests()).hasSize(1);
		}
	}

	private ScriptedServer server(ScriptedServer.Script script) {
		return ScriptedServer.at(this.context.getServerSocketFactory(), this.loopback, script);
	}

	private ClientHttpRequest request(ScriptedServer server, Duration timeout) {
		URI uri = URI.create("https://%s:%d/".formatted(this.loopback.getHostAddress(), server.port()));
		ClientHttpRequest request = new SocketRequestFactory(
				new Connector(Duration.ofSeconds(10), Duration.ofMinutes(1)))
			.createRequest(uri, HttpMethod.GET);
		request.getAttributes().put(SocketRequestFactory.DEADLINE, Deadline.after(timeout));
		return request;
	}

}
