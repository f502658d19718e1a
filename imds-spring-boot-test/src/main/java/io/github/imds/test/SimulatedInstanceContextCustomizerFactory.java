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

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Points the context of an annotated test class to its simulator, and keeps classes with
 * different simulators, or with none, from sharing a cached context.
 */
final class SimulatedInstanceContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		InstanceDeclaration declaration = SimulatedInstanceProperties.findDeclaration(testClass);
		return (declaration != null) ? new SimulatedInstanceContextCustomizer(SharedInstance.of(declaration)) : null;
	}

	private record SimulatedInstanceContextCustomizer(SharedInstance instance) implements ContextCustomizer {

		/**
		 * An application of Spring Boot has the properties since its environment was
		 * prepared.
		 */
		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			ImdsSimulator simulator = this.instance.simulator();
			SimulatedInstanceProperties.addTo(context.getEnvironment(), simulator);
			context.getBeanFactory().registerSingleton(SimulatedInstanceProperties.BEAN_NAME, simulator);
		}

	}

}
