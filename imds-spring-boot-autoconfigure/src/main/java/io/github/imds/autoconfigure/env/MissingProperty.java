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

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsDetection;

/**
 * Missing property. Determines the reason and the remedy.
 */
final class MissingProperty {

	private static final String TAGS = "meta-data/tags/instance";

	private final String name;

	/**
	 * Path to which the name refers, whether or not metadata with this path exists.
	 */
	private final String path;

	MissingProperty(String name) {
		this.name = name;
		this.path = ImdsPropertyName.pathOf(name);
	}

	/**
	 * Explain why the property cannot exist on any instance.
	 * @return the explanation, or {@code null} if it depends on the instance
	 */
	@Nullable Explanation explainName() {
		if (MetadataCategory.isSensitive(this.path)) {
			return new Explanation("'%s' is a secret, and secrets are never properties.".formatted(this.path),
					"If the application needs it, read it with the ImdsClient bean.");
		}
		if (ImdsPropertyName.of(this.name, "any") != null) {
			return null;
		}
		String below = MetadataCategory.below(this.path)
			.stream()
			.flatMap(ImdsPropertyName::namesOf)
			.limit(3)
			.collect(Collectors.joining("', '"));
		if (!below.isEmpty()) {
			return new Explanation("'%s' is a directory and has no value of its own.".formatted(this.path),
					"Name one of the values below it, such as '%s'.".formatted(below));
		}
		List<String> closest = CatalogueNames.closestTo(this.name);
		return new Explanation("No documented instance metadata has this name.",
				(closest.isEmpty() ? "" : "Did you mean '%s'? ".formatted(String.join("', or '", closest)))
						+ "Write names as the metadata service does. Metadata that is not documented is available "
						+ "at 'imds.meta-data.' and its path.");
	}

	/**
	 * Explain why the instance does not have the property.
	 * @param detection whether the metadata service is used for properties
	 * @param client the client to read with
	 * @return the explanation
	 */
	Explanation explainValue(ImdsDetection detection, ImdsClient client) {
		if (!detection.isEnabled()) {
			return defaultNeeded("Instance metadata is not used: %s.".formatted(detection.reason()));
		}
		try {
			String mac = this.name.startsWith(ImdsPropertyName.PRIMARY_INTERFACE)
					? client.get("meta-data/mac").orElse("any") : "any";
			ImdsPropertyName metadata = ImdsPropertyName.of(this.name, mac);
			Assert.state(metadata != null, "the name does not refer to metadata");
			return explainValue(metadata, client);
		}
		catch (ImdsException ex) {
			return defaultNeeded(ex.getMessage().endsWith("?") ? ex.getMessage() : ex.getMessage() + ".");
		}
	}

	private Explanation explainValue(ImdsPropertyName metadata, ImdsClient client) {
		Optional<String> value = client.get(metadata.path());
		if (value.isEmpty()) {
			return (metadata.path().startsWith(TAGS + "/") && client.list(TAGS).isEmpty())
					? defaultNeeded("The instance does not expose its tags as metadata. Enable them with "
							+ "'aws ec2 modify-instance-metadata-options --instance-metadata-tags enabled'.")
					: defaultNeeded("This instance does not have '%s'.".formatted(metadata.path()));
		}
		if (metadata.field().isEmpty() && ImdsPropertySource.isEvaluated(value.get())) {
			return new Explanation(
					"'%s' holds a placeholder or an expression, which Spring would evaluate, and therefore is not a property."
						.formatted(metadata.path()),
					"Check who set this value. The ImdsClient bean returns it unchanged.");
		}
		if (!metadata.field().isEmpty()) {
			return defaultNeeded("The JSON document '%s' has no such value. The names in it are written in kebab case."
				.formatted(metadata.path()));
		}
		return new Explanation(
				"'%s' could not be read when it was needed, but can be read now.".formatted(metadata.path()),
				"Start the application again.");
	}

	/**
	 * Explain the reason, which is known only while the metadata service can be asked.
	 * @param reason why there is no value
	 * @return the explanation
	 */
	Explanation defaultNeeded(String reason) {
		return new Explanation(reason,
				"Write a default after a colon, such as '${%s:none}', or set the property yourself."
					.formatted(this.name.replace(":", "\\:")));
	}

	/**
	 * Reason why a property is missing, and the remedy.
	 *
	 * @param reason one or more sentences
	 * @param action one or more sentences
	 */
	record Explanation(String reason, String action) {

	}

}
