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
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of the reaction to lifecycle events of the instance.
 *
 * @param enabled whether to watch for lifecycle events of the instance
 * @param interval time between checks for Spot interruptions, rebalance recommendations
 * and the Auto Scaling state
 * @param slowInterval time between checks for scheduled maintenance and tags
 * @param jitter maximum time by which a check is delayed at random
 * @param tags whether to watch the tags of the instance
 * @param refuseTrafficOn notices on which the application refuses traffic
 * @param maintenanceLeadTime time before the start of scheduled maintenance at which the
 * application refuses traffic
 * @param shutdown shutdown before the instance goes
 * @since 0.1.0
 */
@ConfigurationProperties("imds.lifecycle")
public record ImdsLifecycleProperties(@DefaultValue("false") boolean enabled, @DefaultValue("5s") Duration interval,
		@DefaultValue("1m") Duration slowInterval, @DefaultValue("500ms") Duration jitter,
		@DefaultValue("false") boolean tags, @DefaultValue( {
				"spot-interruption", "auto-scaling-termination" }) Set<Notice> refuseTrafficOn,
		@DefaultValue("5m") Duration maintenanceLeadTime, @DefaultValue Shutdown shutdown){

	/**
	 * Create settings.
	 * @param enabled whether to watch for lifecycle events of the instance
	 * @param interval time between checks for Spot interruptions, rebalance
	 * recommendations and the Auto Scaling state
	 * @param slowInterval time between checks for scheduled maintenance and tags
	 * @param jitter maximum time by which a check is delayed at random
	 * @param tags whether to watch the tags of the instance
	 * @param refuseTrafficOn notices on which the application refuses traffic
	 * @param maintenanceLeadTime time before the start of scheduled maintenance at which
	 * the application refuses traffic
	 * @param shutdown shutdown before the instance goes
	 * @throws IllegalArgumentException if an interval is not positive, or another time is
	 * negative
	 */
	public ImdsLifecycleProperties {
		Assert.isTrue(interval.compareTo(Duration.ZERO) > 0, "'imds.lifecycle.interval' must be positive");
		Assert.isTrue(slowInterval.compareTo(Duration.ZERO) > 0, "'imds.lifecycle.slow-interval' must be positive");
		checkNotNegative("jitter", jitter);
		checkNotNegative("maintenance-lead-time", maintenanceLeadTime);
	}

	private static void checkNotNegative(String name, Duration duration) {
		Assert.isTrue(!duration.isNegative(), () -> "'imds.lifecycle.%s' must not be negative".formatted(name));
	}

	/**
	 * Notice that the instance is about to go, or may be.
	 */
	public enum Notice {

		/**
		 * EC2 is about to terminate, stop or hibernate the Spot Instance.
		 */
		SPOT_INTERRUPTION,

		/**
		 * Auto Scaling is about to terminate the instance.
		 */
		AUTO_SCALING_TERMINATION,

		/**
		 * The Spot Instance is at elevated risk of interruption.
		 */
		REBALANCE_RECOMMENDATION,

		/**
		 * Maintenance of the instance or its host is about to start.
		 */
		MAINTENANCE

	}

	/**
	 * Settings of the shutdown.
	 *
	 * @param enabled whether to shut down the application when it refuses traffic because
	 * of a notice, unless the instance is to be stopped or hibernated
	 * @param drain time for which the application serves requests after it began to
	 * refuse traffic, so that load balancers notice
	 * @param reserve time before the deadline of a notice that is kept for the shutdown.
	 * By default 'spring.lifecycle.timeout-per-shutdown-phase'
	 */
	public record Shutdown(@DefaultValue("false") boolean enabled, @DefaultValue("70s") Duration drain,
			@Nullable Duration reserve) {

		/**
		 * Create settings.
		 * @param enabled whether to shut down the application when it refuses traffic
		 * because of a notice
		 * @param drain time for which the application serves requests after it began to
		 * refuse traffic
		 * @param reserve time before the deadline of a notice that is kept for the
		 * shutdown, or {@code null} for the timeout of a shutdown phase
		 * @throws IllegalArgumentException if a time is negative
		 */
		public Shutdown {
			checkNotNegative("shutdown.drain", drain);
			if (reserve != null) {
				checkNotNegative("shutdown.reserve", reserve);
			}
		}

	}

}
