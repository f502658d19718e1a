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

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Readiness of a context, which other components change, too. While traffic is refused
 * because of a notice, readiness stays off; afterwards it returns to the last state that
 * others published.
 */
final class Readiness {

	private final ApplicationEventPublisher publisher;

	private final @Nullable ApplicationAvailability availability;

	/**
	 * Held while an event is published, so that a change by others is not lost.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Last state that other components published.
	 */
	private ReadinessState others;

	private volatile boolean refusing;

	/**
	 * Create the readiness of a context.
	 * @param publisher the context
	 * @param availability the holder of the state, or {@code null} if there is none
	 */
	Readiness(ApplicationEventPublisher publisher, @Nullable ApplicationAvailability availability) {
		this.publisher = publisher;
		this.availability = availability;
		this.others = (availability != null) ? availability.getReadinessState() : ReadinessState.REFUSING_TRAFFIC;
	}

	boolean isRefusing() {
		return this.refusing;
	}

	/**
	 * Refuse traffic from now on, or no longer.
	 */
	void refuse(boolean refuse) {
		this.lock.lock();
		try {
			if (refuse == this.refusing) {
				return;
			}
			this.refusing = refuse;
			if (refuse || this.others == ReadinessState.ACCEPTING_TRAFFIC) {
				publish(refuse ? ReadinessState.REFUSING_TRAFFIC : ReadinessState.ACCEPTING_TRAFFIC);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take note of a change of readiness.
	 */
	void changed(AvailabilityChangeEvent<?> event) {
		if (!(event.getState() instanceof ReadinessState state) || event.getSource() instanceof Readiness) {
			return;
		}
		this.lock.lock();
		try {
			this.others = state;
			if (this.refusing && state == ReadinessState.ACCEPTING_TRAFFIC) {
				publish(ReadinessState.REFUSING_TRAFFIC);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Publish a state. Probes are updated first, because listeners may fail or block.
	 */
	private void publish(ReadinessState state) {
		AvailabilityChangeEvent<ReadinessState> event = new AvailabilityChangeEvent<>(this, state);
		if (this.availability instanceof ApplicationAvailabilityBean bean) {
			bean.onApplicationEvent(event);
		}
		this.publisher.publishEvent(event);
	}

}
