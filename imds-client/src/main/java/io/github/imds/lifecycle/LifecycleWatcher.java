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

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;

/**
 * Watcher that finds {@linkplain LifecycleEvent events} in the metadata of an instance
 * and hands each of them to its listeners once. It has one daemon thread, and asks the
 * service as rarely as the events allow: twice a minute on an On-Demand Instance, 26
 * times on a Spot Instance, and 11 or 12 times more in an Auto Scaling group.
 * <p>
 * A service that does not answer, or not in full, neither ends the watching nor looks
 * like the end of a notice. An interruption has to be absent twice in a row to count as
 * cancelled.
 *
 * @since 0.1.0
 */
public final class LifecycleWatcher implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(LifecycleWatcher.class);

	private final Rounds rounds;

	private final List<LifecycleListener> listeners;

	private final ReentrantLock lock = new ReentrantLock();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Thread thread;

	private volatile List<LifecycleEvent> standing = List.of();

	private LifecycleWatcher(Builder builder) {
		WatcherSettings settings = builder.settings;
		this.rounds = new Rounds(checks(builder.client, settings, InstantSource.system()), settings, System::nanoTime,
				new Random());
		this.listeners = new CopyOnWriteArrayList<>(builder.listeners);
		this.thread = new Thread(this::run, "imds-lifecycle");
		this.thread.setDaemon(true);
	}

	/**
	 * Create a builder of a watcher.
	 * @param client the client to read with, to be closed by the caller after the watcher
	 * @return a new builder
	 */
	public static Builder builder(ImdsClient client) {
		Assert.notNull(client, "'client' must not be null");
		return new Builder(client);
	}

	/**
	 * Return the events whose subject is still announced: an interruption, a
	 * recommendation, maintenance, an Auto Scaling state other than {@code InService}.
	 * @return the events as the service showed them last
	 */
	public List<LifecycleEvent> standing() {
		return this.standing;
	}

	/**
	 * Add a listener. It is given the {@link #standing() standing} events at once, by the
	 * calling thread, and all further ones.
	 * @param listener the listener
	 */
	public void addListener(LifecycleListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.lock.lock();
		try {
			this.standing.forEach((event) -> notify(listener, event));
			this.listeners.add(listener);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Remove a listener. Nothing happens if it was not added.
	 * @param listener the listener
	 */
	public void removeListener(LifecycleListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * End the watching. A check in progress is interrupted. Closing again does nothing.
	 */
	@Override
	public void close() {
		this.closed.countDown();
		if (Thread.currentThread() != this.thread) {
			this.thread.interrupt();
		}
	}

	private void run() {
		Duration delay = Duration.ZERO;
		while (!awaitClose(delay)) {
			delay = this.rounds.run(this::publish);
			// A notice can end without an event
			this.standing = this.rounds.standing();
		}
	}

	private boolean awaitClose(Duration delay) {
		try {
			return this.closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			// A listener may have interrupted the thread, which does not end the watching
			return isClosed();
		}
	}

	private void publish(List<LifecycleEvent> events) {
		if (isClosed()) {
			return;
		}
		this.lock.lock();
		try {
			this.standing = this.rounds.standing();
			events.forEach((event) -> this.listeners.forEach((listener) -> notify(listener, event)));
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	private static void notify(LifecycleListener listener, LifecycleEvent event) {
		try {
			listener.onEvent(event);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Listener failed with " + event, ex);
		}
	}

	static List<Check> checks(ImdsClient client, WatcherSettings settings, InstantSource clock) {
		InstanceMetadata instance = InstanceMetadata.of(client);
		List<Check> checks = new ArrayList<>(
				List.of(new SpotInterruptionCheck(instance, clock), new TargetLifecycleStateCheck(instance),
						new RebalanceRecommendationCheck(instance, clock), new MaintenanceCheck(client)));
		if (settings.tags()) {
			checks.add(new TagsCheck(client));
		}
		return checks;
	}

	/**
	 * Builder of a {@link LifecycleWatcher}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private final ImdsClient client;

		private final List<LifecycleListener> listeners = new ArrayList<>();

		private WatcherSettings settings = WatcherSettings.DEFAULTS;

		private Builder(ImdsClient client) {
			this.client = client;
		}

		/**
		 * Set the time between checks for an interruption, a recommendation and the Auto
		 * Scaling state, 5 seconds by default.
		 * @param interval the interval
		 * @return this builder
		 * @throws IllegalArgumentException if the interval is not positive
		 */
		public Builder interval(Duration interval) {
			Assert.isTrue(interval.compareTo(Duration.ZERO) > 0, "'interval' must be positive");
			this.settings = new WatcherSettings(interval, this.settings.slowInterval(), this.settings.jitter(),
					this.settings.tags());
			return this;
		}

		/**
		 * Set the time between checks for everything else, 1 minute by default.
		 * @param slowInterval the interval
		 * @return this builder
		 * @throws IllegalArgumentException if the interval is not positive
		 */
		public Builder slowInterval(Duration slowInterval) {
			Assert.isTrue(slowInterval.compareTo(Duration.ZERO) > 0, "'slowInterval' must be positive");
			this.settings = new WatcherSettings(this.settings.interval(), slowInterval, this.settings.jitter(),
					this.settings.tags());
			return this;
		}

		/**
		 * Set the maximum time by which a check is delayed at random, half a second by
		 * default, so that the processes of an instance do not all ask at once. The
		 * number of checks stays the same.
		 * @param jitter the jitter, or zero for none
		 * @return this builder
		 * @throws IllegalArgumentException if the jitter is negative
		 */
		public Builder jitter(Duration jitter) {
			Assert.isTrue(!jitter.isNegative(), "'jitter' must not be negative");
			this.settings = new WatcherSettings(this.settings.interval(), this.settings.slowInterval(), jitter,
					this.settings.tags());
			return this;
		}

		/**
		 * Set whether the tags of the instance are watched. They take a request each and
		 * one for their listing, so that they are not by default.
		 * @param tags whether to watch tags
		 * @return this builder
		 */
		public Builder tags(boolean tags) {
			this.settings = new WatcherSettings(this.settings.interval(), this.settings.slowInterval(),
					this.settings.jitter(), tags);
			return this;
		}

		/**
		 * Add a listener.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(LifecycleListener listener) {
			Assert.notNull(listener, "'listener' must not be null");
			this.listeners.add(listener);
			return this;
		}

		/**
		 * Start a watcher. The first checks begin at once.
		 * @return the running watcher
		 */
		public LifecycleWatcher start() {
			LifecycleWatcher watcher = new LifecycleWatcher(this);
			watcher.thread.start();
			return watcher;
		}

	}

}
