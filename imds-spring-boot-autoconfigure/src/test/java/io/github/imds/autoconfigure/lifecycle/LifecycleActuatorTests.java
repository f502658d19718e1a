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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import io.github.imds.autoconfigure.actuate.endpoint.ImdsDescriptor;
import io.github.imds.autoconfigure.actuate.endpoint.ImdsEndpoint;
import io.github.imds.autoconfigure.actuate.endpoint.NoticeDescriptor;
import io.github.imds.autoconfigure.actuate.health.ImdsHealthIndicator;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for lifecycle events in Actuator endpoints.
 */
@SimulatedInstance
@Timeout(120)
class LifecycleActuatorTests {

	private static final String SPOT = "meta-data/spot/instance-action";

	private final ImdsSimulator simulator;

	LifecycleActuatorTests(ImdsSimulator simulator) {
		this.simulator = simulator;
	}

	private ConfigurableApplicationContext run(WebApplicationType type, Class<?>... sources) {
		return new SpringApplicationBuilder(Application.class).sources(sources)
			.web(type)
			.properties("imds.client.endpoint=" + this.simulator.endpoint(), "imds.lifecycle.enabled=true",
					"imds.lifecycle.interval=10ms", "imds.lifecycle.slow-interval=50ms", "imds.lifecycle.jitter=0",
					"management.endpoints.web.exposure.include=*", "management.endpoint.imds.show-values=always",
					"spring.main.banner-mode=off", "server.port=0", "spring.jmx.enabled=false")
			.run();
	}

	private void interrupt() {
		this.simulator.put(SPOT, "{\"action\": \"terminate\", \"time\": \"2999-01-01T00:00:00Z\"}");
	}

	@Test
	void healthIsOutOfServiceWhileTrafficIsRefused() {
		this.simulator.put("meta-data/events/recommendations/rebalance", "{\"noticeTime\": \"2026-03-01T10:00:00Z\"}");
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE)) {
			ImdsHealthIndicator indicator = context.getBean(ImdsHealthIndicator.class);
			Awaitility.await().until(() -> indicator.health().getDetails().containsKey("notices"));
			Health before = indicator.health();
			assertThat(before.getStatus()).isEqualTo(Status.UP);
			assertThat(before.getDetails()).containsEntry("notices", List.of("rebalance-recommendation"))
				.doesNotContainKey("refusingTrafficFor");
			interrupt();
			Awaitility.await().until(() -> indicator.health().getStatus().equals(Status.OUT_OF_SERVICE));
			assertThat(indicator.health().getDetails()).containsEntry("refusingTrafficFor", "spot-interruption");
			this.simulator.remove("meta-data/spot");
			Awaitility.await().until(() -> indicator.health().getStatus().equals(Status.UP));
		}
	}

	@Test
	void endpointAndMetricsShowNotices() {
		this.simulator.put("meta-data/autoscaling/target-lifecycle-state", "Standby")
			.put("meta-data/events/maintenance/scheduled", """
					[{"EventId": "a", "Code": "system-reboot", "State": "active",
					"NotBefore": "21 Jan 2027 09:00:43 GMT"}]""");
		interrupt();
		try (ConfigurableApplicationContext context = run(WebApplicationType.NONE)) {
			ImdsEndpoint endpoint = context.getBean(ImdsEndpoint.class);
			Awaitility.await().until(() -> {
				ImdsDescriptor descriptor = endpoint.imds(null);
				return descriptor.notices() != null && descriptor.notices().size() == 3;
			});
			assertThat(endpoint.imds(null).notices()).containsExactlyInAnyOrder(
					new NoticeDescriptor("spot-interruption",
							Map.of("action", "terminate", "time", "2999-01-01T00:00:00Z")),
					new NoticeDescriptor("target-lifecycle-state-changed", Map.of("to", "Standby")),
					new NoticeDescriptor("maintenance-scheduled",
							Map.of("eventId", "a", "code", "system-reboot", "notBefore", "2027-01-21T09:00:43Z")));
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Awaitility.await().until(() -> registry.find("imds.lifecycle.events").counters().size() == 3);
			assertThat(registry.get("imds.lifecycle.events").tag("kind", "spot-interruption").counter().count())
				.isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void probeOfWebApplicationFollowsTheNotice(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext context = run(type)) {
			String port = context.getEnvironment().getProperty("local.server.port");
			URI probe = URI.create("http://localhost:" + port + "/actuator/health/readiness");
			URI liveness = URI.create("http://localhost:" + port + "/actuator/health/liveness");
			assertThat(status(probe)).isEqualTo(200);
			interrupt();
			Awaitility.await().until(() -> status(probe) == 503);
			assertThat(status(liveness)).isEqualTo(200);
			this.simulator.remove("meta-data/spot");
			Awaitility.await().until(() -> status(probe) == 200);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
	void probeSeesANoticeThatStandsAtTheStart(WebApplicationType type) throws Exception {
		interrupt();
		try (ConfigurableApplicationContext context = run(type, ProbingRunner.class)) {
			assertThat(context.getBean(ProbingRunner.class).seen).containsOnly(503);
			String port = context.getEnvironment().getProperty("local.server.port");
			assertThat(status(URI.create("http://localhost:" + port + "/actuator/health/readiness"))).isEqualTo(503);
		}
	}

	private static int status(URI uri) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

	/**
	 * Asks the probe until the application has heard of the notice, and after it.
	 */
	static class ProbingRunner implements ApplicationRunner {

		private final Set<Integer> seen = ConcurrentHashMap.newKeySet();

		private final CountDownLatch heard = new CountDownLatch(1);

		private final Environment environment;

		ProbingRunner(Environment environment) {
			this.environment = environment;
		}

		@EventListener
		void heard(SpotInterruptionEvent event) {
			this.heard.countDown();
		}

		@Override
		public void run(ApplicationArguments arguments) throws Exception {
			URI probe = URI.create("http://localhost:%s/actuator/health/readiness"
				.formatted(this.environment.getProperty("local.server.port")));
			this.seen.add(status(probe));
			this.heard.await();
			this.seen.add(status(probe));
		}

	}

}
