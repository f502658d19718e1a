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
 * {@code dynamic}. In YAML, put {@code "imds:"} in quotes.
 * <p>
 * A snapshot is config data like any other: it overrides the document that imports it,
 * and is overridden by the documents below that one, by profile-specific files,
 * environment variables and arguments. The client uses the settings that are known at the
 * time of the import, including those of the importing file.
 * <p>
 * With {@code optional:}, missing metadata imports nothing. A sensitive or an invalid
 * path is a failure even then. While the application is processed ahead of time nothing
 * is imported, because processing takes place on another machine.
 */
final class ImdsConfigDataLocationResolver implements ConfigDataLocationResolver<ImdsConfigDataResource> {

	private static final String PREFIX = "imds:";

	/**
	 * Return whether the location refers to metadata. Spring Boot calls this method for
	 * every location; it has collected the sources for config data by the first call.
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
					"'%s' is sensitive and cannot be imported as properties".formatted(path),
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
		// Config data is read without the other post-processors, as in some tests
		return new ImdsClientHolder(() -> EnvironmentSettings.bind(context.getBinder()));
	}

}
