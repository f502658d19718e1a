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

package io.github.imds.autoconfigure.env;

import org.springframework.context.SmartLifecycle;

import io.github.imds.autoconfigure.client.ImdsClientHolder;

/**
 * {@link SmartLifecycle} that discards everything read from the service when the
 * application starts again, such as after a restored checkpoint, because it can then run
 * on another instance.
 *
 * @see <a href=
 * "https://docs.spring.io/spring-framework/reference/integration/checkpoint-restore.html">JVM
 * Checkpoint Restore</a>
 */
final class RestoreLifecycle implements SmartLifecycle {

	private final ImdsClientHolder holder;

	private volatile boolean running;

	private volatile boolean stopped;

	RestoreLifecycle(ImdsClientHolder holder) {
		this.holder = holder;
	}

	/**
	 * Start before all other beans, because they can read properties when they start.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void start() {
		if (this.stopped) {
			this.holder.reset();
		}
		this.stopped = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.stopped = true;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
