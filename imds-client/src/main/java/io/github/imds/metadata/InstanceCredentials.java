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
import java.util.Optional;

/**
 * Temporary credentials of the role in an instance profile. None of them appears in
 * {@link #toString()}.
 *
 * @param lastUpdated when the credentials were issued
 * @param type the type of the credentials, {@code AWS-HMAC}
 * @param accessKeyId the access key ID
 * @param secretAccessKey the secret access key
 * @param token the session token
 * @param expiration when AWS stops accepting the credentials
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html">Retrieve
 * security credentials from instance metadata</a>
 */
public record InstanceCredentials(Optional<Instant> lastUpdated, Optional<String> type, String accessKeyId,
		String secretAccessKey, String token, Instant expiration) {

	static InstanceCredentials of(JsonObject json) {
		return new InstanceCredentials(json.findTime("LastUpdated"), json.findText("Type"), json.text("AccessKeyId"),
				json.text("SecretAccessKey"), json.text("Token"), json.time("Expiration"));
	}

	@Override
	public String toString() {
		return "InstanceCredentials[lastUpdated=" + this.lastUpdated + ", type=" + this.type
				+ ", accessKeyId=******, secretAccessKey=******, token=******, expiration=" + this.expiration + "]";
	}

}
