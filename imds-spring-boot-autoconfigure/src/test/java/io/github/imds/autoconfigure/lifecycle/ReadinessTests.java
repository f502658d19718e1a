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

package io.github.imds.autoconfigure.lifecycle;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.availability.ReadinessState.ACCEPTING_TRAFFIC;
import static org.springframework.boot.availability.ReadinessState.REFUSING_TRAFFIC;

/**
 * Tests for {@link Readiness}.
 */
class ReadinessTests {

	private final List<Object> published = new ArrayList<>();

	private final Readiness readiness = new Readiness(
			(event) -> this.published.add(((AvailabilityChangeEvent<?>) event).getState()), null);

	private void others(ReadinessState state) {
		this.readiness.changed(new AvailabilityChangeEvent<>(this, state));
	}

	@Test
	void comesBackWhenTheNoticeIsGone() {
		others(ACCEPTING_TRAFFIC);
		this.readiness.refuse(true);
		this.readiness.refuse(true);
		assertThat(this.readiness.isRefusing()).isTrue();
		this.readiness.refuse(false);
		assertThat(this.published).containsExactly(REFUSING_TRAFFIC, ACCEPTING_TRAFFIC);
		assertThat(this.readiness.isRefusing()).isFalse();
	}

	@Test
	void doesNotComeBackIfOthersTurnedItOffBefore() {
		others(ACCEPTING_TRAFFIC);
		others(REFUSING_TRAFFIC);
		this.readiness.refuse(true);
		this.readiness.refuse(false);
		assertThat(this.published).containsExactly(REFUSING_TRAFFIC);
	}

	@Test
	void doesNotComeBackIfOthersTurnedItOffMeanwhile() {
		others(ACCEPTING_TRAFFIC);
		this.readiness.refuse(true);
		others(REFUSING_TRAFFIC);
		this.readiness.refuse(false);
		assertThat(this.published).containsExactly(REFUSING_TRAFFIC);
	}

	@Test
	void refusesAgainWhileTheNoticeStands() {
		this.readiness.refuse(true);
		others(ACCEPTING_TRAFFIC);
		assertThat(this.published).containsExactly(REFUSING_TRAFFIC, REFUSING_TRAFFIC);
		this.readiness.refuse(false);
		assertThat(this.published).endsWith(ACCEPTING_TRAFFIC).hasSize(3);
	}

	@Test
	void ignoresOwnChangesAndLiveness() {
		others(ACCEPTING_TRAFFIC);
		this.readiness.refuse(true);
		this.readiness.changed(new AvailabilityChangeEvent<>(this.readiness, REFUSING_TRAFFIC));
		this.readiness.changed(new AvailabilityChangeEvent<>(this, LivenessState.BROKEN));
		this.readiness.refuse(false);
		assertThat(this.published).endsWith(ACCEPTING_TRAFFIC);
	}

}
