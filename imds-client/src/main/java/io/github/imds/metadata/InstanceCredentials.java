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

package io.github.imds.metadata;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;

/**
 * Temporary credentials of the role in an instance profile. None of them appears in
 * {@link #toString()} or in JSON written from this object.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html">Retrieve
 * security credentials from instance metadata</a>
 */
public final class InstanceCredentials extends MetadataObject {

	private static final String PATH = "meta-data/iam/security-credentials";

	/**
	 * Names of the values that are not secret.
	 */
	private static final Set<String> SHOWN = Set.of("Code", "LastUpdated", "Type", "Expiration");

	private InstanceCredentials(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create credentials from values as AWS names them, as a test does.
	 * @param values the values by name, such as {@code AccessKeyId} and
	 * {@code Expiration}
	 * @return the new credentials
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static InstanceCredentials of(Map<String, ? extends @Nullable Object> values) {
		return new InstanceCredentials(values);
	}

	/**
	 * Return the time at which the credentials were issued.
	 * @return the time, or empty if not known
	 */
	public Optional<Instant> lastUpdated() {
		return findTime("LastUpdated");
	}

	/**
	 * Return the type of the credentials, {@code AWS-HMAC}.
	 * @return the type, or empty if not known
	 */
	public Optional<String> type() {
		return findText("Type");
	}

	/**
	 * Return the access key ID.
	 * @return the access key ID
	 * @throws ImdsResponseException if it is absent
	 */
	public String accessKeyId() {
		return text("AccessKeyId");
	}

	/**
	 * Return the secret access key.
	 * @return the secret access key
	 * @throws ImdsResponseException if it is absent
	 */
	public String secretAccessKey() {
		return text("SecretAccessKey");
	}

	/**
	 * Return the session token.
	 * @return the session token
	 * @throws ImdsResponseException if it is absent
	 */
	public String token() {
		return text("Token");
	}

	/**
	 * Return the time at which AWS stops accepting the credentials.
	 * @return the time
	 * @throws ImdsResponseException if it is absent or unreadable
	 */
	public Instant expiration() {
		return time("Expiration");
	}

	@Override
	Map<String, @Nullable Object> values() {
		Map<String, @Nullable Object> shown = new LinkedHashMap<>(super.values());
		shown.replaceAll((name, value) -> SHOWN.contains(name) ? value : "******");
		return shown;
	}

	@Override
	public String toString() {
		return "InstanceCredentials" + values();
	}

}
