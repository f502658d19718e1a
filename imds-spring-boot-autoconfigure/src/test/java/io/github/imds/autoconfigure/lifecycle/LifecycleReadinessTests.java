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

import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;

import io.github.imds.lifecycle.SpotInterruptionCancelledEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.availability.ReadinessState.ACCEPTING_TRAFFIC;
import static org.springframework.boot.availability.ReadinessState.REFUSING_TRAFFIC;

/**
 * Tests for the readiness of an application while notices stand.
 */
class LifecycleReadinessTests extends AbstractLifecycleTests {

	LifecycleReadinessTests(ImdsSimulator simulator) {
		super(simulator);
	}

	@Test
	void trafficIsRefusedBeforeTheEventIsHeard() throws InterruptedException {
		start();
		awaitReadiness(ACCEPTING_TRAFFIC);
		interrupt("terminate");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
		assertThat(heard().readiness.take()).isEqualTo(REFUSING_TRAFFIC);
		InstanceLifecycle lifecycle = this.context.getBean(InstanceLifecycle.class);
		assertThat(lifecycle.standing()).hasSize(1);
		assertThat(lifecycle.refusingTrafficFor()).containsInstanceOf(SpotInterruptionEvent.class);
	}

	@Test
	void readinessComesBackWithTheCancellation() throws InterruptedException {
		start();
		interrupt("terminate");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
		AvailabilityChangeEvent.publish(this.context, ACCEPTING_TRAFFIC);
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
		this.simulator.remove("meta-data/spot");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionCancelledEvent.class);
		awaitReadiness(ACCEPTING_TRAFFIC);
		assertThat(this.context.getBean(InstanceLifecycle.class).refusingTrafficFor()).isEmpty();
	}

	@Test
	void readinessOfOthersStaysOffAfterTheCancellation() throws InterruptedException {
		start();
		AvailabilityChangeEvent.publish(this.context, REFUSING_TRAFFIC);
		interrupt("terminate");
		heard().events.take();
		this.simulator.remove("meta-data/spot");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionCancelledEvent.class);
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
	}

	@Test
	void readinessComesBackWithTheEndOfTheLastNotice() throws InterruptedException {
		start();
		interrupt("terminate");
		heard().events.take();
		this.simulator.put(STATE, "Terminated");
		heard().events.take();
		this.simulator.remove("meta-data/spot");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionCancelledEvent.class);
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
		this.simulator.put(STATE, "InService");
		heard().events.take();
		awaitReadiness(ACCEPTING_TRAFFIC);
	}

}
