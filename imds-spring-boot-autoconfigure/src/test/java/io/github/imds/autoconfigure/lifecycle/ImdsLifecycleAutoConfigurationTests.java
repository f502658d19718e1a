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

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.imds.lifecycle.InstanceTagsChangedEvent;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.springframework.boot.availability.ReadinessState.REFUSING_TRAFFIC;

/**
 * Tests for {@link ImdsLifecycleAutoConfiguration} in applications on a simulated
 * instance.
 */
@SimulatedInstance
@Timeout(120)
class ImdsLifecycleAutoConfigurationTests extends AbstractLifecycleTests {

	ImdsLifecycleAutoConfigurationTests(ImdsSimulator simulator) {
		super(simulator);
	}

	/**
	 * The last request of the application before can still be under way.
	 */
	@BeforeEach
	void awaitSilence() {
		Awaitility.await().until(() -> threads("imds-").isEmpty());
		this.simulator.clearRequests();
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

}
