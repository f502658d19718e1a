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

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

import io.github.imds.test.ImdsSimulator.Snapshot;

/**
 * Starts the simulators of {@link SimulatedInstance} and takes back what tests change.
 * The state of a class is what {@code @BeforeAll} methods, and the constructor with
 * {@code @TestInstance(PER_CLASS)}, leave behind: each of its tests starts from there.
 */
final class SimulatedInstanceExtension implements BeforeAllCallback, TestInstancePreConstructCallback,
		BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(SimulatedInstanceExtension.class);

	private static final String AUTOWIRED = "org.springframework.beans.factory.annotation.Autowired";

	@Override
	public void beforeAll(ExtensionContext context) {
		classState(context);
	}

	/**
	 * With {@code @TestInstance(PER_CLASS)} the instance is made, and Spring's context
	 * with it, before any {@code beforeAll}; otherwise after all of them.
	 */
	@Override
	public void preConstructTestInstance(TestInstanceFactoryContext factoryContext, ExtensionContext context) {
		ClassState state = classState(context);
		if (context.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_METHOD) {
			state.keep();
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		classState(context).keep();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		ClassState state = classState(context);
		state.simulator().restore(state.keep());
	}

	@Override
	public void afterAll(ExtensionContext context) {
		classState(context).end();
	}

	/**
	 * A parameter that asks for the bean is Spring's.
	 */
	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext context) {
		Parameter parameter = parameterContext.getParameter();
		return parameter.getType() == ImdsSimulator.class && Arrays.stream(parameter.getAnnotations())
			.noneMatch((annotation) -> annotation.annotationType().getName().equals(AUTOWIRED));
	}

	@Override
	public Object resolveParameter(ParameterContext parameterContext, ExtensionContext context) {
		return classState(context).simulator();
	}

	private static ClassState classState(ExtensionContext context) {
		return context.getStore(NAMESPACE)
			.computeIfAbsent(context.getRequiredTestClass(), (testClass) -> startClass(context), ClassState.class);
	}

	private static ClassState startClass(ExtensionContext context) {
		ImdsSimulator simulator = simulator(context);
		ClassState enclosing = enclosingState(context).orElse(null);
		Snapshot kept = (enclosing != null) ? enclosing.keep() : null;
		ClassState state = new ClassState(simulator,
				(enclosing != null && enclosing.simulator() == simulator) ? kept : null);
		state.end();
		return state;
	}

	private static Optional<ClassState> enclosingState(ExtensionContext context) {
		List<Class<?>> enclosing = context.getEnclosingTestClasses();
		return enclosing.isEmpty() ? Optional.empty() : Optional
			.ofNullable(context.getStore(NAMESPACE).get(enclosing.get(enclosing.size() - 1), ClassState.class));
	}

	private static ImdsSimulator simulator(ExtensionContext context) {
		SimulatedInstance annotation = AnnotationSupport
			.findAnnotation(context.getRequiredTestClass(), SimulatedInstance.class, context.getEnclosingTestClasses())
			.orElseThrow();
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(InstanceDeclaration.of(annotation), SharedInstance::lease, SharedInstance.Lease.class)
			.instance()
			.simulator();
	}

	/**
	 * State that the tests of a class start from.
	 */
	private static final class ClassState {

		private final ImdsSimulator simulator;

		private final @Nullable Snapshot before;

		private @Nullable Snapshot kept;

		ClassState(ImdsSimulator simulator, @Nullable Snapshot before) {
			this.simulator = simulator;
			this.before = before;
		}

		ImdsSimulator simulator() {
			return this.simulator;
		}

		synchronized Snapshot keep() {
			if (this.kept == null) {
				this.kept = this.simulator.snapshot();
			}
			return this.kept;
		}

		void end() {
			if (this.before != null) {
				this.simulator.restore(this.before);
			}
			else {
				this.simulator.reset();
			}
		}

	}

}
