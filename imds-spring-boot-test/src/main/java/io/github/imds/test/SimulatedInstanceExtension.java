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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts the simulators of {@link SimulatedInstance} and points the application under
 * test to them.
 */
final class SimulatedInstanceExtension
		implements BeforeAllCallback, TestInstancePreConstructCallback, AfterEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(SimulatedInstanceExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) {
		simulator(context);
	}

	/**
	 * With {@code @TestInstance(PER_CLASS)} the instance is made, and Spring's context
	 * with it, before any {@code beforeAll}.
	 */
	@Override
	public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context) {
		simulator(context);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		simulator(context).reset();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext context) {
		return parameterContext.getParameter().getType() == ImdsSimulator.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameterContext, ExtensionContext context) {
		return simulator(context);
	}

	/**
	 * Returns the simulator of a test class, to which the system properties point until
	 * the end of the class.
	 */
	private static ImdsSimulator simulator(ExtensionContext context) {
		return context.getStore(NAMESPACE)
			.computeIfAbsent(context.getRequiredTestClass(), (testClass) -> new Target(runningSimulator(context)),
					Target.class)
			.simulator();
	}

	private static ImdsSimulator runningSimulator(ExtensionContext context) {
		SimulatedInstance annotation = AnnotationSupport
			.findAnnotation(context.getRequiredTestClass(), SimulatedInstance.class, context.getEnclosingTestClasses())
			.orElseThrow();
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(List.of(annotation.value()), (lines) -> new Run(start(lines)), Run.class)
			.simulator();
	}

	private static ImdsSimulator start(List<String> lines) {
		ImdsSimulator.Builder builder = ImdsSimulator.builder();
		for (String line : lines) {
			int separator = line.indexOf('=');
			if (separator == -1) {
				throw new ExtensionConfigurationException(
						"@SimulatedInstance: '%s' is not of the form path=body".formatted(line));
			}
			builder.put(line.substring(0, separator), line.substring(separator + 1));
		}
		return builder.start();
	}

	private record Run(ImdsSimulator simulator) implements AutoCloseable {

		@Override
		public void close() {
			this.simulator.close();
			TestRuns.end();
		}

	}

	private static final class Target implements AutoCloseable {

		private final ImdsSimulator simulator;

		private final Map<String, @Nullable String> previousProperties = new HashMap<>();

		Target(ImdsSimulator simulator) {
			this.simulator = simulator;
			setProperty("imds.client.endpoint", simulator.endpoint().toString());
			setProperty("aws.ec2MetadataServiceEndpoint", simulator.endpoint().toString());
			// An environment variable may say otherwise, as it often does off EC2
			setProperty("aws.disableEc2Metadata", "false");
		}

		private void setProperty(String name, String value) {
			this.previousProperties.put(name, System.setProperty(name, value));
		}

		ImdsSimulator simulator() {
			return this.simulator;
		}

		@Override
		public void close() {
			this.previousProperties.forEach((name, value) -> {
				if (value != null) {
					System.setProperty(name, value);
				}
				else {
					System.clearProperty(name);
				}
			});
		}

	}

}
