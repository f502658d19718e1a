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
 * Instance profile of an instance.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html">IAM
 * roles for Amazon EC2</a>
 */
public final class IamInfo extends MetadataObject {

	private static final String PATH = "meta-data/iam/info";

	private IamInfo(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create an instance profile from values as AWS names them, as a test does.
	 * @param values the values by name, such as {@code InstanceProfileArn}
	 * @return the new instance profile
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static IamInfo of(Map<String, ? extends @Nullable Object> values) {
		return new IamInfo(values);
	}

	/**
	 * Return the time at which the credentials of the profile's role were last renewed.
	 * @return the time, or empty if not known
	 */
	public Optional<Instant> lastUpdated() {
		return findTime("LastUpdated");
	}

	/**
	 * Return the ARN of the profile.
	 * @return the ARN
	 * @throws ImdsResponseException if it is absent
	 */
	public String instanceProfileArn() {
		return text("InstanceProfileArn");
	}

	/**
	 * Return the ID of the profile.
	 * @return the profile ID
	 * @throws ImdsResponseException if it is absent
	 */
	public String instanceProfileId() {
		return text("InstanceProfileId");
	}

}
