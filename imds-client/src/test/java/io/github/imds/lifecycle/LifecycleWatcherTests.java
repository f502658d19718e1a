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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.client.WireMock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.CapturedLog;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LifecycleWatcher}, with its thread, and for Auto Scaling and tags.
 */
@SimulatedInstance
@Timeout(60)
class LifecycleWatcherTests {

	private static final String STATE = "meta-data/autoscaling/target-lifecycle-state";

	private final BlockingQueue<LifecycleEvent> events = new LinkedBlockingQueue<>();

	private final ImdsSimulator simulator;

	private final ImdsClient client;

	LifecycleWatcherTests(ImdsSimulator simulator) {
		this.simulator = simulator;
		this.client = ImdsClient.builder().endpoints(simulator.endpoint()).build();
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	private LifecycleWatcher.Builder builder() {
		return LifecycleWatcher.builder(this.client)
			.interval(Duration.ofMillis(10))
			.slowInterval(Duration.ofMillis(50))
			.jitter(Duration.ZERO);
	}

	@Test
	void listenersHearEachEventOnce() throws InterruptedException {
		BlockingQueue<LifecycleEvent> later = new LinkedBlockingQueue<>();
		try (LifecycleWatcher watcher = builder().listener((event) -> {
			throw new IllegalStateException("broken listener");
		}).listener(this.events::add).start()) {
			this.simulator.put("meta-data/spot/instance-action",
					"{\"action\": \"stop\", \"time\": \"2999-01-01T00:00:00Z\"}");
			LifecycleEvent event = this.events.take();
			assertThat(event).isInstanceOf(SpotInterruptionEvent.class);
			watcher.addListener(later::add);
			assertThat(later.take()).isEqualTo(event);
			assertThat(watcher.standing()).containsExactly(event);
			this.simulator.remove("meta-data/spot");
			assertThat(this.events.take()).isInstanceOf(SpotInterruptionCancelledEvent.class);
			assertThat(later.take()).isInstanceOf(SpotInterruptionCancelledEvent.class);
			assertThat(watcher.standing()).isEmpty();
			watcher.removeListener(later::add);
		}
	}

	@Test
	void closeEndsTheThread() throws InterruptedException {
		LifecycleWatcher watcher = builder().listener(this.events::add).start();
		Thread thread = thread();
		assertThat(thread.isDaemon()).isTrue();
		watcher.close();
		watcher.close();
		thread.join();
		assertThat(this.events).isEmpty();
	}

	@Test
	void listenerMayCloseTheWatcher() throws InterruptedException {
		this.simulator.put(STATE, "Terminated");
		LifecycleWatcher[] watcher = new LifecycleWatcher[1];
		watcher[0] = builder().start();
		Thread thread = thread();
		watcher[0].addListener((event) -> watcher[0].close());
		this.simulator.put(STATE, "Standby");
		thread.join();
	}

	private static Thread thread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("imds-lifecycle"))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void eventIsFoundWhileTheServiceFailsInBetween() throws InterruptedException {
		try (LifecycleWatcher watcher = builder().listener(this.events::add).start()) {
			this.simulator.enabled(false).put(STATE, "Terminated");
			assertThat(this.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
			this.simulator.enabled(true);
			assertThat(this.events.take()).isInstanceOfSatisfying(TargetLifecycleStateChangedEvent.class,
					(event) -> assertThat(event.terminating()).isTrue());
			assertThat(watcher.standing()).hasSize(1);
		}
	}

	@Test
	@ExtendWith(CapturedLog.Extension.class)
	void serviceThatStaysAwayIsOneWarning(CapturedLog log) {
		this.simulator.enabled(false);
		try (SimulatedWatch watch = new SimulatedWatch(this.simulator)) {
			watch.advance(Duration.ofMinutes(10));
		}
		assertThat(log.warnings()).filteredOn((warning) -> warning.startsWith("Cannot watch")).hasSize(1);
	}

	@Test
	void targetLifecycleState() {
		try (SimulatedWatch watch = new SimulatedWatch(this.simulator)) {
			assertThat(watch.advance().events()).isEmpty();
			this.simulator.put(STATE, " Terminated\n");
			assertThat(watch.advance().events())
				.containsExactly(new TargetLifecycleStateChangedEvent(Optional.of("InService"), "Terminated"));
			this.simulator.remove("meta-data/autoscaling");
			assertThat(watch.advance().events()).isEmpty();
			assertThat(watch.standing()).hasSize(1);
			this.simulator.put(STATE, "InService");
			assertThat(watch.advance().events())
				.containsExactly(new TargetLifecycleStateChangedEvent(Optional.of("Terminated"), "InService"));
			assertThat(watch.standing()).isEmpty();
		}
	}

	@Test
	void instanceThatJoinsAGroup() {
		this.simulator.remove("meta-data/autoscaling");
		try (SimulatedWatch watch = new SimulatedWatch(this.simulator)) {
			watch.advance();
			this.simulator.put(STATE, "InService");
			assertThat(watch.advance().events()).isEmpty();
			this.simulator.put(STATE, "Warmed:Terminated");
			assertThat(watch.advance(Duration.ofMillis(5500)).events()).singleElement()
				.isInstanceOfSatisfying(TargetLifecycleStateChangedEvent.class,
						(event) -> assertThat(event.terminating()).isTrue());
		}
	}

	@Test
	void stateThatStandsAtStart() {
		this.simulator.put(STATE, "Terminated");
		try (SimulatedWatch watch = new SimulatedWatch(this.simulator)) {
			assertThat(watch.advance().events())
				.containsExactly(new TargetLifecycleStateChangedEvent(Optional.empty(), "Terminated"));
		}
	}

	@Test
	void tagsAreWatchedIfWanted() {
		try (SimulatedWatch without = new SimulatedWatch(this.simulator);
				SimulatedWatch with = new SimulatedWatch(this.simulator, true)) {
			without.advance();
			assertThat(with.advance().events()).isEmpty();
			this.simulator.tag("Name", "orders-8");
			assertThat(without.advance().events()).isEmpty();
			assertThat(with.advance().events()).singleElement()
				.isInstanceOfSatisfying(InstanceTagsChangedEvent.class, (event) -> {
					assertThat(event.before()).containsEntry("Name", "orders-7");
					assertThat(event.after()).containsEntry("Name", "orders-8");
				});
			assertThat(with.advance().events()).isEmpty();
		}
	}

	@Test
	void refusesSettingsThatMakeNoSense() {
		LifecycleWatcher.Builder builder = builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.interval(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.slowInterval(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.jitter(Duration.ofSeconds(-1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>busy</html>", "Internal Server Error", "null,", "{}" })
	void valuesOtherThanStatesChangeNothing(String value) {
		try (SimulatedWatch watch = new SimulatedWatch(this.simulator)) {
			this.simulator.put(STATE, "Terminated");
			watch.advance().events();
			this.simulator.put(STATE, value);
			assertThat(watch.advance().events()).isEmpty();
			assertThat(watch.standing()).hasSize(1);
			this.simulator.put(STATE, "Terminated");
			assertThat(watch.advance().events()).isEmpty();
		}
	}

	@Test
	void unreadableTagsAreNotAChange() {
		try (SimulatedWatch watch = new SimulatedWatch(this.simulator, true)) {
			watch.advance();
			String tags = "/latest/meta-data/tags/instance";
			this.simulator.wireMock()
				.stubFor(WireMock.get(WireMock.urlPathMatching(tags + "/Name")).willReturn(WireMock.serverError()));
			assertThat(watch.advance().events()).isEmpty();
			this.simulator.wireMock()
				.stubFor(WireMock.get(WireMock.urlPathMatching(tags + "/")).willReturn(WireMock.ok("")));
			assertThat(watch.advance().events()).isEmpty();
			this.simulator.wireMock().resetMappings();
		}
	}

	@Test
	void tagsThatAreSwitchedOffAreAChange() {
		try (SimulatedWatch watch = new SimulatedWatch(this.simulator, true)) {
			watch.advance();
			this.simulator.remove("meta-data/tags");
			assertThat(watch.advance(Duration.ofMinutes(3)).events()).singleElement()
				.isInstanceOfSatisfying(InstanceTagsChangedEvent.class, (event) -> assertThat(event.after()).isEmpty());
		}
	}

	@Test
	void listenersThatFailWithErrorsOrInterruptDoNotEndTheWatching() throws InterruptedException {
		try (LifecycleWatcher watcher = builder().listener((event) -> {
			throw new StackOverflowError();
		}).listener((event) -> {
			throw new AssertionError();
		}).listener((event) -> Thread.currentThread().interrupt()).listener(this.events::add).start()) {
			this.simulator.put(STATE, "Standby");
			assertThat(this.events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
			this.simulator.put(STATE, "Terminated");
			assertThat(this.events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
			assertThat(watcher.standing()).hasSize(1);
		}
	}

}
