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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.lifecycle.LifecycleEvent;

/**
 * Shutdown of an application after its drain, unless the notice that requires it is
 * cancelled.
 */
final class PlannedShutdown {

	private static final Log logger = LogFactory.getLog(InstanceLifecycle.class);

	/**
	 * Minimum difference between two plans.
	 */
	private static final Duration TOLERANCE = Duration.ofSeconds(1);

	/**
	 * Delay that only a suspension of the process explains.
	 */
	private static final Duration SUSPENDED = Duration.ofSeconds(10);

	private final ScheduledExecutorService scheduler;

	private final Notices notices;

	private final Supplier<List<LifecycleEvent>> standing;

	private final Runnable action;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable ScheduledFuture<?> planned;

	PlannedShutdown(ScheduledExecutorService scheduler, Notices notices, Supplier<List<LifecycleEvent>> standing,
			Runnable action) {
		this.scheduler = scheduler;
		this.notices = notices;
		this.standing = standing;
		this.action = action;
	}

	/**
	 * Plan the shutdown, bring it forward, or call it off, according to the current
	 * notices.
	 */
	void update() {
		this.lock.lock();
		try {
			Optional<LifecycleEvent> reason = this.standing.get()
				.stream()
				.filter(this.notices::shutsDown)
				.min(Comparator.comparing(this.notices::drain));
			Duration drain = reason.map(this.notices::drain).orElse(Duration.ZERO);
			if (this.planned != null) {
				if (reason.isPresent() && left(this.planned).compareTo(drain.plus(TOLERANCE)) <= 0) {
					return;
				}
				this.planned.cancel(false);
				this.planned = null;
			}
			if (reason.isPresent()) {
				logger.warn("Shutting down in %d s: %s".formatted(drain.toSeconds(), reason.get()));
				this.planned = this.scheduler.schedule(this::shutDown, drain.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Shut down, or plan again after a suspension, during which the notice may have been
	 * cancelled.
	 */
	private void shutDown() {
		this.lock.lock();
		try {
			if (this.planned != null && left(this.planned).plus(SUSPENDED).isNegative()) {
				this.planned = null;
				update();
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.action.run();
	}

	private static Duration left(ScheduledFuture<?> future) {
		return Duration.ofNanos(future.getDelay(TimeUnit.NANOSECONDS));
	}

}
