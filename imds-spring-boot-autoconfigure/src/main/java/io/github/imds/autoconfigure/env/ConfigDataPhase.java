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
 * Keeps instance metadata behind config data while that is read. Config data joins the
 * environment only at the end; until then it stands behind every property source but the
 * one of the default properties, so instance metadata takes that name for the time.
 */
final class ConfigDataPhase {

	private static final String LAST = DefaultPropertiesPropertySource.NAME;

	private ConfigDataPhase() {
	}

	static void begin(MutablePropertySources sources, ImdsPropertySource metadata) {
		PropertySource<?> defaults = sources.remove(LAST);
		sources.addLast((defaults != null) ? new BeforeDefaults(metadata, defaults) : new Last(metadata));
	}

	static void end(MutablePropertySources sources, ImdsPropertySource metadata) {
		PropertySource<?> defaults = sources.remove(LAST);
		sources.addLast(metadata);
		if (defaults instanceof BeforeDefaults before) {
			sources.addLast(before.defaults);
		}
		else if (defaults != null && !(defaults instanceof Last)) {
			sources.addLast(defaults);
		}
	}

	/**
	 * Instance metadata alone. Spring Boot passes over stubs when it looks at the
	 * environment as a whole, which it does before it looks at config data, and still
	 * asks them in their turn.
	 */
	private static final class Last extends StubPropertySource {

		private final ImdsPropertySource metadata;

		Last(ImdsPropertySource metadata) {
			super(LAST);
			this.metadata = metadata;
		}

		@Override
		public @Nullable String getProperty(String name) {
			return this.metadata.getProperty(name);
		}

	}

	/**
	 * Instance metadata and the default properties of the application. These have to be
	 * found in the environment as a whole, so metadata is found there too: a placeholder
	 * in config data gets it even if config data itself has another value.
	 */
	private static final class BeforeDefaults extends EnumerablePropertySource<ImdsPropertySource> {

		private static final String[] NO_NAMES = {};

		private final PropertySource<?> defaults;

		BeforeDefaults(ImdsPropertySource metadata, PropertySource<?> defaults) {
			super(LAST, metadata);
			this.defaults = defaults;
		}

		@Override
		public @Nullable Object getProperty(String name) {
			Object value = this.source.getProperty(name);
			return (value != null) ? value : this.defaults.getProperty(name);
		}

		@Override
		public boolean containsProperty(String name) {
			return getProperty(name) != null;
		}

		/**
		 * Return the names of the default properties only: to know those of metadata
		 * would take requests.
		 */
		@Override
		public String[] getPropertyNames() {
			return (this.defaults instanceof EnumerablePropertySource<?> enumerable) ? enumerable.getPropertyNames()
					: NO_NAMES;
		}

	}

}
