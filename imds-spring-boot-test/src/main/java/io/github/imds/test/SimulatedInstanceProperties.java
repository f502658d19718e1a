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

package io.github.imds.test;

import java.lang.reflect.Modifier;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Properties that point an application to a simulator. They yield to properties of the
 * test and to command line arguments, and win over all others.
 */
final class SimulatedInstanceProperties {

	static final String BEAN_NAME = "imdsSimulator";

	private static final String SOURCE_NAME = "simulatedInstance";

	private SimulatedInstanceProperties() {
	}

	static @Nullable InstanceDeclaration findDeclaration(Class<?> type) {
		SimulatedInstance annotation = AnnotatedElementUtils.findMergedAnnotation(type, SimulatedInstance.class);
		if (annotation != null) {
			return InstanceDeclaration.of(annotation);
		}
		boolean nested = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
		return (nested) ? findDeclaration(type.getEnclosingClass()) : null;
	}

	static void addTo(ConfigurableEnvironment environment, ImdsSimulator simulator) {
		MutablePropertySources sources = environment.getPropertySources();
		if (sources.contains(SOURCE_NAME)) {
			return;
		}
		// An environment variable may switch the service off, as it often does off EC2
		MapPropertySource source = new MapPropertySource(SOURCE_NAME,
				Map.of("imds.client.endpoint", simulator.endpoint().toString(), "imds.client.enabled", "true",
						"imds.client.token.directory", simulator.directory().toString()));
		if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
			sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, source);
		}
		else {
			sources.addFirst(source);
		}
	}

}
