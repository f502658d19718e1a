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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.imds.lifecycle.InstanceTagsChangedEvent;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.SpotInterruptionCancelledEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.springframework.boot.availability.ReadinessState.ACCEPTING_TRAFFIC;
import static org.springframework.boot.availability.ReadinessState.REFUSING_TRAFFIC;

/**
 * Tests for {@link ImdsLifecycleAutoConfiguration} in applications on a simulated
 * instance.
 */
@SimulatedInstance
@Timeout(120)
class ImdsLifecycleAutoConfigurationTests {

	private static final String SPOT = "meta-data/spot/instance-action";

	private static final String STATE = "meta-data/autoscaling/target-lifecycle-state";

	private final ImdsSimulator simulator;

	private ConfigurableApplicationContext context;

	ImdsLifecycleAutoConfigurationTests(ImdsSimulator simulator) {
		this.simulator = simulator;
	}

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	private String[] properties(String... more) {
		List<String> properties = new ArrayList<>(List.of("imds.client.endpoint=" + this.simulator.endpoint(),
				"imds.lifecycle.enabled=true", "imds.lifecycle.interval=10ms", "imds.lifecycle.slow-interval=50ms",
				"imds.lifecycle.jitter=0", "spring.main.banner-mode=off", "spring.jmx.enabled=false"));
		properties.addAll(List.of(more));
		return properties.toArray(String[]::new);
	}

	private void start(String... more) {
		this.context = application().properties(properties(more)).run();
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
	}

	private void interrupt(String action) {
		this.simulator.put(SPOT, "{\"action\": \"%s\", \"time\": \"2999-01-01T00:00:00Z\"}".formatted(action));
	}

	private Heard heard() {
		return this.context.getBean(Heard.class);
	}

	private ReadinessState readiness() {
		return this.context.getBean(ApplicationAvailability.class).getReadinessState();
	}

	private void awaitReadiness(ReadinessState state) {
		Awaitility.await().until(this::readiness, (current) -> current == state);
	}

	@Test
	void nothingIsThereByDefault() {
		this.context = application()
			.properties("imds.client.endpoint=" + this.simulator.endpoint(), "spring.jmx.enabled=false")
			.run();
		assertNothing();
	}

	@Test
	void nothingIsThereOffEc2() {
		// The last request of the application before can still be under way
		Awaitility.await().until(() -> threads("imds-").isEmpty());
		this.simulator.clearRequests();
		start("imds.client.enabled=false");
		assertNothing();
	}

	@ParameterizedTest
	@ExtendWith(OutputCaptureExtension.class)
	@ValueSource(strings = { "interval=0s", "slow-interval=-1m", "jitter=-1ms", "maintenance-lead-time=-1m",
			"shutdown.drain=-1s", "shutdown.reserve=-1s" })
	void anInvalidSettingStopsTheStartAndIsNamed(String setting, CapturedOutput output) {
		String name = "imds.lifecycle." + setting.substring(0, setting.indexOf('='));
		assertThatException().isThrownBy(
				() -> application()
					.properties("imds.client.endpoint=" + this.simulator.endpoint(), "imds.lifecycle.enabled=true",
							"imds.lifecycle." + setting)
					.run()
					.close());
		assertThat(output).contains("APPLICATION FAILED TO START", "'" + name + "' must");
	}

