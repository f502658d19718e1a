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
import java.util.Set;

import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Locks of test classes that share a simulated instance: one after another, beside all
 * other classes.
 */
final class SimulatedInstanceLocks implements ResourceLocksProvider {

	@Override
	public Set<Lock> provideForClass(Class<?> testClass) {
		return provideForNestedClass(List.of(), testClass);
	}

	@Override
	public Set<Lock> provideForNestedClass(List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
		SimulatedInstance annotation = AnnotationSupport
			.findAnnotation(testClass, SimulatedInstance.class, enclosingInstanceTypes)
			.orElseThrow();
		return Set.of(new Lock(SimulatedInstance.class.getName() + ":" + InstanceDeclaration.of(annotation)));
	}

}
