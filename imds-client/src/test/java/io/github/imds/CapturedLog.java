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

package io.github.imds;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/**
 * Log messages of the client during a test, resolved as a parameter of the test by its
 * {@link Extension}.
 *
 * @since 0.1.0
 */
public final class CapturedLog extends AppenderBase<ILoggingEvent> {

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.imds");

	private CapturedLog() {
		start();
		this.logger.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.events.add(event);
	}

	/**
	 * Return the warnings.
	 * @return the messages logged at WARN
	 */
	public List<String> warnings() {
		return this.events.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	/**
	 * Resolves {@link CapturedLog} parameters.
	 */
	public static final class Extension implements ParameterResolver, AfterEachCallback {

		private static final Namespace NAMESPACE = Namespace.create(CapturedLog.class);

		@Override
		public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
			return parameter.getParameter().getType() == CapturedLog.class;
		}

		@Override
		public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
			CapturedLog log = new CapturedLog();
			context.getStore(NAMESPACE).put(CapturedLog.class, log);
			return log;
		}

		@Override
		public void afterEach(ExtensionContext context) {
			CapturedLog log = context.getStore(NAMESPACE).remove(CapturedLog.class, CapturedLog.class);
			if (log != null) {
				log.logger.detachAppender(log);
			}
		}

	}

}
