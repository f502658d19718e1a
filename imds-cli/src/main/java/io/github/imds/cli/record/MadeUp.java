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

package io.github.imds.cli.record;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Made-up values, the same one for the same original. They are numbered in the order in
 * which the originals are met, so that nothing of an original can be computed from them.
 */
final class MadeUp {

	/** Programs renew credentials that are about to expire, and a recording lasts. */
	private static final Duration CREDENTIALS = Duration.ofDays(36500);

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Map<String, String> values = new HashMap<>();

	private final Map<String, Integer> numbers = new HashMap<>();

	/**
	 * Return a name, such as {@code role-1}.
	 * @param kind the kind of thing that the original names
	 * @param original the original
	 * @return the made-up name
	 */
	String name(String kind, String original) {
		return value("name", original, () -> kind + "-" + next(kind));
	}

	/**
	 * Return the ID of an AWS resource.
	 * @param prefix what comes before the digits, hyphen included
	 * @param original the whole original ID
	 * @return an ID as long as the original
	 */
	String resourceId(String prefix, String original) {
		int digits = original.length() - prefix.length();
		return value("id", original, () -> prefix + ("%0" + digits + "x").formatted(next(prefix)));
	}

	/**
	 * Return the unique ID of an IAM entity or an access key.
	 * @param original the original
	 * @return an ID with the same four letters at its beginning
	 */
	String iamId(String original) {
		String prefix = original.substring(0, 4);
		return value("id", original,
				() -> prefix + ("%0" + (original.length() - 4) + "d").formatted(next(prefix)).replace('0', 'X'));
	}

	String account(String original) {
		return value("account", original, () -> "1111%08d".formatted(next("account")));
	}

	String mac(String original) {
		return value("mac", original, () -> "02:00:00:00:00:%02x".formatted(next("mac")));
	}

	String publicKey(String original) {
		return value("public key", original, () -> {
			byte[] head = "\0\0\0\013ssh-ed25519\0\0\0\040".getBytes(StandardCharsets.US_ASCII);
			byte[] key = new byte[head.length + 32];
			RANDOM.nextBytes(key);
			System.arraycopy(head, 0, key, 0, head.length);
			return "ssh-ed25519 %s key-%d".formatted(Base64.getEncoder().encodeToString(key), next("public key"));
		});
	}

	private String value(String kind, String original, Supplier<String> value) {
		String key = kind + " " + original;
		String known = this.values.get(key);
		if (known == null) {
			known = value.get();
			this.values.put(key, known);
		}
		return known;
	}

	private int next(String kind) {
		return this.numbers.merge(kind, 1, Integer::sum);
	}

	/**
	 * Return text with other letters and digits of base64 in place of its own.
	 * @param original base64 in one or more lines
	 * @return text of the same length with the same lines
	 */
	static String base64(String original) {
		StringBuilder text = new StringBuilder(original);
		for (int i = 0; i < text.length(); i++) {
			if (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '+' || text.charAt(i) == '/') {
				text.setCharAt(i, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".charAt(RANDOM.nextInt(52)));
			}
		}
		return text.toString();
	}

	static byte[] credentials(Instant now) {
		Instant start = now.truncatedTo(ChronoUnit.SECONDS);
		return """
				{
				  "Code" : "Success",
				  "LastUpdated" : "%s",
				  "Type" : "AWS-HMAC",
				  "AccessKeyId" : "ASIAMADEUPMADEUP0001",
				  "SecretAccessKey" : "made-up-secret-access-key-made-up-secret",
				  "Token" : "made-up-session-token",
				  "Expiration" : "%s"
				}""".formatted(start, start.plus(CREDENTIALS)).getBytes(StandardCharsets.UTF_8);
	}

}
