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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

/**
 * Base class of the tests for {@link ImdsLifecycleAutoConfiguration}: an application on a
 * simulated instance, and the notices that it has heard.
 */
@SimulatedInstance
@Timeout(120)
abstract class AbstractLifecycleTests {

	private static final String SPOT = "meta-data/spot/instance-action";

	static final String STATE = "meta-data/autoscaling/target-lifecycle-state";

	final ImdsSimulator simulator;

	ConfigurableApplicationContext context;

	AbstractLifecycleTests(ImdsSimulator simulator) {
		this.simulator = simulator;
	}

	@AfterEach
	void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

	String[] properties(String... more) {
		List<String> properties = new ArrayList<>(List.of("imds.client.endpoint=" + this.simulator.endpoint(),
				"imds.lifecycle.enabled=true", "imds.lifecycle.interval=10ms", "imds.lifecycle.slow-interval=50ms",
				"imds.lifecycle.jitter=0", "spring.main.banner-mode=off", "spring.jmx.enabled=false"));
		properties.addAll(List.of(more));
		return properties.toArray(String[]::new);
	}

	void start(String... more) {
		this.context = application().properties(properties(more)).run();
	}

	static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
	}

	void interrupt(String action) {
		this.simulator.put(SPOT, "{\"action\": \"%s\", \"time\": \"2999-01-01T00:00:00Z\"}".formatted(action));
	}

	Heard heard() {
		return this.context.getBean(Heard.class);
	}

	ReadinessState readiness() {
		return this.context.getBean(ApplicationAvailability.class).getReadinessState();
	}

	void awaitReadiness(ReadinessState state) {
		Awaitility.await().until(this::readiness, (current) -> current == state);
	}

	static List<String> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

	static void await(CountDownLatch latch) {
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

		final BlockingQueue<LifecycleEvent> events = new LinkedBlockingQueue<>();

		final BlockingQueue<ReadinessState> readiness = new LinkedBlockingQueue<>();

		private final ApplicationAvailability availability;

		volatile Consumer<LifecycleEvent> reaction = (event) -> {
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

}
