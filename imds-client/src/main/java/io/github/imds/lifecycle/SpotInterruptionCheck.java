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
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.metadata.SpotAction;

/**
 * {@link Check} for the interruption of a Spot Instance.
 */
final class SpotInterruptionCheck extends SpotCheck<SpotAction> {

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

	private final InstantSource clock;

	private @Nullable SpotInterruptionEvent standing;

	SpotInterruptionCheck(InstanceMetadata instance, InstantSource clock) {
		super(instance, InstanceMetadata::spotAction);
		this.clock = clock;
	}

	@Override
	public List<LifecycleEvent> standing() {
		return (this.standing != null) ? List.of(this.standing) : List.of();
	}

	@Override
	boolean isComplete(SpotAction action) {
		return find(action::action).isPresent() && find(action::time).isPresent();
	}

	@Override
	List<LifecycleEvent> present(SpotAction action) {
		SpotInterruptionEvent event = event(action);
		if (isOver(event)) {
			return absent();
		}
		if (isStanding(event)) {
			return List.of();
		}
		this.standing = event;
		return List.of(event);
	}

	@Override
	List<LifecycleEvent> absent() {
		SpotInterruptionEvent cancelled = this.standing;
		this.standing = null;
		return (cancelled != null) ? List.of(new SpotInterruptionCancelledEvent(cancelled)) : List.of();
	}

	/**
	 * Return whether the instance was stopped or hibernated, and has resumed. An instance
	 * that is to be terminated does not resume.
	 */
	private boolean isOver(SpotInterruptionEvent event) {
		return !event.action().equals(TERMINATE) && event.time().plus(GRACE_PERIOD).isBefore(this.clock.instant());
	}

	private boolean isStanding(SpotInterruptionEvent event) {
		return this.standing != null && event.action().equals(this.standing.action())
				&& Times.same(event.time(), this.standing.time());
	}

	private SpotInterruptionEvent event(SpotAction action) {
		SpotInterruptionEvent known = this.standing;
		Instant time = find(action::time)
			.orElseGet(() -> (known != null) ? known.time() : this.clock.instant().plus(NOTICE_PERIOD));
		String what = find(action::action).orElseGet(() -> (known != null) ? known.action() : TERMINATE);
		return new SpotInterruptionEvent(what, time);
	}

}
