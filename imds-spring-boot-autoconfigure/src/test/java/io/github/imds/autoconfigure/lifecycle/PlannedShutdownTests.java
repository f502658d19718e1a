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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleProperties.Notice;
import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleProperties.Shutdown;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlannedShutdown}.
 */
class PlannedShutdownTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	private static final TargetLifecycleStateChangedEvent TERMINATION = new TargetLifecycleStateChangedEvent(
			Optional.of("InService"), "Terminated");

	private final Scheduler scheduler = new Scheduler();

	private final AtomicInteger shutdowns = new AtomicInteger();

	private final List<LifecycleEvent> standing = new ArrayList<>();

	private final PlannedShutdown shutdown = new PlannedShutdown(this.scheduler,
			new Notices(
					new ImdsLifecycleProperties(true, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ZERO,
							false, EnumSet.allOf(Notice.class), Duration.ofMinutes(5),
							new Shutdown(true, Duration.ofSeconds(70), null)),
					Duration.ofSeconds(30), InstantSource.fixed(NOW)),
			() -> this.standing, this.shutdowns::incrementAndGet);

	@AfterEach
	void close() {
		this.scheduler.shutdownNow();
	}

	private void stand(LifecycleEvent... events) {
		this.standing.clear();
		this.standing.addAll(List.of(events));
		this.shutdown.update();
	}

	private static SpotInterruptionEvent interruption(String action, long seconds) {
		return new SpotInterruptionEvent(action, NOW.plusSeconds(seconds));
	}

	@Test
	void shutsDownAfterTheDrain() {
		stand(TERMINATION);
		stand(TERMINATION);
		assertThat(this.scheduler.delays()).containsExactly(70L);
		this.scheduler.latest().run();
		assertThat(this.shutdowns).hasValue(1);
	}

	@Test
	void laterNoticeWithNearerDeadlineBringsTheShutdownForward() {
		stand(TERMINATION);
		stand(TERMINATION, interruption("terminate", 50));
		assertThat(this.scheduler.delays()).containsExactly(70L, 20L);
		assertThat(this.scheduler.plans.get(0).isCancelled()).isTrue();
	}

	@Test
	void noticeThatBecomesATerminationPlansAShutdown() {
		stand(interruption("stop", 50));
		assertThat(this.scheduler.plans).isEmpty();
		stand(interruption("terminate", 50));
		assertThat(this.scheduler.delays()).containsExactly(20L);
		stand(interruption("stop", 50));
		assertThat(this.scheduler.latest().isCancelled()).isTrue();
	}

	@Test
	void endOfOneOfTwoNoticesCallsNothingOff() {
		stand(interruption("terminate", 120), TERMINATION);
		stand(TERMINATION);
		assertThat(this.scheduler.plans).singleElement().matches((plan) -> !plan.isCancelled());
		stand();
		assertThat(this.scheduler.latest().isCancelled()).isTrue();
		stand(TERMINATION);
		assertThat(this.scheduler.latest().isCancelled()).isFalse();
	}

	@Test
	void noticeCountsAnewAfterASuspensionBeyondItsDeadline() {
		stand(interruption("terminate", 0));
		this.scheduler.latest().delay = Duration.ofMinutes(-3);
		this.scheduler.latest().run();
		assertThat(this.shutdowns).hasValue(0);
		assertThat(this.scheduler.delays()).containsExactly(-180L, 70L);
		this.scheduler.latest().run();
		assertThat(this.shutdowns).hasValue(1);
	}

	@Test
	void noticeThatWentDuringASuspensionDoesNotShutDown() {
		stand(interruption("terminate", 0));
		this.standing.clear();
		this.scheduler.latest().delay = Duration.ofMinutes(-3);
		this.scheduler.latest().run();
		assertThat(this.shutdowns).hasValue(0);
		assertThat(this.scheduler.plans).hasSize(1);
	}

	/**
	 * Scheduler that runs nothing by itself.
	 */
	private static final class Scheduler extends ScheduledThreadPoolExecutor {

		private final List<Plan> plans = new ArrayList<>();

		private Scheduler() {
			super(0);
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
			this.plans.add(new Plan(command, Duration.of(delay, unit.toChronoUnit())));
			return latest();
		}

		private Plan latest() {
			return this.plans.get(this.plans.size() - 1);
		}

		private List<Long> delays() {
			return this.plans.stream().map((plan) -> plan.delay.toSeconds()).toList();
		}

	}

	private static final class Plan extends FutureTask<Object> implements ScheduledFuture<Object> {

		private Duration delay;

		private Plan(Runnable command, Duration delay) {
			super(command, null);
			this.delay = delay;
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return unit.convert(this.delay);
		}

		@Override
		public int compareTo(Delayed other) {
			return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
		}

	}

}
