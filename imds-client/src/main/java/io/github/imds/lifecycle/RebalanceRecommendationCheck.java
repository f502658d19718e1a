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

import org.jspecify.annotations.Nullable;

import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.metadata.RebalanceRecommendation;

/**
 * {@link Check} for recommendations to rebalance.
 */
final class RebalanceRecommendationCheck extends SpotCheck<RebalanceRecommendation> {

	private final InstantSource clock;

	private @Nullable RebalanceRecommendationEvent latest;

	private boolean present;

	RebalanceRecommendationCheck(InstanceMetadata instance, InstantSource clock) {
		super(instance, InstanceMetadata::rebalanceRecommendation);
		this.clock = clock;
	}

	@Override
	public List<LifecycleEvent> standing() {
		return (this.present && this.latest != null) ? List.of(this.latest) : List.of();
	}

	@Override
	boolean isComplete(RebalanceRecommendation recommendation) {
		return find(recommendation::noticeTime).isPresent();
	}

	@Override
	List<LifecycleEvent> present(RebalanceRecommendation recommendation) {
		this.present = true;
		RebalanceRecommendationEvent latest = this.latest;
		Instant time = find(recommendation::noticeTime)
			.orElseGet(() -> (latest != null) ? latest.noticeTime() : this.clock.instant());
		if (latest != null && Times.same(latest.noticeTime(), time)) {
			return List.of();
		}
		this.latest = new RebalanceRecommendationEvent(time);
		return List.of(this.latest);
	}

	@Override
	List<LifecycleEvent> absent() {
		this.present = false;
		return List.of();
	}

}
