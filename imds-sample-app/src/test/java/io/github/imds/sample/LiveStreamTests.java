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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the stream of events over HTTP.
 */
@Timeout(120)
class LiveStreamTests {

	@Test
	void openPageDoesNotHoldUpTheShutdown() throws IOException, InterruptedException {
		BufferedReader page;
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ImdsSampleApplication.class)
			.run("--server.port=0", "--server.shutdown=graceful", "--spring.lifecycle.timeout-per-shutdown-phase=1h")) {
			page = open(context.getEnvironment().getRequiredProperty("local.server.port"));
			assertThat(page.readLine()).contains("ACCEPTING_TRAFFIC");
		}
		assertThat(page.lines()).noneMatch((line) -> line.contains("spot-interruption"));
	}

	@Test
	void pageThatIsClosedHoldsUpNoOther() throws IOException, InterruptedException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ImdsSampleApplication.class)
			.run("--server.port=0", "--imds.lifecycle.interval=100ms")) {
			String port = context.getEnvironment().getRequiredProperty("local.server.port");
			BufferedReader closed = open(port);
			BufferedReader page = open(port);
			assertThat(closed.readLine()).isNotNull();
			closed.close();
			HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/simulation/spot-interruption"))
					.POST(HttpRequest.BodyPublishers.noBody())
					.build(), BodyHandlers.discarding());
			assertThat(page.lines().filter((line) -> line.contains("spot-interruption")).findFirst()).isPresent();
		}
	}

	private static BufferedReader open(String port) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/events"))
			.header("Accept", "text/event-stream")
			.build();
		return new BufferedReader(new InputStreamReader(
				HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
	}

}
