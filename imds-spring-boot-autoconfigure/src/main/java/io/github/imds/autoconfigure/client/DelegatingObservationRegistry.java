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
 * there is one. Building the client again for it would forget that the service cannot be
 * reached.
 */
final class DelegatingObservationRegistry implements ObservationRegistry {

	/**
	 * Not {@code NOOP} from the start, whose classes most applications do not load.
	 */
	private volatile @Nullable ObservationRegistry target;

	void delegateTo(@Nullable ObservationRegistry target) {
		this.target = target;
	}

	private ObservationRegistry target() {
		ObservationRegistry target = this.target;
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
