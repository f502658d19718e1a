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

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.metadata.RebalanceRecommendation;

/**
 * {@link Check} for recommendations to rebalance.
 */
final class RebalanceRecommendationCheck implements Check {

	private final InstanceMetadata instance;

	private final InstantSource clock;

	private @Nullable RebalanceRecommendationEvent latest;

	private boolean present;

	private boolean absentBefore;

	private boolean unreadableBefore;

	RebalanceRecommendationCheck(InstanceMetadata instance, InstantSource clock) {
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
		return (this.present && this.latest != null) ? List.of(this.latest) : List.of();
	}

	@Override
	public List<LifecycleEvent> read() {
		Optional<RebalanceRecommendation> recommendation = this.instance.rebalanceRecommendation();
		if (recommendation.isEmpty()) {
			this.present = this.present && !this.absentBefore;
			this.absentBefore = true;
			return List.of();
		}
		this.absentBefore = false;
		Instant time = noticeTime(recommendation.get());
		boolean readable = time != null;
		if (time == null && this.latest == null && this.unreadableBefore) {
			// It stays unreadable, but it is there
			time = this.clock.instant();
		}
		this.unreadableBefore = !readable;
		if (time == null) {
			return List.of();
		}
		this.present = true;
		if (this.latest != null && Times.same(this.latest.noticeTime(), time)) {
			return List.of();
		}
		this.latest = new RebalanceRecommendationEvent(time);
		return List.of(this.latest);
	}

	private static @Nullable Instant noticeTime(RebalanceRecommendation recommendation) {
		try {
			return recommendation.noticeTime();
		}
		catch (ImdsResponseException ex) {
			return null;
		}
	}

}
