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
 * What is known of the credentials with which an instance identifies itself to AWS
 * services. The credentials themselves are for AWS's use.
 *
 * @param lastUpdated when the credentials were last renewed
 * @param accountId the ID of the account that the credentials belong to, 12 digits
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html#ec2-instance-identity-roles">Instance
 * identity roles</a>
 */
public record IdentityCredentialsInfo(Optional<Instant> lastUpdated, String accountId) {

	static IdentityCredentialsInfo of(JsonObject json) {
		return new IdentityCredentialsInfo(json.findTime("LastUpdated"), json.text("AccountId"));
	}

}
