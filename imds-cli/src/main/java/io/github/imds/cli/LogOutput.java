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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends warnings to standard error, and with {@code --verbose} the log of the client. A
 * logging system would take longer to load than the service to answer.
 *
 * @since 0.1.0
 */
public final class LogOutput extends LogFactory {

	private static final String CLIENT = "io.github.imds";

	private static volatile boolean verbose;

	/**
	 * Create the factory, as the logging library does.
	 */
	public LogOutput() {
	}

	/**
	 * Use this class for all logs of this process.
	 */
	static void install() {
		System.setProperty(FACTORY_PROPERTY, LogOutput.class.getName());
	}

	static void verbose() {
		verbose = true;
	}

	@Override
	public Log getInstance(Class<?> type) {
		return getInstance(type.getName());
	}

	@Override
	public Log getInstance(String name) {
		return new StandardErrorLog(name.startsWith(CLIENT));
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		return null;
	}

	@Override
	public String[] getAttributeNames() {
		return new String[0];
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
	}

	@Override
	public void removeAttribute(String name) {
	}

	@Override
	public void release() {
	}

	/**
	 * The log of one class.
	 *
	 * @param ofClient whether it is a class of the client
	 */
	private record StandardErrorLog(boolean ofClient) implements Log {

		@Override
		public boolean isTraceEnabled() {
			return false;
		}

		@Override
		public boolean isDebugEnabled() {
			return this.ofClient && verbose;
		}

		@Override
		public boolean isInfoEnabled() {
			return isDebugEnabled();
		}

		@Override
		public boolean isWarnEnabled() {
			return this.ofClient || verbose;
		}

		@Override
		public boolean isErrorEnabled() {
			return isWarnEnabled();
		}

		@Override
		public boolean isFatalEnabled() {
			return isWarnEnabled();
		}

		@Override
		public void trace(Object message) {
		}

		@Override
		public void trace(Object message, @Nullable Throwable ex) {
		}

		@Override
		public void debug(Object message) {
			print(isDebugEnabled(), message, null);
		}

		@Override
		public void debug(Object message, @Nullable Throwable ex) {
			print(isDebugEnabled(), message, ex);
		}

		@Override
		public void info(Object message) {
			print(isInfoEnabled(), message, null);
		}

		@Override
		public void info(Object message, @Nullable Throwable ex) {
			print(isInfoEnabled(), message, ex);
		}

		@Override
		public void warn(Object message) {
			print(isWarnEnabled(), message, null);
		}

		@Override
		public void warn(Object message, @Nullable Throwable ex) {
			print(isWarnEnabled(), message, ex);
		}

		@Override
		public void error(Object message) {
			print(isErrorEnabled(), message, null);
		}

		@Override
		public void error(Object message, @Nullable Throwable ex) {
			print(isErrorEnabled(), message, ex);
		}

		@Override
		public void fatal(Object message) {
			print(isFatalEnabled(), message, null);
		}

		@Override
		public void fatal(Object message, @Nullable Throwable ex) {
			print(isFatalEnabled(), message, ex);
		}

		private static void print(boolean enabled, Object message, @Nullable Throwable ex) {
			if (enabled) {
				System.err.println("imds: " + message);
				if (ex != null && verbose) {
					ex.printStackTrace();
				}
			}
		}

	}

}
