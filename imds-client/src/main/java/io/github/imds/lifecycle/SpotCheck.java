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

package io.github.imds.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.imds.ImdsResponseException;
import io.github.imds.metadata.InstanceMetadata;

/**
 * {@link Check} for a document that only a Spot Instance has, and only while a notice
 * stands.
 *
 * @param <D> the type of the document
 */
abstract class SpotCheck<D> implements Check {

	private static final Pattern LIFE_CYCLE = Pattern.compile("[a-z-]+");

	private final InstanceMetadata instance;

	private final Function<InstanceMetadata, Optional<D>> document;

	private boolean absentBefore;

	private boolean incompleteBefore;

	SpotCheck(InstanceMetadata instance, Function<InstanceMetadata, Optional<D>> document) {
		this.instance = instance;
		this.document = document;
	}

	/**
	 * An instance whose life cycle is unknown may be a Spot Instance.
	 */
	@Override
	public final boolean applicable() {
		return this.instance.lifeCycle()
			.map(String::strip)
			.map((lifeCycle) -> lifeCycle.equals("spot") || !LIFE_CYCLE.matcher(lifeCycle).matches())
			.orElse(true);
	}

	@Override
	public final boolean frequent() {
		return true;
	}

	/**
	 * Once is not enough for absence, since a service that restarts may lack the notice,
	 * nor for a document that lacks something.
	 */
	@Override
	public final List<LifecycleEvent> read() {
		boolean absentBefore = this.absentBefore;
		this.absentBefore = false;
		Optional<D> document = this.document.apply(this.instance);
		if (document.isEmpty()) {
			this.absentBefore = true;
			return absentBefore ? absent() : List.of();
		}
		boolean incompleteBefore = this.incompleteBefore;
		this.incompleteBefore = !isComplete(document.get());
		return (!this.incompleteBefore || incompleteBefore) ? present(document.get()) : List.of();
	}

	abstract boolean isComplete(D document);

	/**
	 * Return the events of a document that is there.
	 */
	abstract List<LifecycleEvent> present(D document);

	/**
	 * Return the events now that the document is gone.
	 */
	abstract List<LifecycleEvent> absent();

	static <T> Optional<T> find(Supplier<T> accessor) {
		try {
			return Optional.of(accessor.get());
		}
		catch (ImdsResponseException ex) {
			return Optional.empty();
		}
	}

}
