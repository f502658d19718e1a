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

package io.github.imds.sample;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the controls of the simulated instance and the events that the page shows.
 */
class SimulationTests {

	private static ConfigurableApplicationContext context;

	private final MockMvcTester mvc = MockMvcTester.from((WebApplicationContext) context);

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(ImdsSampleApplication.class).run("--server.port=0",
				"--imds.lifecycle.interval=100ms", "--imds.lifecycle.slow-interval=100ms",
				"--imds.lifecycle.jitter=0ms");
	}

	@AfterAll
	static void close() {
		context.close();
	}

	@Test
	void spotInterruptionRefusesTrafficUntilItIsCancelled() throws Exception {
		assertThat(control(HttpMethod.POST, "/simulation/spot-interruption?in=120s")).isEqualTo(204);
		await().atMost(Duration.ofSeconds(30)).until(() -> readiness() == ReadinessState.REFUSING_TRAFFIC);
		await().atMost(Duration.ofSeconds(30)).until(() -> events().contains("\"spot-interruption\""));
		assertThat(events()).contains("\"deadline\"", "REFUSING_TRAFFIC");
		assertThat(control(HttpMethod.DELETE, "/simulation/spot-interruption")).isEqualTo(204);
		await().atMost(Duration.ofSeconds(30)).until(() -> readiness() == ReadinessState.ACCEPTING_TRAFFIC);
		await().atMost(Duration.ofSeconds(30)).until(() -> events().contains("spot-interruption-cancelled"));
	}

	@ParameterizedTest
	@CsvSource({ "POST,/simulation/rebalance-recommendation,rebalance-recommendation",
			"POST,/simulation/maintenance?code=system-reboot&in=1h,maintenance-scheduled",
			"PUT,/simulation/target-lifecycle-state?state=Standby,target-lifecycle-state-changed" })
	void controlLeadsToAnEvent(String method, String uri, String event) {
		assertThat(control(HttpMethod.valueOf(method), uri)).isEqualTo(204);
		await().atMost(Duration.ofSeconds(30)).until(() -> events().contains(event));
	}

	@Test
	void changedTagLeadsToAnEvent() {
		AtomicInteger value = new AtomicInteger();
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			// The first look at the tags can come after the first change
			control(HttpMethod.PUT, "/simulation/tags/Environment?value=" + value.incrementAndGet());
			return events().contains("tags-changed");
		});
	}

	@Test
	void pageHasTheControls() {
		assertThat(this.mvc.get().uri("/").accept(MediaType.TEXT_HTML)).hasStatusOk()
			.bodyText()
			.contains("id=\"controls\"", "ACCEPTING_TRAFFIC");
	}

	@Test
	void metadataIsSwitchedOffAndOn() {
		ImdsSimulator simulator = context.getBean(ImdsSimulator.class);
		control(HttpMethod.PUT, "/simulation/enabled?value=false");
		assertThat(this.mvc.get().uri("/?path=meta-data/mac").accept(MediaType.APPLICATION_JSON))
			.hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		control(HttpMethod.PUT, "/simulation/enabled?value=true");
		assertThat(simulator.endpoint()).isNotNull();
	}

	private int control(HttpMethod method, String uri) {
		return this.mvc.method(method).uri(uri).exchange().getResponse().getStatus();
	}

	private ReadinessState readiness() {
		return context.getBean(ApplicationAvailability.class).getReadinessState();
	}

	private String events() throws Exception {
		return this.mvc.get()
			.uri("/events")
			.accept(MediaType.APPLICATION_JSON)
			.exchange()
			.getResponse()
			.getContentAsString();
	}

}
