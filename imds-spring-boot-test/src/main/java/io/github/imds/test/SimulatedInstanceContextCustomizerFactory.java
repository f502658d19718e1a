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
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Keeps test classes with different simulators, or with none, from sharing a cached
 * application context.
 */
final class SimulatedInstanceContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		SimulatedInstance annotation = AnnotatedElementUtils.findMergedAnnotation(testClass, SimulatedInstance.class);
		if (annotation != null) {
			return new SimulatedInstanceContextCustomizer(List.of(annotation.value()), TestRuns.ended());
		}
		boolean nested = testClass.isMemberClass() && !Modifier.isStatic(testClass.getModifiers());
		return (nested) ? createContextCustomizer(testClass.getEnclosingClass(), configAttributes) : null;
	}

	private record SimulatedInstanceContextCustomizer(List<String> lines,
			int previousRuns) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		}

	}

}
