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

package io.github.imds.cli.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 30}, {@code 1.5s}, {@code 200ms}, {@code 2m},
 * {@code 1h}.
 *
 * @since 0.1.0
 */
public final class Durations {

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)?");

	private Durations() {
	}

	/**
	 * Return a duration. Without a unit the number is that of seconds.
	 * @param complaint the beginning of the message of the exception
	 * @param value the number and unit
	 * @return the duration, to the millisecond
	 * @throws IllegalArgumentException if the value is not a duration
	 */
	public static Duration parse(String complaint, String value) {
		Matcher matcher = DURATION.matcher(value);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("%s: '%s'".formatted(complaint, value));
		}
		String unit = (matcher.group(2) != null) ? matcher.group(2) : "s";
		long millis = switch (unit) {
			case "ms" -> 1;
			case "m" -> 60_000;
			case "h" -> 3_600_000;
			default -> 1000;
		};
		return Duration.ofMillis(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(millis)).longValue());
	}

}
