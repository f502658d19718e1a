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
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.client.http.ImdsHttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for first connections that are lost on the way, as on an instance whose processes
 * all start together. They need a queue of connections that drops what does not fit.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class LostConnectionTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofMinutes(5);

	private final Logger logger = (Logger) LoggerFactory.getLogger(ImdsHttpClient.class);

	private final FailedRequests failures = new FailedRequests();

	private RawService service;

	@BeforeEach
	void start() throws IOException {
		this.service = RawService.full(LostConnectionTests::answer);
		this.logger.setLevel(Level.DEBUG);
		this.logger.addAppender(this.failures);
		this.failures.start();
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.failures);
		this.logger.setLevel(null);
		this.service.close();
	}

	@Test
	void isMadeAgainWhereTheServiceIsKnownToBe() {
		this.failures.action = this.service::accept;
		try (ImdsClient client = client(Result.PRESENT)) {
			assertThat(client.get("meta-data/mac")).contains("value");
		}
		assertThat(this.failures.count).hasValue(1);
	}

	@Test
	void isMadeAsOftenAsThereAreAttempts() {
		try (ImdsClient client = client(Result.PRESENT)) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
				.withMessageContaining("no connection (Connect timed out)");
			assertThat(this.failures.count).hasValue(3);
			assertThat(client.isAvailable()).isFalse();
			assertThat(this.failures.count).hasValue(3);
		}
	}

	@Test
	void isMadeOnceWhereNothingIsKnown() {
		this.failures.action = this.service::accept;
		try (ImdsClient client = client(Result.UNKNOWN)) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"));
			assertThat(client.isAvailable()).isFalse();
		}
		assertThat(this.failures.count).hasValue(1);
		assertThat(this.service.requests()).isEmpty();
	}

	@Test
	void hardwareThatSaysEc2IsEnoughToKnow(@TempDir Path root) throws IOException {
		Files.createDirectories(root.resolve("sys/class/dmi/id"));
		Files.writeString(root.resolve("sys/class/dmi/id/sys_vendor"), "Amazon EC2");
		ImdsClientBuilder builder = new ImdsClientBuilder(new AwsSettings(Map.of(), new Properties()));
		assertThat(builder.detectHardware(root).build().status().detection().result()).isEqualTo(Result.PRESENT);
	}

	private ImdsClient client(Result detected) {
		ImdsDetection detection = new ImdsDetection(detected, "test");
		return new DefaultImdsClient(detection, Optional.empty(),
				this.service.client()
					.connectTimeout(SHORT)
					.readTimeout(LONG)
					.timeout(LONG)
					.retryDelay(Duration.ZERO)
					.circuitBreakerOpenDuration(LONG)
					.circuitBreakerMaxOpenDuration(LONG)
					.settings(detection),
				8);
	}

	private static void answer(String request, Socket connection) throws IOException {
		RawService.send(connection, RawService.ok("value"));
	}

	/**
	 * Counts what the client logs, and acts as soon as it does.
	 */
	private static final class FailedRequests extends AppenderBase<ILoggingEvent> {

		private final AtomicInteger count = new AtomicInteger();

		private Runnable action = () -> {
		};

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getFormattedMessage().contains(" failed: ")) {
				this.count.incrementAndGet();
				this.action.run();
			}
		}

	}

}
