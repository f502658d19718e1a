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

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;

import io.github.imds.client.ImdsClient;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.LifecycleListener;
import io.github.imds.lifecycle.LifecycleWatcher;

/**
 * Watcher that an application shares with its child contexts, started with the first of
 * them.
 */
final class LifecycleWatch implements AutoCloseable {

	private final ImdsClient client;

	private final ImdsLifecycleProperties properties;

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<LifecycleListener> listeners = ConcurrentHashMap.newKeySet();

	private volatile @Nullable LifecycleWatcher watcher;

	private boolean closed;

	LifecycleWatch(ImdsClient client, ImdsLifecycleProperties properties) {
		this.client = client;
		this.properties = properties;
	}

	/**
	 * Add a listener unless it was added before, or the application does not run on EC2.
	 * The first listener starts the watcher.
	 */
	void addListener(LifecycleListener listener) {
		this.lock.lock();
		try {
			if (this.closed || !isOnEc2() || !this.listeners.add(listener)) {
				return;
			}
			if (this.watcher != null) {
				this.watcher.addListener(listener);
			}
			else {
				this.watcher = startWatcher(listener);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isOnEc2() {
		return switch (this.client.status().detection().result()) {
			case PRESENT -> true;
			case ABSENT -> false;
			// Without ahead-of-time processing, a condition has checked this
			case UNKNOWN -> this.watcher != null || !AotDetector.useGeneratedArtifacts() || this.client.isAvailable();
		};
	}

	private LifecycleWatcher startWatcher(LifecycleListener listener) {
		return LifecycleWatcher.builder(this.client)
			.interval(this.properties.interval())
			.slowInterval(this.properties.slowInterval())
			.jitter(this.properties.jitter())
			.tags(this.properties.tags())
			.listener(listener)
			.start();
	}

	/**
	 * Return the events whose subject is still announced.
	 */
	List<LifecycleEvent> standing() {
		LifecycleWatcher watcher = this.watcher;
		return (watcher != null) ? watcher.standing() : List.of();
	}

	void removeListener(LifecycleListener listener) {
		this.listeners.remove(listener);
		LifecycleWatcher watcher = this.watcher;
		if (watcher != null) {
			watcher.removeListener(listener);
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			if (this.watcher != null) {
				this.watcher.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
