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

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Masks session tokens in what the JDK logs of its requests. At the finest level it logs
 * all their headers, and {@code logging.level.root=trace} is enough to turn that on.
 */
final class TokenLogFilter implements Filter {

	/**
	 * Kept, because the JDK itself forgets loggers, and with them their filters.
	 */
	private static final Logger LOGGER = Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

	private static final Pattern TOKEN = Pattern.compile("(" + ImdsHttpClient.TOKEN_HEADER + ": )[^}\\s]+",
			Pattern.CASE_INSENSITIVE);

	private final @Nullable Filter next;

	private TokenLogFilter(@Nullable Filter next) {
		this.next = next;
	}

	/**
	 * Make sure that tokens are masked from now on.
	 */
	static void install() {
		Filter filter = LOGGER.getFilter();
		if (!(filter instanceof TokenLogFilter)) {
			LOGGER.setFilter(new TokenLogFilter(filter));
		}
	}

	@Override
	public boolean isLoggable(LogRecord record) {
		String message = record.getMessage();
		if (message != null) {
			record.setMessage(TOKEN.matcher(message).replaceAll("$1******"));
		}
		return this.next == null || this.next.isLoggable(record);
	}

}
