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

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

import io.github.imds.autoconfigure.ImdsProperties;
import io.github.imds.autoconfigure.client.ClientSettingsSupplier;

/**
 * Settings of the client in an environment. They are outdated as soon as the property
 * sources of the environment differ from those that they were bound from.
 */
final class EnvironmentSettings implements ClientSettingsSupplier {

	private static final String PREFIX = "imds.client";

	private volatile ConfigurableEnvironment environment;

	private volatile PropertySource<?>[] sources = {};

	private volatile boolean outdated;

	EnvironmentSettings(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	ConfigurableEnvironment environment() {
		return this.environment;
	}

	/**
	 * Use the environment of the application context. Spring Boot replaces that in which
	 * config data was read if {@code spring.main.web-application-type} asks for another
	 * type.
	 */
	void useEnvironment(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Bind the settings, if there are any. Binding is a large part of the start-up cost
	 * of a client, even without any setting.
	 */
	@Override
	public ImdsProperties get() {
		upToDate();
		return isSet() ? bind(Binder.get(this.environment)) : ImdsProperties.DEFAULTS;
	}

	/**
	 * Bind the settings with a binder, such as the one of config data that is not yet
	 * part of the environment.
	 */
	ImdsProperties get(Binder binder) {
		upToDate();
		return bind(binder);
	}

	private void upToDate() {
		this.sources = sources();
		this.outdated = false;
	}

	static ImdsProperties bind(Binder binder) {
		return binder.bindOrCreate(PREFIX, ImdsProperties.class);
	}

	/**
	 * Bind the settings again on the next use.
	 */
	void outdate() {
		this.outdated = true;
	}

	@Override
	public boolean isOutdated() {
		if (this.outdated) {
			return true;
		}
		PropertySource<?>[] known = this.sources;
		int i = 0;
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (isOwn(source)) {
				continue;
			}
			if (i == known.length || known[i++] != source) {
				return true;
			}
		}
		return i != known.length;
	}

	private PropertySource<?>[] sources() {
		List<PropertySource<?>> sources = new ArrayList<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (!isOwn(source)) {
				sources.add(source);
			}
		}
		return sources.toArray(new PropertySource<?>[0]);
	}

	private boolean isSet() {
		ConfigurationPropertyName settings = ConfigurationPropertyName.of(PREFIX);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (!(source.getUnderlyingSource() instanceof ImdsPropertySource)
					&& source.containsDescendantOf(settings) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a name belongs to a setting of this project. Metadata has no such
	 * names.
	 * @param name the name of a property
	 * @return whether it is a setting
	 */
	static boolean isSetting(String name) {
		return name.startsWith("imds.client.") || name.startsWith("imds.lifecycle.");
	}

	private static boolean isOwn(PropertySource<?> source) {
		return source instanceof ImdsPropertySource || source instanceof ConfigDataPhase.OwnSource;
	}

}
