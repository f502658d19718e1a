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

package io.github.imds.autoconfigure.client;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsClientBuilder;

/**
 * The {@link ObservationRegistry} of the application context, available once the context
 * has one. Clients receive a registry that delegates to it, because a new client would
 * not know that the service cannot be reached. Micrometer's classes are loaded only when
 * a client is built.
 */
final class ApplicationObservations {

	private volatile @Nullable ObservationRegistry registry;

	void useRegistry(@Nullable ObservationRegistry registry) {
		this.registry = registry;
	}

	void applyTo(ImdsClientBuilder builder) {
		new DelegatingObservationRegistry(this).applyTo(builder);
	}

	/**
	 * Apply the registry to a builder. Passing the registry to another class would load
	 * Micrometer's classes when that class is verified.
	 */
	private static final class DelegatingObservationRegistry implements ObservationRegistry {

		private final ApplicationObservations observations;

		DelegatingObservationRegistry(ApplicationObservations observations) {
			this.observations = observations;
		}

		void applyTo(ImdsClientBuilder builder) {
			builder.observationRegistry(this);
		}

		private ObservationRegistry target() {
			ObservationRegistry target = this.observations.registry;
			return (target != null) ? target : NOOP;
		}

		@Override
		public boolean isNoop() {
			return target().isNoop();
		}

		@Override
		public @Nullable Observation getCurrentObservation() {
			return target().getCurrentObservation();
		}

		@Override
		public Observation.@Nullable Scope getCurrentObservationScope() {
			return target().getCurrentObservationScope();
		}

		@Override
		public void setCurrentObservationScope(Observation.@Nullable Scope current) {
			target().setCurrentObservationScope(current);
		}

		@Override
		public ObservationConfig observationConfig() {
			return target().observationConfig();
		}

	}

}
