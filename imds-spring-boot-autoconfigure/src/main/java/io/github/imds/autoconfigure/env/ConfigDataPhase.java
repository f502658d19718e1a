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
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySource.StubPropertySource;

/**
 * Keeps the precedence of instance metadata below that of config data while config data
 * is loaded. Spring Boot collects the property sources of the environment once, adds
 * those of config data after them, and moves only the default properties to the end.
 * Therefore metadata stands in for the default properties until the sources are
 * collected. From then on, the environment answers with metadata only when it is asked
 * for a property by name, because metadata would otherwise be found before config data.
 */
final class ConfigDataPhase {

	private static final String LAST = DefaultPropertiesPropertySource.NAME;

	private final MutablePropertySources sources;

	private final ImdsPropertySource metadata;

	private final @Nullable PropertySource<?> defaults;

	private ConfigDataPhase(MutablePropertySources sources, ImdsPropertySource metadata,
			@Nullable PropertySource<?> defaults) {
		this.sources = sources;
		this.metadata = metadata;
		this.defaults = defaults;
	}

	static ConfigDataPhase begin(MutablePropertySources sources, ImdsPropertySource metadata) {
		sources.remove(ImdsPropertySource.NAME);
		PropertySource<?> defaults = sources.remove(LAST);
		sources.addLast(new LastPropertySource(metadata, defaults));
		return new ConfigDataPhase(sources, metadata, defaults);
	}

	/**
	 * Restore the default properties of the environment, after the sources for config
	 * data have been collected.
	 */
	void sourcesCollected() {
		if (this.sources.get(LAST) instanceof LastPropertySource) {
			this.sources.remove(LAST);
			this.sources.addLast(new UnlistedPropertySource(this.metadata));
			if (this.defaults != null) {
				this.sources.addLast(this.defaults);
			}
		}
	}

	/**
	 * Move metadata to its final place, after all properties that the user has set.
	 */
	void end() {
		sourcesCollected();
		this.sources.remove(ImdsPropertySource.NAME);
		addMetadata(this.sources, this.metadata);
	}

	/**
	 * Put metadata behind all but the default properties, unless it is there: who looks
	 * for a property while sources move may not find it.
	 */
	static void addMetadata(MutablePropertySources sources, ImdsPropertySource metadata) {
		if (!isLast(sources, metadata)) {
			sources.addLast(metadata);
			DefaultPropertiesPropertySource.moveToEnd(sources);
		}
	}

	private static boolean isLast(MutablePropertySources sources, ImdsPropertySource metadata) {
		boolean last = false;
		for (PropertySource<?> source : sources) {
			last = source == metadata || (last && DefaultPropertiesPropertySource.hasMatchingName(source));
		}
		return last;
	}

	/**
	 * Marker for sources that stand in for metadata.
	 */
	interface OwnSource {

	}

	/**
	 * Metadata, followed by the default properties of the application.
	 */
	private static final class LastPropertySource extends EnumerablePropertySource<ImdsPropertySource>
			implements OwnSource {

		private static final String[] NO_NAMES = {};

		private final @Nullable PropertySource<?> defaults;

		LastPropertySource(ImdsPropertySource metadata, @Nullable PropertySource<?> defaults) {
			super(LAST, metadata);
			this.defaults = defaults;
		}

		@Override
		public @Nullable Object getProperty(String name) {
			Object value = this.source.getProperty(name);
			return (value != null || this.defaults == null) ? value : this.defaults.getProperty(name);
		}

		@Override
		public boolean containsProperty(String name) {
			return getProperty(name) != null;
		}

		@Override
		public String[] getPropertyNames() {
			return (this.defaults instanceof EnumerablePropertySource<?> enumerable) ? enumerable.getPropertyNames()
					: NO_NAMES;
		}

	}

	/**
	 * Metadata that Spring Boot ignores when it uses the environment as a whole, and
	 * still asks in its turn.
	 */
	private static final class UnlistedPropertySource extends StubPropertySource implements OwnSource {

		private final ImdsPropertySource metadata;

		UnlistedPropertySource(ImdsPropertySource metadata) {
			super(ImdsPropertySource.NAME);
			this.metadata = metadata;
		}

		@Override
		public @Nullable String getProperty(String name) {
			Object value = this.metadata.getProperty(name);
			return (value != null) ? value.toString() : null;
		}

	}

}
