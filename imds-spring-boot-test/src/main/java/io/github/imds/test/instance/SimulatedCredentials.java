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

package io.github.imds.test.instance;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Credentials of the instance role and of the instance itself.
 *
 * @since 0.1.0
 */
public final class SimulatedCredentials {

	/**
	 * About as long as the service issues them for.
	 */
	private static final Duration VALIDITY = Duration.ofHours(6);

	private static final Pattern DIRECTORY = Pattern
		.compile("meta-data/(iam|identity-credentials/ec2)/security-credentials/.+");

	private static final Pattern FINAL_NUMBER = Pattern.compile("^(.*?)([0-9]{0,9})([^0-9A-Za-z]*)$", Pattern.DOTALL);

	private SimulatedCredentials() {
	}

	/**
	 * Count up the key and the token, so that each rotation shows others.
	 * @param metadata the metadata to change
	 * @param now the time of the rotation
	 */
	public static void rotate(SimulatedMetadata metadata, Instant now) {
		String updated = now.truncatedTo(ChronoUnit.SECONDS).toString();
		String expiration = now.plus(VALIDITY).truncatedTo(ChronoUnit.SECONDS).toString();
		for (String path : metadata.paths(SimulatedMetadata.META_DATA)) {
			if (DIRECTORY.matcher(path).matches()) {
				String json = Objects.requireNonNull(metadata.text(path));
				for (String name : new String[] { "AccessKeyId", "SecretAccessKey", "Token" }) {
					json = JsonText.replace(json, name, SimulatedCredentials::next);
				}
				json = JsonText.replace(json, Map.of("LastUpdated", updated, "Expiration", expiration));
				metadata.put(path, json);
			}
		}
		String info = metadata.text("meta-data/iam/info");
		if (info != null) {
			metadata.put("meta-data/iam/info", JsonText.replace(info, Map.of("LastUpdated", updated)));
		}
	}

	private static String next(String value) {
		Matcher matcher = FINAL_NUMBER.matcher(value);
		if (!matcher.matches()) {
			return value + "1";
		}
		String number = matcher.group(2);
		String next = number.isEmpty() ? "1" : Long.toString(Long.parseLong(number) + 1);
		String zeros = "0".repeat(Math.max(0, number.length() - next.length()));
		return matcher.group(1) + zeros + next + matcher.group(3);
	}

}
