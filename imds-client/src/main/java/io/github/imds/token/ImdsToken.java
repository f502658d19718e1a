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

package io.github.imds.token;

import java.time.Duration;
import java.time.Instant;

import org.springframework.util.Assert;

/**
 * An IMDSv2 session token. It authorizes every read of the instance's metadata, so its
 * value appears neither in {@link #toString()} nor in a message.
 *
 * @param value the token as the service issued it: visible ASCII characters
 * @param expiresAt when the service stops accepting the token
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html">How
 * Instance Metadata Service Version 2 works</a>
 */
public record ImdsToken(String value, Instant expiresAt) {

	/**
	 * The longest time to live the service grants: six hours.
	 */
	public static final Duration MAX_TIME_TO_LIVE = Duration.ofSeconds(21600);

	/**
	 * Create a token.
	 * @param value the token as the service issued it
	 * @param expiresAt when the service stops accepting the token
	 * @throws IllegalArgumentException if the value is empty or could not be sent as an
	 * HTTP header
	 */
	public ImdsToken {
		Assert.hasLength(value, "'value' must not be empty");
		for (int i = 0; i < value.length(); i++) {
			Assert.isTrue(value.charAt(i) > ' ' && value.charAt(i) < 0x7F,
					"'value' must consist of visible ASCII characters");
		}
		Assert.notNull(expiresAt, "'expiresAt' must not be null");
	}

	@Override
	public String toString() {
		return "ImdsToken[value=******, expiresAt=" + this.expiresAt + "]";
	}

}
