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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.context.aot.AbstractAotProcessor;

import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.category.MetadataCategory;

/**
 * Resolves {@code imds:} in {@code spring.config.import} to a snapshot of instance
 * metadata: {@code imds:} for all of it, {@code imds:tags/instance} for everything below
 * {@code meta-data/tags/instance}, {@code imds:dynamic} for everything below
 * {@code dynamic}. In YAML, {@code "imds:"} has to be in quotes.
 * <p>
 * A snapshot is config data like any other: it wins over the document that imports it,
 * and loses to the documents below that one, to profile-specific files, environment
 * variables and arguments. The client has the settings that are known when the import is
 * made, those of the importing file included.
 * <p>
 * With {@code optional:} nothing is imported if there is no such metadata. What is
 * sensitive, or no path, is a failure even then. While the application is processed ahead
 * of time nothing is imported either, since that does not happen where it runs.
 */
final class ImdsConfigDataLocationResolver implements ConfigDataLocationResolver<ImdsConfigDataResource> {

	private static final String PREFIX = "imds:";

	/**
	 * Return whether the location is one of metadata. Spring Boot asks this for every
	 * location, and for the first one when the sources for config data are collected.
	 */
	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		ImdsEnvironment metadata = context.getBootstrapContext().getOrElse(ImdsEnvironment.class, null);
		if (metadata != null) {
			metadata.configDataSourcesCollected();
		}
		return location.hasPrefix(PREFIX);
	}

	@Override
	public List<ImdsConfigDataResource> resolve(ConfigDataLocationResolverContext context,
			ConfigDataLocation location) {
		String path = path(location.getNonPrefixedValue(PREFIX));
		if (MetadataCategory.isSensitive(path)) {
			throw new ImdsConfigDataException(location,
					"'%s' is sensitive and never becomes properties".formatted(path),
					"Import something else, and read '%s' with the ImdsClient.".formatted(path), null);
		}
		return List.of(new ImdsConfigDataResource(location, path, holder(context)));
	}

	private static String path(String value) {
		String path = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
		return path.isEmpty() ? path : ImdsPropertyName.fromTop(path);
	}

	private static @Nullable ImdsClientHolder holder(ConfigDataLocationResolverContext context) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return null;
		}
		ImdsEnvironment metadata = context.getBootstrapContext().getOrElse(ImdsEnvironment.class, null);
		if (metadata != null) {
			return metadata.refresh(context.getBinder());
		}
		// Config data that is read without the other post-processors, as tests do
		return new ImdsClientHolder(() -> EnvironmentSettings.bind(context.getBinder()));
	}

}
