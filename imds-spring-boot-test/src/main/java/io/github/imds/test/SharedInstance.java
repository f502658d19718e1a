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
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An instance that all test classes with the same declaration share, so that they can
 * share Spring's cached contexts too. It starts at first use and ends with the test run.
 * Equality is identity: contexts that are cached beyond the test run point to a closed
 * simulator and must not be found again.
 */
final class SharedInstance {

	private static final Map<InstanceDeclaration, SharedInstance> instances = new HashMap<>();

	private final InstanceDeclaration declaration;

	private @Nullable ImdsSimulator simulator;

	private int leases;

	private SharedInstance(InstanceDeclaration declaration) {
		this.declaration = declaration;
	}

	static SharedInstance of(InstanceDeclaration declaration) {
		synchronized (instances) {
			return instances.computeIfAbsent(declaration, SharedInstance::new);
		}
	}

	synchronized ImdsSimulator simulator() {
		if (this.simulator == null) {
			this.simulator = this.declaration.start();
		}
		return this.simulator;
	}

	/**
	 * Keep the instance of a declaration until the lease is closed.
	 */
	static Lease lease(InstanceDeclaration declaration) {
		synchronized (instances) {
			SharedInstance instance = of(declaration);
			instance.leases++;
			return new Lease(instance);
		}
	}

	private void release() {
		synchronized (instances) {
			if (--this.leases > 0) {
				return;
			}
			instances.remove(this.declaration, this);
		}
		synchronized (this) {
			if (this.simulator != null) {
				this.simulator.close();
			}
		}
	}

	/**
	 * Interest of one test run in an instance.
	 */
	static final class Lease implements AutoCloseable {

		private final SharedInstance instance;

		private Lease(SharedInstance instance) {
			this.instance = instance;
		}

		SharedInstance instance() {
			return this.instance;
		}

		@Override
		public void close() {
			this.instance.release();
		}

	}

}
