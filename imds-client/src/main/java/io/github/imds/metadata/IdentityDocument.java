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
import java.util.List;
import java.util.Optional;

/**
 * What AWS signs about an instance each time it starts.
 *
 * @param accountId the ID of the account that launched the instance, 12 digits
 * @param architecture the processor architecture: {@code x86_64}, {@code arm64} or
 * {@code i386}
 * @param availabilityZone the Availability Zone, such as {@code eu-west-1b}
 * @param billingProducts the billing products of the instance
 * @param devpayProductCodes deprecated by AWS
 * @param imageId the ID of the image (AMI) that the instance was launched from
 * @param instanceId the ID of the instance
 * @param instanceType the type of the instance, such as {@code m7g.large}
 * @param kernelId the ID of the kernel, empty but for paravirtual instances
 * @param marketplaceProductCodes the AWS Marketplace product codes of the image
 * @param pendingTime when the instance was launched or last started
 * @param privateIp the private IPv4 address, empty if the instance has none
 * @param ramdiskId the ID of the RAM disk, empty but for paravirtual instances
 * @param region the region, such as {@code eu-west-1}
 * @param version the version of the document's format
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html">Instance
 * identity documents</a>
 */
public record IdentityDocument(String accountId, String architecture, String availabilityZone,
		List<String> billingProducts, List<String> devpayProductCodes, String imageId, String instanceId,
		String instanceType, Optional<String> kernelId, List<String> marketplaceProductCodes, Instant pendingTime,
		Optional<String> privateIp, Optional<String> ramdiskId, String region, String version) {

	static IdentityDocument of(JsonObject json) {
		return new IdentityDocument(json.text("accountId"), json.text("architecture"), json.text("availabilityZone"),
				json.texts("billingProducts"), json.texts("devpayProductCodes"), json.text("imageId"),
				json.text("instanceId"), json.text("instanceType"), json.findText("kernelId"),
				json.texts("marketplaceProductCodes"), json.time("pendingTime"), json.findText("privateIp"),
				json.findText("ramdiskId"), json.text("region"), json.text("version"));
	}

}
