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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Properties that the user has set in place of metadata. Spring Boot finds most spellings
 * before it asks for metadata, but not that of a name in brackets which the user has
 * written without them, or the other way round.
 */
final class UserProperties {

	private final ConfigurableEnvironment environment;

	/**
	 * Set while the calling thread asks the other property sources, which can in turn ask
	 * for metadata.
	 */
	private final ThreadLocal<Boolean> asking = new ThreadLocal<>();

	UserProperties(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Return whether the calling thread is asking for a property of the user.
	 * @return whether metadata is asked for in passing
	 */
	boolean isAsking() {
		return this.asking.get() != null;
	}

	/**
	 * Find the value that the user has set.
	 * @param property the metadata
	 * @return the value, or {@code null} if the user has set none
	 */
	@Nullable Object find(ImdsPropertyName property) {
		if (!property.hasVariables()) {
			return null;
		}
		this.asking.set(Boolean.TRUE);
		try {
			for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
				if (source.getUnderlyingSource() instanceof ImdsPropertySource
						|| source.getUnderlyingSource() instanceof ConfigDataPhase.OwnSource) {
					continue;
				}
				for (ConfigurationPropertyName name : property.spellings()) {
					ConfigurationProperty found = source.getConfigurationProperty(name);
					if (found != null) {
						return found.getValue();
					}
				}
			}
			return null;
		}
		finally {
			this.asking.remove();
		}
	}

}
