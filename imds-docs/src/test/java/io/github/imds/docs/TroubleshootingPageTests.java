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

package io.github.imds.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Brings about each failure that the page on troubleshooting lists, and compares
 * exception and message.
 */
class TroubleshootingPageTests {

	private static final List<List<String>> ROWS = Tables.rows("troubleshooting.md", "exception",
			"its message contains");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private int checked;

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void failuresAreAsDocumented(@TempDir Path root) throws IOException {
		Files.createDirectories(root.resolve("sys/class/dmi/id"));
		Files.writeString(root.resolve("sys/class/dmi/id/sys_vendor"), "LENOVO");
		check("instance metadata is disabled", ImdsClient.builder().detectHardware(root));
		try (Socket reserved = new Socket()) {
			// Bound and not listening: refuses, and nobody else gets the port
			reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			URI refusing = URI.create("http://127.0.0.1:" + reserved.getLocalPort());
			check("no connection", ImdsClient.builder().endpoints(refusing).maxAttempts(1));
		}
		this.simulator.hopLimitExceeded(true);
		check("no answer came in time", builder().timeout(Duration.ofMillis(300)));
		this.simulator.hopLimitExceeded(false).enabled(false);
		check("refuses to issue a session token", builder());
		this.simulator.enabled(true).throttle(1000);
		check("throttles", builder().maxAttempts(1));
		this.simulator.throttle(0);
		check("is not JSON of type", builder());
		this.simulator.wireMock()
			.addStubMapping(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.notFound()).build());
		check("answered with status", builder());
		assertThat(this.checked).isEqualTo(ROWS.size());
	}

	private void check(String message, ImdsClientBuilder builder) {
		List<String> row = ROWS.stream()
			.filter((cells) -> cells.get(1).equals("\"" + message + "\""))
			.findFirst()
			.orElseThrow(() -> new AssertionError("the page does not list: " + message));
		try (ImdsClient client = builder.build()) {
			ImdsException failure = catchThrowableOfType(ImdsException.class,
					() -> client.get("meta-data/instance-id", Map.class));
			assertThat(failure).hasMessageContaining(message);
			assertThat("`" + failure.getClass().getSimpleName() + "`").isEqualTo(row.get(0));
		}
		this.checked++;
	}

	private ImdsClientBuilder builder() {
		return ImdsClient.builder().endpoints(this.simulator.endpoint());
	}

}
