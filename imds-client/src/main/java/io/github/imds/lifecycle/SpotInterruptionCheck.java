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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.metadata.SpotAction;

/**
 * {@link Check} for the interruption of a Spot Instance.
 */
final class SpotInterruptionCheck implements Check {

	private static final String TERMINATE = "terminate";

	/**
	 * Time between the notice and the action.
	 */
	private static final Duration NOTICE_PERIOD = Duration.ofMinutes(2);

	/**
	 * Time after which an instance that was to be stopped or hibernated must have
	 * resumed.
	 */
	private static final Duration GRACE_PERIOD = Duration.ofMinutes(5);

	private final InstanceMetadata instance;

	private final InstantSource clock;

	private @Nullable SpotInterruptionEvent standing;

	private @Nullable SpotInterruptionEvent over;

	private boolean absentBefore;

	private boolean incompleteBefore;

	SpotInterruptionCheck(InstanceMetadata instance, InstantSource clock) {
		this.instance = instance;
		this.clock = clock;
	}

	@Override
	public boolean applicable() {
		return Spot.isPossible(this.instance);
	}

	@Override
	public boolean frequent() {
		return true;
	}

	@Override
	public List<LifecycleEvent> standing() {
		return (this.standing != null) ? List.of(this.standing) : List.of();
	}

	@Override
	public List<LifecycleEvent> read() {
		Optional<SpotAction> action = this.instance.spotAction();
		boolean absentBefore = this.absentBefore;
		this.absentBefore = action.isEmpty();
		if (action.isEmpty()) {
			// Once is not enough: a service that restarts may lack the notice
			return absentBefore ? cancel() : List.of();
		}
		boolean complete = isComplete(action.get());
		boolean trusted = complete || this.incompleteBefore;
		this.incompleteBefore = !complete;
		return trusted ? announce(event(action.get())) : List.of();
	}

	private List<LifecycleEvent> announce(SpotInterruptionEvent event) {
		if (isOver(event)) {
			this.over = event;
			return cancel();
		}
		if (isSame(event, this.over) || isSame(event, this.standing)) {
			return List.of();
		}
		this.standing = event;
		return List.of(event);
	}

	private List<LifecycleEvent> cancel() {
		List<LifecycleEvent> events = new ArrayList<>();
		if (this.standing != null) {
			events.add(new SpotInterruptionCancelledEvent(this.standing));
		}
		this.standing = null;
		return events;
	}

	/**
	 * Return whether the instance was stopped or hibernated, and has resumed. An instance
	 * that is to be terminated does not resume.
	 */
	private boolean isOver(SpotInterruptionEvent event) {
		return !event.action().equals(TERMINATE) && event.time().plus(GRACE_PERIOD).isBefore(this.clock.instant());
	}

	private static boolean isSame(SpotInterruptionEvent event, @Nullable SpotInterruptionEvent other) {
		return other != null && event.action().equals(other.action()) && Times.same(event.time(), other.time());
	}

	private boolean isComplete(SpotAction action) {
		return find(action::action).isPresent() && find(action::time).isPresent();
	}

	private SpotInterruptionEvent event(SpotAction action) {
		SpotInterruptionEvent known = this.standing;
		Instant time = find(action::time)
			.orElseGet(() -> (known != null) ? known.time() : this.clock.instant().plus(NOTICE_PERIOD));
		String what = find(action::action).orElseGet(() -> (known != null) ? known.action() : TERMINATE);
		return new SpotInterruptionEvent(what, time);
	}

	private static <T> Optional<T> find(Supplier<T> accessor) {
		try {
			return Optional.of(accessor.get());
		}
		catch (ImdsResponseException ex) {
			return Optional.empty();
		}
	}

}
