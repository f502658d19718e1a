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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

import io.github.imds.ImdsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that nothing secret is logged, by whichever logger, when all of them log
 * everything.
 */
@Isolated
class SecretsInLogsTests {

	private static final String SECRET = "never-show-me";

	private final Queue<String> messages = new ConcurrentLinkedQueue<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level level = this.logger.getLevel();

	private final java.util.logging.Logger platformLogger = LogManager.getLogManager().getLogger("");

	private final java.util.logging.Level platformLevel = this.platformLogger.getLevel();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			SecretsInLogsTests.this.messages
				.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
		}

	};

	private final Handler handler = new Handler() {

		@Override
		public void publish(LogRecord event) {
			SecretsInLogsTests.this.messages.add(event.getLoggerName() + event.getMessage());
			if (event.getThrown() != null) {
				SecretsInLogsTests.this.messages.add(Throwables.getStackTrace(event.getThrown()));
			}
		}

		@Override
		public void flush() {
			// Nothing is held back
		}

		@Override
		public void close() {
			// Nothing is open
		}

	};

	@BeforeEach
	void logEverything() {
		this.appender.start();
		this.logger.addAppender(this.appender);
		this.logger.setLevel(Level.TRACE);
		this.handler.setLevel(java.util.logging.Level.ALL);
		this.platformLogger.addHandler(this.handler);
		this.platformLogger.setLevel(java.util.logging.Level.ALL);
	}

	@AfterEach
	void logAsBefore() {
		this.logger.setLevel(this.level);
		this.logger.detachAppender(this.appender);
		this.platformLogger.setLevel(this.platformLevel);
		this.platformLogger.removeHandler(this.handler);
	}

	@Test
	void tokensAndValuesAreNotLogged() {
		AtomicInteger values = new AtomicInteger();
		try (RawService service = RawService.start((request, connection) -> {
			if (request.startsWith("PUT ") || values.incrementAndGet() == 2) {
				RawService.send(connection, RawService.ok(SECRET));
			}
			else {
				RawService.send(connection, (values.get() == 1) ? "HTTP/1.1 401 Unauthorized\r\n\r\n"
						: "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" + SECRET);
			}
		}); ImdsClient client = service.client().build()) {
			assertThat(client.get("meta-data/mac")).contains(SECRET);
			assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> client.get("user-data"))
				.satisfies((ex) -> assertThat(Throwables.getStackTrace(ex)).doesNotContain(SECRET));
		}
		assertThat(this.messages).anyMatch((message) -> message.contains("meta-data/mac"))
			.noneMatch((message) -> message.contains(SECRET));
	}

}
