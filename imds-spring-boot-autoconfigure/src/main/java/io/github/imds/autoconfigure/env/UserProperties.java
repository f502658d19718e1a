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
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Properties that the user has set in place of metadata. Spring Boot finds most spellings
 * before it looks up metadata, except for a name that the user has written without
 * brackets and the application with them, or the other way round.
 */
final class UserProperties {

	private final ConfigurableEnvironment environment;

	/**
	 * Paths that the calling thread is looking up in the other property sources, which
	 * can in turn ask the environment.
	 */
	private final ThreadLocal<Set<String>> asking = ThreadLocal.withInitial(HashSet::new);

	UserProperties(ConfigurableEnvironment environment) {
		this.environment = environment;
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
		if (!asking.add(property.path())) {
			return null;
		}
		try {
			for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
				Object underlying = source.getUnderlyingSource();
				Object value = (underlying instanceof ImdsPropertySource
						|| underlying instanceof ConfigDataPhase.OwnSource) ? null : find(source, underlying, property);
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

	private static @Nullable Object find(ConfigurationPropertySource source, @Nullable Object underlying,
			ImdsPropertyName property) {
		for (ConfigurationPropertyName name : property.spellings()) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found.getValue();
			}
		}
		// Spring Boot asks a source that cannot list its names for lower-case names only
		return (underlying instanceof PropertySource<?> unlisted
				&& !(underlying instanceof EnumerablePropertySource<?>))
						? unlisted.getProperty(property.spelling(false)) : null;
	}

}
