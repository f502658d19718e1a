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

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Properties that the user has set in place of metadata. Spring Boot finds most spellings
 * before it looks up metadata, except for a name that the user has written without
 * brackets and the application with them, or the other way round.
 */
final class UserProperties {

	private final EnvironmentSettings settings;

	/**
	 * Paths that the calling thread is looking up in the other property sources, which
	 * can in turn ask the environment.
	 */
	private final ThreadLocal<@Nullable Set<String>> asking = new ThreadLocal<>();

	UserProperties(EnvironmentSettings settings) {
		this.settings = settings;
	}

	/**
	 * Return whether the user has set tags, which are the properties that have spellings
	 * of their own.
	 */
	boolean hasTags() {
		ConfigurationPropertyName tags = ConfigurationPropertyName.of("imds.tags.instance");
		for (ConfigurationPropertySource source : sources()) {
			if (isOfUser(source) && source.containsDescendantOf(tags) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the value that the user has set.
	 * @param property the metadata
	 * @return the value, or {@code null} if the user has set none
	 */
	@Nullable Object find(ImdsPropertyName property) {
		if (!property.hasVariables()) {
			return null;
		}
		Set<String> asking = this.asking.get();
		if (asking == null) {
			asking = new HashSet<>();
			this.asking.set(asking);
		}
		if (!asking.add(property.path())) {
			return null;
		}
		try {
			for (ConfigurationPropertySource source : sources()) {
				Object value = isOfUser(source) ? find(source, property) : null;
				if (value != null) {
					return value;
				}
			}
			return null;
		}
		finally {
			asking.remove(property.path());
			if (asking.isEmpty()) {
				this.asking.remove();
			}
		}
	}

	private Iterable<ConfigurationPropertySource> sources() {
		return ConfigurationPropertySources.get(this.settings.environment());
	}

	/**
	 * Return whether a source counts more than metadata, as all but the default
	 * properties do.
	 */
	private static boolean isOfUser(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> underlying
				&& !(underlying instanceof ImdsPropertySource)
				&& !DefaultPropertiesPropertySource.hasMatchingName(underlying);
	}

	private static @Nullable Object find(ConfigurationPropertySource source, ImdsPropertyName property) {
		for (ConfigurationPropertyName name : property.spellings()) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found.getValue();
			}
		}
		// Spring Boot asks a source that cannot list its names for lower-case names only
		return (source.getUnderlyingSource() instanceof PropertySource<?> unlisted
				&& !(unlisted instanceof EnumerablePropertySource<?>)) ? unlisted.getProperty(property.spelling(false))
						: null;
	}

}
