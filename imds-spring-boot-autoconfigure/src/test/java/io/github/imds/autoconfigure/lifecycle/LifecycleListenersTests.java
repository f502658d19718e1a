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

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.boot.availability.ReadinessState.ACCEPTING_TRAFFIC;
import static org.springframework.boot.availability.ReadinessState.REFUSING_TRAFFIC;

/**
 * Tests for the listeners of an application: order, failures, blocked threads.
 */
class LifecycleListenersTests extends AbstractLifecycleTests {

	LifecycleListenersTests(ImdsSimulator simulator) {
		super(simulator);
	}

	@Test
	void listenersThatFailAndBlockHoldUpNeitherReadinessNorOrder() throws InterruptedException {
		start();
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		heard().reaction = (event) -> {
			blocked.countDown();
			await(release);
			throw new IllegalStateException("broken listener");
		};
		this.simulator.put(STATE, "Standby");
		blocked.await();
		interrupt("terminate");
		awaitReadiness(REFUSING_TRAFFIC);
		this.simulator.put(STATE, "InService");
		Awaitility.await().until(() -> this.context.getBean(InstanceLifecycle.class).standing().size() == 1);
		heard().reaction = (event) -> {
		};
		release.countDown();
		assertThat(heard().events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
		assertThat(heard().events.take())
			.isEqualTo(new TargetLifecycleStateChangedEvent(Optional.of("Standby"), "InService"));
	}

	@ParameterizedTest
	@ValueSource(classes = { StackOverflowError.class, NoClassDefFoundError.class, AssertionError.class })
	void listenersThatFailWithErrorsHearTheNextEvent(Class<? extends Error> type) throws InterruptedException {
		start();
		heard().reaction = (event) -> {
			throw BeanUtils.instantiateClass(type);
		};
		this.simulator.put(STATE, "Standby");
		assertThat(heard().events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
		interrupt("terminate");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
	}

	@Test
	void listenersOfTheReadinessThatFailOrBlockHoldUpNeitherReadinessNorNotices() throws InterruptedException {
		this.context = application().sources(ReadinessListener.class)
			.properties(properties("imds.lifecycle.shutdown.enabled=true", "imds.lifecycle.shutdown.drain=50ms"))
			.run();
		ReadinessListener listener = this.context.getBean(ReadinessListener.class);
		interrupt("stop");
		listener.called.await();
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
		InstanceLifecycle lifecycle = this.context.getBean(InstanceLifecycle.class);
		this.simulator.put(STATE, "Standby");
		Awaitility.await().until(() -> lifecycle.standing().size() == 2);
		assertThat(lifecycle.refusingTrafficFor()).containsInstanceOf(SpotInterruptionEvent.class);
		listener.release.countDown();
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
		assertThat(heard().events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
		this.simulator.put(STATE, "Terminated");
		Awaitility.await().until(() -> !this.context.isActive());
	}

	@Test
	void noticeThatStandsAtStartIsHeardByTheRunner() {
		interrupt("terminate");
		this.context = application().sources(SlowRunner.class).properties(properties()).run();
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
		assertThat(this.context.getBean(SlowRunner.class).heard).isInstanceOf(SpotInterruptionEvent.class);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void eventsArePublishedOnAVirtualThreadIfTheApplicationUsesThem() throws Exception {
		start("spring.threads.virtual.enabled=true");
		BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
		heard().reaction = (event) -> threads.add(Thread.currentThread());
		interrupt("terminate");
		// The code is compiled for an earlier version
		assertThat(Thread.class.getMethod("isVirtual").invoke(threads.take())).isEqualTo(true);
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
		this.simulator.remove("meta-data/spot");
		awaitReadiness(ACCEPTING_TRAFFIC);
	}

	static class ReadinessListener {

		private final CountDownLatch called = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		@EventListener
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void changed(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getSource() instanceof Readiness) {
				this.called.countDown();
				await(this.release);
				throw new StackOverflowError();
			}
		}

	}

	static class SlowRunner implements ApplicationRunner {

		private final CountDownLatch interrupted = new CountDownLatch(1);

		private LifecycleEvent heard;

		@EventListener
		void leave(SpotInterruptionEvent event) {
			this.heard = event;
			this.interrupted.countDown();
		}

		@Override
		public void run(ApplicationArguments arguments) throws Exception {
			this.interrupted.await();
		}

	}

}
