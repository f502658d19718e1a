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
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;

/**
 * Information about the credentials with which an instance identifies itself to AWS
 * services. The credentials are for use by AWS.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html#ec2-instance-identity-roles">Instance
 * identity roles</a>
 */
public final class IdentityCredentialsInfo extends MetadataObject {

	private static final String PATH = "meta-data/identity-credentials/ec2/info";

	private IdentityCredentialsInfo(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create information from values as AWS names them, as a test does.
	 * @param values the values by name, such as {@code AccountId}
	 * @return the new information
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static IdentityCredentialsInfo of(Map<String, ? extends @Nullable Object> values) {
		return new IdentityCredentialsInfo(values);
	}

	/**
	 * Return the time at which the credentials were last renewed.
	 * @return the time, or empty if not known
	 */
	public Optional<Instant> lastUpdated() {
		return findTime("LastUpdated");
	}

	/**
	 * Return the ID of the account that the credentials belong to.
	 * @return the account ID, 12 digits
	 * @throws ImdsResponseException if it is absent
	 */
	public String accountId() {
		return text("AccountId");
	}

}
