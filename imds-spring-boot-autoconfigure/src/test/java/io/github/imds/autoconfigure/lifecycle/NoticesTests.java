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
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleProperties.Notice;
import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleProperties.Shutdown;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.MaintenanceScheduledEvent;
import io.github.imds.lifecycle.RebalanceRecommendationEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;
import io.github.imds.metadata.MaintenanceEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Notices}.
 */
class NoticesTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	private static final TargetLifecycleStateChangedEvent TERMINATION = new TargetLifecycleStateChangedEvent(
			Optional.of("InService"), "Terminated");

	private static Notices notices(Set<Notice> refuseTrafficOn) {
		return new Notices(
				new ImdsLifecycleProperties(true, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ZERO, false,
						refuseTrafficOn, Duration.ofMinutes(5), new Shutdown(true, Duration.ofSeconds(70), null)),
				Duration.ofSeconds(30), InstantSource.fixed(NOW));
	}

	private static SpotInterruptionEvent interruption(String action, long seconds) {
		return new SpotInterruptionEvent(action, NOW.plusSeconds(seconds));
	}

	private static LifecycleEvent maintenance(Duration left) {
		return new MaintenanceScheduledEvent(
				MaintenanceEvent.of(Map.of("EventId", "a", "NotBefore", NOW.plus(left).toString())));
	}

	@ParameterizedTest
	@CsvSource({ "120, 70", "100, 70", "99, 69", "40, 10", "30, 0", "29, 0", "1, 0", "0, 70", "-1, 70", "-3600, 70",
			"3600, 70" })
	void drainEndsBeforeTheReserveUnlessTheDeadlineHasPassed(long left, long drain) {
		assertThat(notices(EnumSet.allOf(Notice.class)).drain(interruption("terminate", left))).hasSeconds(drain);
	}

	@Test
	void drainWithoutDeadlineIsAsSet() {
		assertThat(notices(EnumSet.allOf(Notice.class)).drain(TERMINATION)).hasSeconds(70);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stop", "hibernate" })
	void instanceThatResumesRefusesTrafficAndDoesNotShutDown(String action) {
		Notices notices = notices(EnumSet.allOf(Notice.class));
		assertThat(notices.refusesTraffic(interruption(action, 120))).isTrue();
		assertThat(notices.shutsDown(interruption(action, 120))).isFalse();
		assertThat(notices.shutsDown(interruption("terminate", 120))).isTrue();
	}

	@Test
	void onlyListedNoticesCount() {
		LifecycleEvent recommendation = new RebalanceRecommendationEvent(NOW);
		Notices some = notices(EnumSet.of(Notice.AUTO_SCALING_TERMINATION));
		assertThat(some.refusesTraffic(TERMINATION)).isTrue();
		assertThat(some.shutsDown(TERMINATION)).isTrue();
		assertThat(some.refusesTraffic(interruption("terminate", 120))).isFalse();
		assertThat(some.shutsDown(interruption("terminate", 120))).isFalse();
		assertThat(some.refusesTraffic(recommendation)).isFalse();
		assertThat(notices(EnumSet.of(Notice.REBALANCE_RECOMMENDATION)).shutsDown(recommendation)).isTrue();
	}

	@Test
	void otherAutoScalingStatesHaveNoEffect() {
		assertThat(notices(EnumSet.allOf(Notice.class))
			.refusesTraffic(new TargetLifecycleStateChangedEvent(Optional.empty(), "Standby"))).isFalse();
	}

	@Test
	void maintenanceCountsFromItsLeadTimeOn() {
		Notices notices = notices(EnumSet.of(Notice.MAINTENANCE));
		assertThat(notices.refusesTraffic(maintenance(Duration.ofMinutes(6)))).isFalse();
		assertThat(notices.refusesTraffic(maintenance(Duration.ofMinutes(5)))).isTrue();
		assertThat(notices.refusesTraffic(new MaintenanceScheduledEvent(MaintenanceEvent.of(Map.of("EventId", "a")))))
			.isFalse();
	}

}
