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

package io.github.imds.client.session;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.http.Deadline;
import io.github.imds.client.http.ImdsHttpClient;
import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.client.session.SessionSettings.Expectation;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EndpointRace}, as far as they need control over threads.
 */
@Timeout(60)
class EndpointRaceTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final URI REFUSED = URI.create("http://127.0.0.1:1");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final Map<Thread, Deadline> threads = new ConcurrentHashMap<>();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void endpointsAreAskedInTurnWhereNoThreadIsToBeHad() throws RetryableException {
		Endpoint winner = race(new InMemoryImdsTokenStore(), LONG, (thread) -> {
			throw new OutOfMemoryError("unable to create native thread");
		}, REFUSED, this.simulator.endpoint()).run();
		assertThat(winner.uri()).isEqualTo(this.simulator.endpoint());
		assertThat(this.threads).isEmpty();
	}

	@Test
	void endpointsThatHaveNotAnsweredAtTheEndOfTheCallAreAnOutage() {
		List<Endpoint> endpoints = endpoints(new InMemoryImdsTokenStore(), REFUSED, this.simulator.endpoint());
		EndpointRace race = race(endpoints, Duration.ZERO, Deadline.after(Duration.ofSeconds(1)), (thread) -> {
			// As if it waited for a silent endpoint
		});
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(race::run)
			.withMessageContaining(REFUSED.toString());
		assertThat(endpoints).extracting(Endpoint::outage).doesNotContainNull();
	}

	@Test
	void nothingFollowsForAnEndpointThatTheCallHadNoTimeToAsk() {
		List<Endpoint> endpoints = endpoints(new InMemoryImdsTokenStore(), REFUSED, this.simulator.endpoint());
		EndpointRace race = race(endpoints, LONG, Deadline.after(Duration.ofMillis(100)), (thread) -> {
			// As if it waited for a silent endpoint
		});
		assertThatExceptionOfType(RetryableException.class).isThrownBy(race::run)
			.matches((failure) -> !failure.isEndpointFailure());
		assertThat(endpoints).extracting(Endpoint::outage).containsOnlyNulls();
		assertThat(endpoints).extracting(Endpoint::hasFailed).containsExactly(true, false);
	}

	@Test
	void nothingFollowsForEndpointsWhereTheJvmWasStopped() {
		List<Endpoint> endpoints = endpoints(new InMemoryImdsTokenStore(), REFUSED, this.simulator.endpoint());
		AtomicLong nanoTime = new AtomicLong();
		EndpointRace race = race(endpoints, Duration.ZERO, Deadline.after(LONG, nanoTime::get),
				(thread) -> nanoTime.addAndGet(LONG.toNanos()));
		assertThatExceptionOfType(RetryableException.class).isThrownBy(race::run)
			.matches((failure) -> !failure.isEndpointFailure());
		assertThat(endpoints).extracting(Endpoint::outage).containsOnlyNulls();
	}

	@Test
	void threadThatEndsWithAnErrorIsNotKept() throws InterruptedException {
		List<Thread> started = new ArrayList<>();
		EndpointRace race = race(new FailingStore(), Duration.ofMillis(100), (thread) -> {
			thread.setUncaughtExceptionHandler((failed, error) -> {
			});
			started.add(thread);
			thread.start();
		}, this.simulator.endpoint());
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(race::run);
		for (Thread thread : started) {
			thread.join();
		}
		assertThat(started).isNotEmpty();
		assertThat(this.threads).isEmpty();
	}

	private EndpointRace race(ImdsTokenStore store, Duration timeout, Consumer<Thread> starter, URI... uris) {
		return race(endpoints(store, uris), LONG, Deadline.after(timeout), starter);
	}

	private EndpointRace race(List<Endpoint> endpoints, Duration connectionAttemptDelay, Deadline deadline,
			Consumer<Thread> starter) {
		return new EndpointRace(endpoints, connectionAttemptDelay, deadline, this.threads, starter);
	}

	private static List<Endpoint> endpoints(ImdsTokenStore store, URI... uris) {
		SessionSettings settings = new SessionSettings(List.of(uris), Optional.of(LONG), Expectation.NONE, LONG, LONG,
				LONG, 3, new Backoff(LONG, LONG), new Backoff(LONG, LONG), "latest", ImdsToken.MAX_TIME_TO_LIVE, store,
				"test", ObservationRegistry.NOOP, null, ImdsClientListener.NONE);
		ImdsHttpClient http = new ImdsHttpClient(LONG, LONG, "test", ObservationRegistry.NOOP, null);
		return Arrays.stream(uris)
			.map((uri) -> new Endpoint(uri, http, settings, new LenientTokenStore(store), TimeSource.SYSTEM))
			.toList();
	}

	/**
	 * Fails in a way that no client expects.
	 */
	private static final class FailingStore implements ImdsTokenStore {

		@Override
		public Optional<ImdsToken> load(URI endpoint) {
			throw new StackOverflowError("As good as any");
		}

		@Override
		public void save(URI endpoint, ImdsToken token) {
		}

		@Override
		public void remove(URI endpoint, ImdsToken token) {
		}

	}

}
