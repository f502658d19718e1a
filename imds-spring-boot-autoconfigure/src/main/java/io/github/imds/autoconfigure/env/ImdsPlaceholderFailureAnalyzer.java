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
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;

import io.github.imds.autoconfigure.ImdsProperties;
import io.github.imds.autoconfigure.client.ClientSettingsSupplier;
import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.autoconfigure.env.MissingProperty.Explanation;

/**
 * Explains why the placeholder of an {@code imds.*} property was not resolved. The
 * analyzer asks the metadata service once more with its own client, since the client of
 * the failed application is already closed.
 */
final class ImdsPlaceholderFailureAnalyzer extends AbstractFailureAnalyzer<PlaceholderResolutionException> {

	private final @Nullable Environment environment;

	/**
	 * Create an analyzer.
	 * @param environment the environment, or {@code null} if the application failed
	 * before it had a context
	 */
	ImdsPlaceholderFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PlaceholderResolutionException cause) {
		String name = cause.getPlaceholder();
		if (!name.startsWith(ImdsPropertyName.PREFIX) || EnvironmentSettings.isSetting(name) || isSet(name)) {
			return null;
		}
		MissingProperty property = new MissingProperty(name);
		Explanation explanation = property.explainName();
		if (explanation == null) {
			explanation = explainValue(property);
		}
		return new FailureAnalysis("%s%n%n%s".formatted(cause.getMessage(), explanation.reason()), explanation.action(),
				cause);
	}

	/**
	 * Return whether the property exists. In this case its placeholder refers to itself.
	 */
	private boolean isSet(String name) {
		return this.environment != null && this.environment.containsProperty(name);
	}

	private Explanation explainValue(MissingProperty property) {
		if (this.environment == null) {
			return property.defaultNeeded("It was needed before the application context existed. "
					+ "'logging.level.io.github.imds=debug' logs the responses of the metadata service.");
		}
		try (ImdsClientHolder holder = new ImdsClientHolder(settings(this.environment))) {
			if (holder.detection().isEnabled() && !hasMetadata(this.environment)) {
				return property.defaultNeeded("Instance metadata is not part of the environment of this application.");
			}
			return property.explainValue(holder.detection(), holder.client());
		}
		catch (RuntimeException ex) {
			return property.defaultNeeded("The reason is unknown, because the metadata service cannot be asked: %s."
				.formatted(ex.getMessage()));
		}
	}

	private static ClientSettingsSupplier settings(Environment environment) {
		return (environment instanceof ConfigurableEnvironment configurable) ? new EnvironmentSettings(configurable)
				: () -> ImdsProperties.DEFAULTS;
	}

	private static boolean hasMetadata(Environment environment) {
		return environment instanceof ConfigurableEnvironment configurable
				&& configurable.getPropertySources().contains(ImdsPropertySource.NAME);
	}

}
