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
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;

/**
 * Identity of an instance as AWS signs it each time the instance starts.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html">Instance
 * identity documents</a>
 */
public final class IdentityDocument extends MetadataObject {

	private static final String PATH = "dynamic/instance-identity/document";

	private IdentityDocument(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create an identity document from values as AWS names them, as a test does.
	 * @param values the values by name, such as {@code accountId} and {@code region}
	 * @return the new document
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static IdentityDocument of(Map<String, ? extends @Nullable Object> values) {
		return new IdentityDocument(values);
	}

	/**
	 * Return the ID of the account that launched the instance.
	 * @return the account ID, 12 digits
	 * @throws ImdsResponseException if it is absent
	 */
	public String accountId() {
		return text("accountId");
	}

	/**
	 * Return the processor architecture: {@code x86_64}, {@code arm64} or {@code i386}.
	 * @return the architecture
	 * @throws ImdsResponseException if it is absent
	 */
	public String architecture() {
		return text("architecture");
	}

	/**
	 * Return the Availability Zone, such as {@code eu-west-1b}.
	 * @return the name of the zone
	 * @throws ImdsResponseException if it is absent
	 */
	public String availabilityZone() {
		return text("availabilityZone");
	}

	/**
	 * Return the billing products of the instance.
	 * @return the billing products, empty if there are none
	 */
	public List<String> billingProducts() {
		return texts("billingProducts");
	}

	/**
	 * Return the DevPay product codes, deprecated by AWS.
	 * @return the product codes, empty if there are none
	 */
	public List<String> devpayProductCodes() {
		return texts("devpayProductCodes");
	}

	/**
	 * Return the ID of the image (AMI) that the instance was launched from.
	 * @return the image ID
	 * @throws ImdsResponseException if it is absent
	 */
	public String imageId() {
		return text("imageId");
	}

	/**
	 * Return the ID of the instance.
	 * @return the instance ID
	 * @throws ImdsResponseException if it is absent
	 */
	public String instanceId() {
		return text("instanceId");
	}

	/**
	 * Return the type of the instance, such as {@code m7g.large}.
	 * @return the instance type
	 * @throws ImdsResponseException if it is absent
	 */
	public String instanceType() {
		return text("instanceType");
	}

	/**
	 * Return the ID of the kernel of a paravirtual instance.
	 * @return the kernel ID, or empty if there is none
	 */
	public Optional<String> kernelId() {
		return findText("kernelId");
	}

	/**
	 * Return the AWS Marketplace product codes of the image.
	 * @return the product codes, empty if there are none
	 */
	public List<String> marketplaceProductCodes() {
		return texts("marketplaceProductCodes");
	}

	/**
	 * Return the time at which the instance was launched or last started.
	 * @return the time
	 * @throws ImdsResponseException if it is absent or unreadable
	 */
	public Instant pendingTime() {
		return time("pendingTime");
	}

	/**
	 * Return the private IPv4 address.
	 * @return the address, or empty if the instance has none
	 */
	public Optional<String> privateIp() {
		return findText("privateIp");
	}

	/**
	 * Return the ID of the RAM disk of a paravirtual instance.
	 * @return the RAM disk ID, or empty if there is none
	 */
	public Optional<String> ramdiskId() {
		return findText("ramdiskId");
	}

	/**
	 * Return the region, such as {@code eu-west-1}.
	 * @return the region
	 * @throws ImdsResponseException if it is absent
	 */
	public String region() {
		return text("region");
	}

	/**
	 * Return the version of the document's format.
	 * @return the version
	 * @throws ImdsResponseException if it is absent
	 */
	public String version() {
		return text("version");
	}

	/**
	 * Return whether the document has everything that AWS signs for every instance.
	 */
	boolean isComplete() {
		return hasTexts("accountId", "architecture", "availabilityZone", "imageId", "instanceId", "instanceType",
				"pendingTime", "region", "version");
	}

}
