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

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Points an application to its simulator before anything else reads properties: the
 * application of an annotated test class, which is then the main application class, to
 * that of the class; an application with an annotated configuration class to one of its
 * own.
 */
final class SimulatedInstanceEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private final ConfigurableBootstrapContext bootstrapContext;

	SimulatedInstanceEnvironmentPostProcessor(ConfigurableBootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Class<?> mainClass = application.getMainApplicationClass();
		InstanceDeclaration shared = (mainClass != null) ? SimulatedInstanceProperties.findDeclaration(mainClass)
				: null;
		if (shared != null) {
			SimulatedInstanceProperties.addTo(environment, SharedInstance.of(shared).simulator());
			return;
		}
		InstanceDeclaration own = findDeclaration(application);
		if (own != null) {
			ImdsSimulator simulator = own.start();
			SimulatedInstanceProperties.addTo(environment, simulator);
			this.bootstrapContext
				.addCloseListener((event) -> registerBean(event.getApplicationContext().getBeanFactory(), simulator));
		}
	}

	private static @Nullable InstanceDeclaration findDeclaration(SpringApplication application) {
		for (Object source : application.getAllSources()) {
			if (source instanceof Class<?> type) {
				InstanceDeclaration declaration = SimulatedInstanceProperties.findDeclaration(type);
				if (declaration != null) {
					return declaration;
				}
			}
		}
		return null;
	}

	private static void registerBean(ConfigurableListableBeanFactory beanFactory, ImdsSimulator simulator) {
		beanFactory.registerSingleton(SimulatedInstanceProperties.BEAN_NAME, simulator);
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(SimulatedInstanceProperties.BEAN_NAME, simulator::close);
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