	private void assertNothing() {
		assertThat(this.context.getBeanNamesForType(InstanceLifecycle.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(LifecycleWatch.class)).isEmpty();
		assertThat(threads("imds-")).isEmpty();
		assertThat(this.simulator.requests()).isEmpty();
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

	@Test
	void noticeThatStandsAtStartIsHeardByTheRunner() {
		interrupt("terminate");
		this.context = application().sources(SlowRunner.class).properties(properties()).run();
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
		assertThat(this.context.getBean(SlowRunner.class).heard).isInstanceOf(SpotInterruptionEvent.class);
	}

	@Test
	void parentAndChildHearEachEventOnceFromOneWatcher() throws InterruptedException {
		SpringApplicationBuilder parent = application().properties(properties("imds.lifecycle.tags=true"));
		try (ConfigurableApplicationContext child = parent.child(Application.class)
			.web(WebApplicationType.NONE)
			.run()) {
			this.context = (ConfigurableApplicationContext) child.getParent();
			BlockingQueue<LifecycleEvent> ofParent = heard().events;
			BlockingQueue<LifecycleEvent> ofChild = child.getBean(Heard.class).events;
			assertThat(ofChild).isNotSameAs(ofParent);
			Awaitility.await().until(() -> threads("imds-lifecycle").size() == 1);
			interrupt("terminate");
			assertThat(ofParent.take()).isInstanceOf(SpotInterruptionEvent.class);
			assertThat(ofChild.take()).isInstanceOf(SpotInterruptionEvent.class);
			this.simulator.tag("Name", "orders-8");
			assertThat(ofParent.take()).isInstanceOf(InstanceTagsChangedEvent.class);
			assertThat(ofChild.take()).isInstanceOf(InstanceTagsChangedEvent.class);
			assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
		}
	}

	@Test
	void closingTheContextEndsTheWatcher() {
		start();
		Awaitility.await().until(() -> threads("imds-lifecycle").size() == 1);
		this.context.close();
		Awaitility.await().until(() -> threads("imds-").isEmpty());
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void shutsDownAfterTheDrain(CapturedOutput output) throws InterruptedException {
		start("imds.lifecycle.shutdown.enabled=true", "imds.lifecycle.shutdown.drain=50ms");
		this.simulator.put(STATE, "Terminated");
		assertThat(heard().events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
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
	void shutdownDoesNotWaitForListenersThatBlock() throws InterruptedException {
		start("imds.lifecycle.shutdown.enabled=true", "imds.lifecycle.shutdown.drain=50ms");
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

	@Test
	void childThatStartsWhileANoticeStandsHearsIt() throws InterruptedException {
		SpringApplicationBuilder parent = application().properties(properties());
		this.context = parent.run();
		interrupt("terminate");
		assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
		try (ConfigurableApplicationContext child = application().parent(this.context).properties(properties()).run()) {
			BlockingQueue<LifecycleEvent> ofChild = child.getBean(Heard.class).events;
			assertThat(ofChild.take()).isInstanceOf(SpotInterruptionEvent.class);
			this.simulator.put(STATE, "Standby");
			assertThat(ofChild.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
			assertThat(heard().events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
			assertThat(ofChild).isEmpty();
		}
	}

	@Test
	void applicationsOfOneVirtualMachineWatchIndependently() throws InterruptedException {
		start();
		try (ConfigurableApplicationContext other = application().properties(properties()).run()) {
			interrupt("terminate");
			assertThat(heard().events.take()).isInstanceOf(SpotInterruptionEvent.class);
			assertThat(other.getBean(Heard.class).events.take()).isInstanceOf(SpotInterruptionEvent.class);
		}
		this.simulator.put(STATE, "Standby");
		assertThat(heard().events.take()).isInstanceOf(TargetLifecycleStateChangedEvent.class);
		assertThat(readiness()).isEqualTo(REFUSING_TRAFFIC);
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

	private static List<String> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Heard heard(ApplicationAvailability availability) {
			return new Heard(availability);
		}

	}

	static class Heard {

		private final BlockingQueue<LifecycleEvent> events = new LinkedBlockingQueue<>();

		private final BlockingQueue<ReadinessState> readiness = new LinkedBlockingQueue<>();

		private final ApplicationAvailability availability;

		private volatile Consumer<LifecycleEvent> reaction = (event) -> {
		};

		Heard(ApplicationAvailability availability) {
			this.availability = availability;
		}

		@EventListener
		@Order(1)
		void hear(LifecycleEvent event) {
			this.readiness.add(this.availability.getReadinessState());
			this.events.add(event);
		}

		@EventListener
		@Order(2)
		void react(LifecycleEvent event) {
			this.reaction.accept(event);
		}

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
