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

package io.github.imds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.imds.Ec2MetadataClient;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ReadOption;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code imds serve}, with clients of other makers, and for {@code imds record}
 * together with it.
 */
class ServeCommandIT {

	private final InstalledCommand command = InstalledCommand.ofBuild().with("XDG_CACHE_HOME", "/dev/null/cache");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private @Nullable Process process;

	private String endpoint = "";

	private String control = "";

	@AfterEach
	void stop() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
	}

	private void serve(String... options) throws IOException {
		String[] args = new String[options.length + 3];
		args[0] = "serve";
		args[1] = "--port";
		args[2] = "0";
		System.arraycopy(options, 0, args, 3, options.length);
		this.process = this.command.start(args);
		BufferedReader reader = this.process.inputReader();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			if (line.startsWith("# Control API: ")) {
				this.control = line.substring("# Control API: ".length());
			}
			else if (line.startsWith("export AWS_EC2_METADATA_SERVICE_ENDPOINT=")) {
				this.endpoint = line.substring(line.indexOf('=') + 1);
				return;
			}
		}
		throw new IOException(InstalledCommand.finish(this.process).errors());
	}

	@Test
	void servesTheClientOfAws() throws IOException {
		serve();
		try (Ec2MetadataClient client = Ec2MetadataClient.builder()
			.endpoint(URI.create(this.endpoint))
			.httpClient(UrlConnectionHttpClient.create())
			.build()) {
			assertThat(client.get("/latest/meta-data/instance-id").asString()).isEqualTo("i-0123456789abcdef0");
			assertThat(client.get("/latest/dynamic/instance-identity/document").asDocument().asMap())
				.containsKey("accountId");
		}
	}

	@Test
	void servesCurlAndRefusesWhatTheServiceRefuses() throws IOException {
		serve();
		String token = curl(
				"-X PUT %s/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60'".formatted(this.endpoint));
		assertThat(curl("-H 'X-aws-ec2-metadata-token: %s' %s/latest/meta-data/mac".formatted(token, this.endpoint)))
			.isEqualTo("0a:1b:2c:3d:4e:5f");
		assertThat(curl("-o /dev/null -w '%{http_code}' " + this.endpoint + "/latest/meta-data/mac")).isEqualTo("401");
	}

	@Test
	void isControlledByRequests() throws Exception {
		serve();
		try (ImdsClient client = client()) {
			assertThat(control("PUT", "/tree/meta-data/new/thing", "value")).isEqualTo(204);
			assertThat(client.get("meta-data/new/thing")).contains("value");
			assertThat(control("PUT", "/notices/spot?action=stop&in=90s", "")).isEqualTo(204);
			assertThat(client.get("meta-data/spot/instance-action").orElseThrow()).contains("stop");
			assertThat(control("DELETE", "/notices/spot", "")).isEqualTo(204);
			assertThat(client.get("meta-data/spot/instance-action")).isEmpty();
			assertThat(control("PUT", "/notices/rebalance", "")).isEqualTo(204);
			assertThat(client.get("meta-data/events/recommendations/rebalance")).isPresent();
			assertThat(control("PUT", "/faults/disabled", "")).isEqualTo(204);
			assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> client.get("meta-data/mac"));
			assertThat(control("DELETE", "/changes", "")).isEqualTo(204);
			assertThat(client.get("meta-data/mac")).isPresent();
			assertThat(client.get("meta-data/new/thing")).isEmpty();
			assertThat(control("PUT", "/notices/spot?action=explode", "")).isEqualTo(400);
			assertThat(control("PUT", "/notices/spot?acton=stop", "")).isEqualTo(400);
			assertThat(control("PUT", "/faults/throttle?times=3", "")).isEqualTo(400);
			assertThat(client.get("meta-data/spot/instance-action")).isEmpty();
			assertThat(control("PUT", "/tree/meta-data", "x")).isEqualTo(400);
			assertThat(control("PUT", "/faults/latency?time=long", "")).isEqualTo(400);
			assertThat(control("PUT", "/nothing", "")).isEqualTo(404);
		}
	}

	@Test
	void doesNotObeyWebPages() throws IOException {
		serve();
		assertThat(curl("-o /dev/null -w '%{http_code}' -H 'Host: example.com' " + this.control + "/requests"))
			.isEqualTo("403");
	}

	@Test
	void sendsNoticesWhenTheyAreDue() throws IOException {
		serve("--spot-in", "1ms", "--rebalance-in", "0");
		try (ImdsClient client = client()) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(client.get("meta-data/spot/instance-action").orElse(""))
					.contains("terminate"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(client.get("meta-data/events/recommendations/rebalance")).isPresent());
		}
	}

	@Test
	void endsWithoutFailureWhenItIsStopped() throws Exception {
		serve();
		Process running = Objects.requireNonNull(this.process);
		running.destroy();
		assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(running.exitValue()).isZero();
	}

	@Test
	void wrongSettingsAreNamed() {
		assertThat(this.command.run("serve", "--port", "70000")).satisfies((result) -> {
			assertThat(result.status()).isEqualTo(2);
			assertThat(result.errors()).contains("--port", "70000");
		});
		assertThat(this.command.run("serve", "--tree", this.directory.resolve("none").toString()))
			.satisfies((result) -> {
				assertThat(result.status()).isEqualTo(1);
				assertThat(result.errors()).contains("none");
			});
	}

	@Test
	void aTakenPortIsNamed() {
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			String port = Integer.toString(simulator.endpoint().getPort());
			assertThat(this.command.run("serve", "--port", port)).satisfies((result) -> {
				assertThat(result.status()).isEqualTo(1);
				assertThat(result.errors()).hasLineCount(1).contains(port);
			});
		}
	}

	@Test
	void anUnknownAddressIsNamedWithTheReason() {
		assertThat(this.command.run("serve", "--port", "0", "--address", "unknown.invalid")).satisfies((result) -> {
			assertThat(result.status()).isEqualTo(1);
			assertThat(result.errors()).hasLineCount(1).contains("unknown.invalid", "host name");
		});
	}

	@Test
	void servesWhatWasRecorded() throws IOException {
		Path file = this.directory.resolve("instance.json");
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			simulator.put("user-data", new byte[] { 0x1f, (byte) 0x8b, 0 });
			this.command.with("AWS_EC2_METADATA_SERVICE_ENDPOINT", simulator.endpoint());
			assertThat(
					this.command.run("record", "--keep-names", "--show-secrets", "-U", "-o", file.toString()).errors())
				.isEmpty();
			serve("--tree", file.toString());
			try (ImdsClient original = ImdsClient.builder().endpoints(simulator.endpoint()).build();
					ImdsClient replayed = client()) {
				assertThat(json(replayed.everything(ReadOption.INCLUDE_SENSITIVE)))
					.isEqualTo(json(original.everything(ReadOption.INCLUDE_SENSITIVE)));
			}
		}
	}

	private static String json(Map<String, @Nullable Object> tree) {
		return JsonMapper.shared().writeValueAsString(tree);
	}

	private ImdsClient client() {
		return ImdsClient.builder()
			.endpoints(URI.create(this.endpoint))
			.circuitBreakerOpenDuration(Duration.ZERO)
			.build();
	}

	private String curl(String arguments) {
		return this.command.shell("curl -s " + arguments).output();
	}

	private int control(String method, String path, String body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.control + path))
			.method(method, HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}
