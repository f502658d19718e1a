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

package io.github.imds.autoconfigure.env;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.Support;
import io.github.imds.metadata.IamInfo;
import io.github.imds.metadata.IdentityCredentialsInfo;
import io.github.imds.metadata.IdentityDocument;
import io.github.imds.metadata.RebalanceRecommendation;
import io.github.imds.metadata.SpotAction;

/**
 * Instance metadata as described to IDEs. Where the path of a category has a variable,
 * this is a map.
 *
 * @param name the name of the property
 * @param type its type
 * @param description its description
 * @param withdrawn whether AWS has withdrawn it
 */
record DescribedProperty(String name, String type, String description, boolean withdrawn) {

	/**
	 * JSON documents by the type that has their shape.
	 */
	static final Map<MetadataCategory, Class<?>> DOCUMENTS = Map.of(MetadataCategory.DYNAMIC_INSTANCE_IDENTITY_DOCUMENT,
			IdentityDocument.class, MetadataCategory.IAM_INFO, IamInfo.class,
			MetadataCategory.IDENTITY_CREDENTIALS_EC2_INFO, IdentityCredentialsInfo.class,
			MetadataCategory.SPOT_INSTANCE_ACTION, SpotAction.class, MetadataCategory.EVENTS_RECOMMENDATIONS_REBALANCE,
			RebalanceRecommendation.class);

	/**
	 * Descriptions that do not follow from the catalogue.
	 */
	static final Map<String, String> DESCRIPTIONS = """
			imds.account-id                              ID of the account that launched the instance
			imds.architecture                            Processor architecture: x86_64, arm64 or i386
			imds.region                                  Region that the instance runs in
			imds.meta-data                               Metadata that has no property of its own, by its path with dots
			imds.network.interfaces.macs                 Network interfaces by MAC address, each with the properties of imds.network.primary
			imds.public-keys                             Public keys supplied at launch by index, each with its openssh-key
			imds.iam.info.last-updated                   When the credentials of the instance profile's role were last renewed
			imds.iam.info.instance-profile-arn           ARN of the instance profile
			imds.iam.info.instance-profile-id            ID of the instance profile
			imds.identity-credentials.ec2.info.last-updated  When the instance's own identity credentials were last renewed
			imds.identity-credentials.ec2.info.account-id    ID of the account that the instance's own identity credentials belong to
			imds.spot.instance-action.action             Action that EC2 is about to take on a Spot Instance: terminate, stop or hibernate
			imds.spot.instance-action.time               When an interrupted Spot Instance is terminated, stopped or hibernated
			imds.events.recommendations.rebalance.notice-time  When the notice of an elevated risk of interruption was issued
			imds.dynamic.instance-identity.document.account-id                 ID of the account that launched the instance
			imds.dynamic.instance-identity.document.architecture               Processor architecture: x86_64, arm64 or i386
			imds.dynamic.instance-identity.document.availability-zone          Name of the zone that the instance runs in
			imds.dynamic.instance-identity.document.billing-products           Billing products of the instance
			imds.dynamic.instance-identity.document.devpay-product-codes       DevPay product codes, deprecated by AWS
			imds.dynamic.instance-identity.document.image-id                   ID of the image that the instance was launched from
			imds.dynamic.instance-identity.document.instance-id                ID of the instance
			imds.dynamic.instance-identity.document.instance-type              Type of the instance
			imds.dynamic.instance-identity.document.kernel-id                  ID of the kernel that a paravirtual instance was launched with
			imds.dynamic.instance-identity.document.marketplace-product-codes  AWS Marketplace product codes of the image
			imds.dynamic.instance-identity.document.pending-time               When the instance was launched or last started
			imds.dynamic.instance-identity.document.private-ip                 Private IPv4 address of the instance
			imds.dynamic.instance-identity.document.ramdisk-id                 ID of the RAM disk that a paravirtual instance was launched with
			imds.dynamic.instance-identity.document.region                     Region that the instance runs in
			imds.dynamic.instance-identity.document.version                    Version of the document's format
			"""
		.lines()
		.map((line) -> line.split(" +", 2))
		.collect(Collectors.toMap((line) -> line[0], (line) -> line[1]));

	private static final String TEXT = "java.lang.String";

	static List<DescribedProperty> all() {
		Stream<DescribedProperty> others = Stream.concat(
				CatalogueNames.SHORTCUTS.stream().map((name) -> of(name, TEXT)),
				Stream.of(of("imds.meta-data", mapOf(TEXT))));
		Stream<DescribedProperty> categories = Stream.of(MetadataCategory.values())
			.filter((category) -> !category.sensitive())
			.flatMap((category) -> ImdsPropertyName.namesOf(category).flatMap((name) -> of(category, name)));
		return Stream.concat(others, categories)
			.distinct()
			.sorted(Comparator.comparing(DescribedProperty::name))
			.toList();
	}

	static boolean isArray(MetadataCategory category) {
		return category == MetadataCategory.EVENTS_MAINTENANCE_HISTORY
				|| category == MetadataCategory.EVENTS_MAINTENANCE_SCHEDULED;
	}

	private static Stream<DescribedProperty> of(MetadataCategory category, String name) {
		Class<?> document = DOCUMENTS.get(category);
		if (document != null) {
			return Stream.of(document.getDeclaredMethods())
				.filter((method) -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0
						&& !method.isSynthetic())
				.map((method) -> of(name + "." + JsonField.kebabCase(method.getName()),
						(method.getReturnType() == List.class) ? listOf(TEXT) : TEXT));
		}
		int variable = name.indexOf("[{");
		if (variable != -1 && name.indexOf("}]") < name.length() - 2) {
			return Stream.of(of(name.substring(0, variable), mapOf("java.lang.Object")));
		}
		String type = switch (category.valueType()) {
			case TEXT -> TEXT;
			case INTEGER -> "java.lang.Integer";
			case LIST -> listOf(TEXT);
			case JSON -> isArray(category) ? listOf(mapOf(TEXT)) : "java.lang.Object";
			case BYTES -> throw new IllegalStateException("Bytes are no property: " + category);
		};
		boolean withdrawn = category.support() == Support.WITHDRAWN;
		if (variable == -1) {
			return Stream.of(new DescribedProperty(name, type, category.description() + ".", withdrawn));
		}
		String key = name.substring(variable + 2, name.length() - 2);
		return Stream.of(new DescribedProperty(name.substring(0, variable), mapOf(type),
				category.description() + ", by " + key + ".", withdrawn));
	}

	private static DescribedProperty of(String name, String type) {
		return new DescribedProperty(name, type, DESCRIPTIONS.get(name) + ".", false);
	}

	private static String listOf(String type) {
		return "java.util.List<" + type + ">";
	}

	private static String mapOf(String type) {
		return "java.util.Map<java.lang.String," + type + ">";
	}

}
