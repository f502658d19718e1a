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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleProperties.Notice;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.MaintenanceScheduledEvent;
import io.github.imds.lifecycle.RebalanceRecommendationEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;

/**
 * Rules for the reaction of an application to a notice.
 */
final class Notices {

	private final ImdsLifecycleProperties properties;

	private final Duration reserve;

	private final InstantSource clock;

	Notices(ImdsLifecycleProperties properties, Duration reserve, InstantSource clock) {
		this.properties = properties;
		this.reserve = reserve;
		this.clock = clock;
	}

	/**
	 * Return whether the application has to refuse traffic while an event stands.
	 */
	boolean refusesTraffic(LifecycleEvent event) {
		Notice notice = notice(event);
		return notice != null && this.properties.refuseTrafficOn().contains(notice)
				&& (!(event instanceof MaintenanceScheduledEvent maintenance) || isNear(maintenance));
	}

	/**
	 * Return whether the application has to shut down. A Spot Instance that is stopped or
	 * hibernated resumes with the application.
	 */
	boolean shutsDown(LifecycleEvent event) {
		return this.properties.shutdown().enabled() && refusesTraffic(event)
				&& (!(event instanceof SpotInterruptionEvent interruption)
						|| (!interruption.action().equals("stop") && !interruption.action().equals("hibernate")));
	}

	/**
	 * Return the time for which the application goes on serving requests: the configured
	 * drain, shortened if the deadline requires it. A deadline that has passed is
	 * ignored, because the clock was set or the machine suspended.
	 */
	Duration drain(LifecycleEvent event) {
		Duration drain = this.properties.shutdown().drain();
		Instant now = this.clock.instant();
		Optional<Instant> deadline = deadline(event).filter((time) -> time.isAfter(now));
		if (deadline.isEmpty()) {
			return drain;
		}
		Duration left = Duration.between(now, deadline.get()).minus(this.reserve);
		return left.isNegative() ? Duration.ZERO : (left.compareTo(drain) < 0) ? left : drain;
	}

	private boolean isNear(MaintenanceScheduledEvent event) {
		return deadline(event)
			.map((time) -> !time.minus(this.properties.maintenanceLeadTime()).isAfter(this.clock.instant()))
			.orElse(false);
	}

	private static Optional<Instant> deadline(LifecycleEvent event) {
		if (event instanceof SpotInterruptionEvent interruption) {
			return Optional.of(interruption.time());
		}
		return (event instanceof MaintenanceScheduledEvent scheduled) ? scheduled.maintenance().notBefore()
				: Optional.empty();
	}

	private static @Nullable Notice notice(LifecycleEvent event) {
		if (event instanceof SpotInterruptionEvent) {
			return Notice.SPOT_INTERRUPTION;
		}
		if (event instanceof RebalanceRecommendationEvent) {
			return Notice.REBALANCE_RECOMMENDATION;
		}
		if (event instanceof MaintenanceScheduledEvent) {
			return Notice.MAINTENANCE;
		}
		return (event instanceof TargetLifecycleStateChangedEvent change && change.terminating())
				? Notice.AUTO_SCALING_TERMINATION : null;
	}

}
