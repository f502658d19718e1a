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

/**
 * {@link ObservationRegistry} that delegates to that of the application context, once
 * there is one. A client that were built again for it would forget that the service could
 * not be reached.
 */
final class DelegatingObservationRegistry implements ObservationRegistry {

	private volatile ObservationRegistry target = NOOP;

	void delegateTo(ObservationRegistry target) {
		this.target = target;
	}

	@Override
	public boolean isNoop() {
		return this.target.isNoop();
	}

	@Override
	public @Nullable Observation getCurrentObservation() {
		return this.target.getCurrentObservation();
	}

	@Override
	public Observation.@Nullable Scope getCurrentObservationScope() {
		return this.target.getCurrentObservationScope();
	}

	@Override
	public void setCurrentObservationScope(Observation.@Nullable Scope current) {
		this.target.setCurrentObservationScope(current);
	}

	@Override
	public ObservationConfig observationConfig() {
		return this.target.observationConfig();
	}

}
