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
 * The instance profile of an instance.
 *
 * @param lastUpdated when the credentials of the profile's role were last renewed
 * @param instanceProfileArn the ARN of the profile
 * @param instanceProfileId the ID of the profile
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html">IAM
 * roles for Amazon EC2</a>
 */
public record IamInfo(Optional<Instant> lastUpdated, String instanceProfileArn, String instanceProfileId) {

	static IamInfo of(JsonObject json) {
		return new IamInfo(json.findTime("LastUpdated"), json.text("InstanceProfileArn"),
				json.text("InstanceProfileId"));
	}

}
