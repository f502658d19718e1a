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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SmartApplicationListener;

import io.github.imds.lifecycle.InstanceTagsChangedEvent;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.LifecycleListener;

/**
 * Reaction of an application context to {@linkplain LifecycleEvent events} of its
 * instance: traffic is refused, then the event is published to the listeners of the
 * context, and the context is closed if this is enabled.
 *
 * @since 0.1.0
 */
public final class InstanceLifecycle implements SmartApplicationListener, LifecycleListener, AutoCloseable {

	private static final Log logger = LogFactory.getLog(InstanceLifecycle.class);

	/**
	 * Maximum time between checks of a current notice, which may become urgent or vanish
	 * without an event.
	 */
	private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

	private final ConfigurableApplicationContext context;

	private final LifecycleWatch watch;

	private final Notices notices;

	private final Readiness readiness;

	/**
	 * Executor that publishes changes of the readiness, whose listeners may block, too.
	 */
	private final ExecutorService readinessExecutor;

	private final EventDispatcher dispatcher;

	/**
	 * Scheduler that calls no listener and is therefore on time.
	 */
	private final ScheduledExecutorService scheduler;

	private final PlannedShutdown shutdown;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Future<?> lookAgain;

	InstanceLifecycle(ConfigurableApplicationContext context, LifecycleWatch watch, Notices notices,
			@Nullable ApplicationAvailability availability) {
		this.context = context;
		this.watch = watch;
		this.notices = notices;
		this.readiness = new Readiness(context, availability);
		this.readinessExecutor = SingleThread.executor("imds-readiness-", context.getEnvironment());
		this.dispatcher = new EventDispatcher(context);
		this.scheduler = SingleThread.executor("imds-notices-", context.getEnvironment());
		this.shutdown = new PlannedShutdown(this.scheduler, notices, watch::standing, this::closeContext);
	}

	/**
	 * Return the events whose subject is still announced, such as an interruption.
	 * @return the events as the service showed them last
	 */
	public List<LifecycleEvent> standing() {
		return this.watch.standing();
	}

	/**
	 * Return the event because of which the application refuses traffic.
	 * @return the event, or empty if traffic is not refused because of one
	 */
	public Optional<LifecycleEvent> refusingTrafficFor() {
		return this.readiness.isRefusing() ? reasonToRefuseTraffic() : Optional.empty();
	}

	private Optional<LifecycleEvent> reasonToRefuseTraffic() {
		return standing().stream().filter(this.notices::refusesTraffic).findFirst();
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return ApplicationStartedEvent.class.isAssignableFrom(eventType)
				|| AvailabilityChangeEvent.class.isAssignableFrom(eventType);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof AvailabilityChangeEvent<?> change) {
			this.readiness.changed(change);
			if (change.getState() != ReadinessState.ACCEPTING_TRAFFIC) {
				return;
			}
		}
		this.watch.addListener(this);
	}

	@Override
	public void onEvent(LifecycleEvent event) {
		log(event);
		this.readinessExecutor.execute(() -> {
			updateReadiness();
			this.dispatcher.dispatch(event);
		});
		plan();
	}

	private void log(LifecycleEvent event) {
		if (event instanceof InstanceTagsChangedEvent) {
			// With values, which may be many
			logger.debug(event);
		}
		else if (this.notices.refusesTraffic(event)) {
			logger.warn("Refusing traffic: " + event);
		}
		else {
			logger.info(event);
		}
	}

	private void plan() {
		this.shutdown.update();
		this.lock.lock();
		try {
			if (standing().isEmpty() && this.lookAgain != null) {
				this.lookAgain.cancel(false);
				this.lookAgain = null;
			}
			else if (!standing().isEmpty() && this.lookAgain == null) {
				this.lookAgain = this.scheduler.scheduleWithFixedDelay(this::lookAgain, LOOK_AGAIN.toMillis(),
						LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void lookAgain() {
		this.readinessExecutor.execute(() -> {
			if (!this.readiness.isRefusing()) {
				reasonToRefuseTraffic().ifPresent(this::log);
			}
			updateReadiness();
		});
		plan();
	}

	private void updateReadiness() {
		try {
			this.readiness.refuse(reasonToRefuseTraffic().isPresent());
		}
		catch (RuntimeException | Error ex) {
			logger.error("Listener failed with a change of the readiness state", ex);
		}
	}

	/**
	 * Close the context on a thread that keeps the JVM alive until then.
	 */
	private void closeContext() {
		Thread thread = new Thread(this.context::close, "imds-shutdown");
		thread.setDaemon(false);
		thread.setContextClassLoader(getClass().getClassLoader());
		thread.start();
	}

	@Override
	public void close() {
		this.watch.removeListener(this);
		this.scheduler.shutdownNow();
		this.readinessExecutor.shutdownNow();
		this.dispatcher.close();
	}

}
