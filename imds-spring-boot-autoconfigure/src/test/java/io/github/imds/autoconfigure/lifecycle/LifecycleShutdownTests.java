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

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.SpotInterruptionCancelledEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.availability.ReadinessState.ACCEPTING_TRAFFIC;

/**
 * Tests for the shutdown of applications on a notice.
 */
class LifecycleShutdownTests extends AbstractLifecycleTests {

	LifecycleShutdownTests(ImdsSimulator simulator) {
		super(simulator);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void shutsDownAfterTheDrain(CapturedOutput output) throws InterruptedException {
		start("imds.lifecycle.shutdown.enabled=true", "imds.lifecycle.shutdown.drain=1s");
		BlockingQueue<LifecycleEvent> events = heard().events;
		this.simulator.put(STATE, "Terminated");
		assertThat(events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
		Awaitility.await().until(() -> !this.context.isActive());
		assertThat(output).containsOnlyOnce("Refusing traffic: ").containsOnlyOnce("Shutting down in ");
	}

	@Test
	void cancellationCallsOffTheShutdown() throws InterruptedException {
		start("imds.lifecycle.shutdown.enabled=true", "imds.lifecycle.shutdown.drain=1h");
		interrupt("terminate");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
		Awaitility.await().until(() -> !threads("imds-notices-").isEmpty());
		this.simulator.remove("meta-data/spot");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionCancelledEvent.class);
		awaitReadiness(ACCEPTING_TRAFFIC);
		assertThat(this.context.isActive()).isTrue();
	}

	@Test
	void shutdownDoesNotWaitForListenersThatBlock() throws InterruptedException {
		start("imds.lifecycle.shutdown.enabled=true", "imds.lifecycle.shutdown.drain=1s");
		CountDownLatch interrupted = new CountDownLatch(1);
		heard().reaction = (event) -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		};
		this.simulator.put(STATE, "Terminated");
		Awaitility.await().until(() -> !this.context.isActive());
		interrupted.await();
		Awaitility.await().until(() -> threads("imds-").isEmpty());
	}

}
