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
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import io.github.imds.lifecycle.InstanceTagsChangedEvent;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.LifecycleListener;

/**
 * Reaction of an application context to {@linkplain LifecycleEvent events} of its
 * instance: traffic is refused, then the event is published to the listeners of the
 * context, and the context is closed if the settings say so.
 *
 * @since 0.1.0
 */
public final class InstanceLifecycle implements SmartApplicationListener, LifecycleListener, AutoCloseable {

	private static final Log logger = LogFactory.getLog(InstanceLifecycle.class);

	/**
	 * Maximum time until a standing notice is looked at again: it may become urgent or
	 * vanish without an event.
	 */
	private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

	private final ConfigurableApplicationContext context;

	private final LifecycleWatch watch;

	private final Notices notices;

	private final Readiness readiness;

	private final EventDispatcher dispatcher;

	private final ScheduledThreadPoolExecutor scheduler;

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Future<?> lookAgain;

	private @Nullable Future<?> shutdown;

	InstanceLifecycle(ConfigurableApplicationContext context, LifecycleWatch watch, Notices notices,
			ReadinessState readinessState) {
		this.context = context;
		this.watch = watch;
		this.notices = notices;
		this.readiness = new Readiness(context, readinessState);
		this.dispatcher = new EventDispatcher(context);
		this.scheduler = scheduler();
		watch.addListener(this);
	}

	private static ScheduledThreadPoolExecutor scheduler() {
		CustomizableThreadFactory threadFactory = new CustomizableThreadFactory("imds-notices-");
		threadFactory.setDaemon(true);
		ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, threadFactory);
		scheduler.setRemoveOnCancelPolicy(true);
		scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
		scheduler.allowCoreThreadTimeOut(true);
		return scheduler;
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
		return this.readiness.isRefusing() ? standing().stream().filter(this.notices::refusesTraffic).findFirst()
				: Optional.empty();
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
		this.watch.start();
	}

	@Override
	public void onEvent(LifecycleEvent event) {
		log(event);
		evaluate();
		this.dispatcher.dispatch(event);
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

	private void evaluate() {
		this.lock.lock();
		try {
			List<LifecycleEvent> standing = standing();
			planShutdown(standing.stream().filter(this.notices::shutsDown).findFirst().orElse(null));
			planToLookAgain(!standing.isEmpty());
			this.readiness.refuse(standing.stream().anyMatch(this.notices::refusesTraffic));
		}
		catch (RuntimeException ex) {
			logger.error("Listener failed with a change of the readiness state", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void planShutdown(@Nullable LifecycleEvent event) {
		if (event == null && this.shutdown != null) {
			this.shutdown.cancel(false);
			this.shutdown = null;
		}
		else if (event != null && this.shutdown == null && !this.scheduler.isShutdown()) {
			Duration drain = this.notices.drain(event);
			logger.warn("Shutting down in %d s: %s".formatted(drain.toSeconds(), event));
			this.shutdown = this.scheduler.schedule(this::shutDown, drain.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void planToLookAgain(boolean standing) {
		if (standing && this.lookAgain == null && !this.scheduler.isShutdown()) {
			this.lookAgain = this.scheduler.scheduleWithFixedDelay(this::evaluate, LOOK_AGAIN.toMillis(),
					LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
		}
		else if (!standing && this.lookAgain != null) {
			this.lookAgain.cancel(false);
			this.lookAgain = null;
		}
	}

	/**
	 * Close the context, on a thread that keeps the virtual machine alive until then.
	 */
	private void shutDown() {
		Thread thread = new Thread(this.context::close, "imds-shutdown");
		thread.setDaemon(false);
		thread.setContextClassLoader(getClass().getClassLoader());
		thread.start();
	}

	@Override
	public void close() {
		this.watch.removeListener(this);
		this.scheduler.shutdownNow();
		this.dispatcher.close();
	}

}
