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

/**
 * Holds the last place for instance metadata while config data is read. Config data
 * becomes part of the environment only at the end, behind all property sources but the
 * default properties; to come after it, instance metadata has to share their name.
 */
final class LastPropertySource extends EnumerablePropertySource<ImdsPropertySource> {

	private static final String[] NO_NAMES = {};

	private final @Nullable PropertySource<?> defaults;

	private LastPropertySource(ImdsPropertySource source, @Nullable PropertySource<?> defaults) {
		super(DefaultPropertiesPropertySource.NAME, source);
		this.defaults = defaults;
	}

	static void addTo(MutablePropertySources sources, ImdsPropertySource source) {
		PropertySource<?> defaults = sources.remove(DefaultPropertiesPropertySource.NAME);
		sources.addLast(new LastPropertySource(source, defaults));
	}

	/**
	 * Put instance metadata, and the default properties, where they belong.
	 * @param sources the property sources
	 * @return instance metadata, or {@code null} if it had not been added
	 */
	static @Nullable ImdsPropertySource settle(MutablePropertySources sources) {
		if (!(sources.get(DefaultPropertiesPropertySource.NAME) instanceof LastPropertySource last)) {
			return null;
		}
		sources.remove(last.getName());
		sources.addLast(last.getSource());
		if (last.defaults != null) {
			sources.addLast(last.defaults);
		}
		return last.getSource();
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Object value = this.source.getProperty(name);
		return (value == null && this.defaults != null) ? this.defaults.getProperty(name) : value;
	}

	@Override
	public boolean containsProperty(String name) {
		return getProperty(name) != null;
	}

	/**
	 * Return the names of the default properties. Those of instance metadata would have
	 * to be fetched.
	 */
	@Override
	public String[] getPropertyNames() {
		return (this.defaults instanceof EnumerablePropertySource<?> enumerable) ? enumerable.getPropertyNames()
				: NO_NAMES;
	}

}
