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
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the interruption of a Spot Instance and what announces it.
 */
@SimulatedInstance
class SpotEventsTests {

	private static final String ACTION = "meta-data/spot/instance-action";

	private static final String REBALANCE = "meta-data/events/recommendations/rebalance";

	private static final Instant TIME = SimulatedWatch.START.plus(Duration.ofMinutes(12));

	private final ImdsSimulator simulator;

	private final SimulatedWatch watch;

	SpotEventsTests(ImdsSimulator simulator) {
		this.simulator = simulator;
		this.watch = new SimulatedWatch(simulator);
		this.watch.advance(Duration.ofMinutes(10));
	}

	@AfterEach
	void close() {
		this.watch.close();
	}

	private void interrupt(String action, Instant time) {
		this.simulator.put(ACTION, "{\"action\": \"%s\", \"time\": \"%s\"}".formatted(action, time));
	}

	@Test
	void interruptionIsFoundWithinAnInterval() {
		interrupt("terminate", TIME);
		this.watch.advance(Duration.ofMillis(5500));
		SpotInterruptionEvent event = new SpotInterruptionEvent("terminate", TIME);
		assertThat(this.watch.events()).containsExactly(event);
		assertThat(this.watch.standing()).containsExactly(event);
		this.watch.advance(Duration.ofMinutes(3));
		assertThat(this.watch.events()).isEmpty();
	}

	@Test
	void interruptionThatStandsAtStartIsFound() {
		interrupt("stop", TIME);
		try (SimulatedWatch late = new SimulatedWatch(this.simulator)) {
			assertThat(late.advance(Duration.ofSeconds(1)).events())
				.containsExactly(new SpotInterruptionEvent("stop", TIME));
		}
	}

	@Test
	void interruptionAndRecommendationAtOnce() {
		interrupt("terminate", TIME);
		this.simulator.put(REBALANCE, "{\"noticeTime\": \"%s\"}".formatted(TIME));
		this.watch.advance();
		assertThat(this.watch.events()).containsExactly(new SpotInterruptionEvent("terminate", TIME),
				new RebalanceRecommendationEvent(TIME));
	}

	@Test
	void cancellationIsFoundOnce() {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.simulator.remove("meta-data/spot");
		this.watch.advance();
		assertThat(this.watch.events())
			.containsExactly(new SpotInterruptionCancelledEvent(new SpotInterruptionEvent("terminate", TIME)));
		assertThat(this.watch.standing()).isEmpty();
		interrupt("terminate", TIME);
		assertThat(this.watch.advance().events()).hasSize(1);
	}

	@Test
	void noticeThatIsAbsentOnceIsNotCancelled() {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.simulator.remove("meta-data/spot");
		this.watch.advance(Duration.ofSeconds(5));
		interrupt("terminate", TIME);
		this.watch.advance();
		assertThat(this.watch.events()).isEmpty();
	}

	@Test
	void outagesRevokedTokensAndUnreadableAnswersChangeNothing() {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.simulator.enabled(false);
		this.watch.advance();
		this.simulator.enabled(true).revokeTokens();
		this.watch.advance();
		this.simulator.put(ACTION, "{\"action\": \"termi");
		this.watch.advance();
		this.simulator.put(ACTION, "<html>busy</html>");
		this.watch.advance();
		interrupt("terminate", TIME);
		this.watch.advance();
		assertThat(this.watch.events()).isEmpty();
		assertThat(this.watch.standing()).hasSize(1);
	}

	@Test
	void interruptionIsFoundAfterOutage() {
		this.simulator.enabled(false);
		interrupt("terminate", TIME);
		this.watch.advance(Duration.ofSeconds(30));
		assertThat(this.watch.events()).isEmpty();
		this.simulator.enabled(true);
		this.watch.advance(Duration.ofMillis(5500));
		assertThat(this.watch.events()).containsExactly(new SpotInterruptionEvent("terminate", TIME));
	}

	@Test
	void otherWhitespaceAndTimeThatMovesByASecondAreTheSame() {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.simulator.put(ACTION,
				"\n{ \"time\":\"%s\" ,\t\"action\":\"terminate\" }\n".formatted(TIME.plusSeconds(1)));
		this.watch.advance();
		assertThat(this.watch.events()).isEmpty();
	}

	@Test
	void otherActionOrTimeIsNew() {
		interrupt("stop", TIME);
		this.watch.advance().events();
		interrupt("terminate", TIME);
		this.watch.advance();
		interrupt("terminate", TIME.plusSeconds(60));
		this.watch.advance();
		assertThat(this.watch.events()).containsExactly(new SpotInterruptionEvent("terminate", TIME),
				new SpotInterruptionEvent("terminate", TIME.plusSeconds(60)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"action\": \"terminate\"}", "{\"action\": \"terminate\", \"time\": \"soon\"}" })
	void incompleteNoticeIsBelievedTheSecondTime(String notice) {
		this.simulator.put(ACTION, notice);
		this.watch.advance(Duration.ofSeconds(5));
		assertThat(this.watch.events()).isEmpty();
		this.watch.advance(Duration.ofMinutes(1));
		assertThat(this.watch.events()).singleElement().isInstanceOfSatisfying(SpotInterruptionEvent.class, (event) -> {
			assertThat(event.action()).isEqualTo("terminate");
			assertThat(event.time()).isBetween(this.watch.now(), this.watch.now().plus(Duration.ofMinutes(2)));
		});
	}

	@Test
	void incompleteNoticeThatIsCompletedIsFoundOnce() {
		this.simulator.put(ACTION, "{\"action\": \"terminate\"}");
		this.watch.advance(Duration.ofSeconds(5));
		interrupt("terminate", TIME);
		this.watch.advance();
		this.simulator.put(ACTION, "{\"action\": \"terminate\"}");
		this.watch.advance();
		assertThat(this.watch.events()).containsExactly(new SpotInterruptionEvent("terminate", TIME));
	}

	@Test
	void suspensionOverTheDeadlineDoesNoHarm() {
		this.watch.suspend(Duration.ofMinutes(3));
		interrupt("terminate", TIME);
		this.watch.advance(Duration.ofSeconds(6));
		assertThat(this.watch.events()).containsExactly(new SpotInterruptionEvent("terminate", TIME));
		this.watch.suspend(Duration.ofMinutes(3)).advance();
		assertThat(this.watch.events()).isEmpty();
		assertThat(this.watch.standing()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 1 })
	void clockThatIsSetDoesNoHarm(long hours) {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.watch.setClock(Duration.ofHours(hours));
		this.watch.advance();
		assertThat(this.watch.events()).isEmpty();
		assertThat(this.watch.standing()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stop", "hibernate" })
	void noticeOfInstanceThatResumedIsOver(String action) {
		interrupt(action, TIME);
		this.watch.advance().events();
		this.watch.suspend(Duration.ofHours(1)).advance();
		assertThat(this.watch.events())
			.containsExactly(new SpotInterruptionCancelledEvent(new SpotInterruptionEvent(action, TIME)));
		assertThat(this.watch.standing()).isEmpty();
	}

	@Test
	void recommendationIsFoundOnce() {
		this.simulator.put(REBALANCE, "{\"noticeTime\": \"%s\"}".formatted(TIME));
		this.watch.advance();
		this.simulator.put(REBALANCE, "{ \"noticeTime\" : \"%s\" }".formatted(TIME.plusSeconds(1)));
		this.watch.advance();
		this.simulator.remove(REBALANCE);
		this.watch.advance();
		assertThat(this.watch.standing()).isEmpty();
		this.simulator.put(REBALANCE, "{\"noticeTime\": \"%s\"}".formatted(TIME));
		this.watch.advance();
		assertThat(this.watch.events()).containsExactly(new RebalanceRecommendationEvent(TIME));
		assertThat(this.watch.standing()).hasSize(1);
	}

	@Test
	void unreadableRecommendationIsFoundOnce() {
		this.simulator.put(REBALANCE, "{\"noticeTime\": \"soon\"}");
		this.watch.advance(Duration.ofMinutes(5));
		assertThat(this.watch.events()).hasSize(1);
	}

	@Test
	void olderServiceWithoutLifeCycleMayBeThatOfASpotInstance() {
		this.simulator.remove("meta-data/instance-life-cycle");
		interrupt("terminate", TIME);
		try (SimulatedWatch other = new SimulatedWatch(this.simulator)) {
			assertThat(other.advance().events()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "[null]", "42", "\"terminate\"", "{\"action\": \"terminate\", ",
			"<html>busy</html>" })
	void documentsOtherThanNoticesNeitherBeginNorEndOne(String document) {
		this.simulator.put(ACTION, document).put(REBALANCE, document);
		this.watch.advance();
		assertThat(this.watch.events()).isEmpty();
		interrupt("terminate", TIME);
		this.simulator.put(REBALANCE, "{\"noticeTime\": \"%s\"}".formatted(TIME));
		assertThat(this.watch.advance().events()).hasSize(2);
		this.simulator.put(ACTION, document).put(REBALANCE, document);
		this.watch.advance();
		assertThat(this.watch.events()).isEmpty();
		assertThat(this.watch.standing()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-01T10:12:00Z", "2026-03-01T10:12:00.000Z", "2026-03-01T12:12:00+02:00",
			"2026-03-01T10:12:00.123456789Z" })
	void timesInAllFormsOfTheStandardAreTheSame(String time) {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.simulator.put(ACTION, "{\"time\": \"%s\", \"action\": \"terminate\", \"more\": [null]}".formatted(time));
		assertThat(this.watch.advance().events()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"action\": null, \"time\": null}", "{\"action\": [\"stop\"], \"time\": {}}",
			"{\"action\": \"terminate\", \"time\": 1772359920}", "{}" })
	void noticeThatLosesItsValuesIsTheSame(String notice) {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.simulator.put(ACTION, notice);
		assertThat(this.watch.advance().events()).isEmpty();
		assertThat(this.watch.standing()).containsExactly(new SpotInterruptionEvent("terminate", TIME));
	}

	@Test
	void unknownActionIsAnnouncedAsItIs() {
		interrupt("reboot", TIME);
		assertThat(this.watch.advance().events()).containsExactly(new SpotInterruptionEvent("reboot", TIME));
	}

	@Test
	void absenceBeforeAndAfterAnOutageIsNotTwiceInARow() {
		interrupt("terminate", TIME);
		this.watch.advance().events();
		this.simulator.remove("meta-data/spot");
		this.watch.advance(Duration.ofSeconds(5));
		this.simulator.enabled(false);
		this.watch.advance(Duration.ofSeconds(10));
		this.simulator.enabled(true);
		this.watch.advance(Duration.ofSeconds(5));
		interrupt("terminate", TIME);
		assertThat(this.watch.advance().events()).isEmpty();
	}

	@Test
	void clockThatIsSetForwardAndBackAnnouncesAStopAgain() {
		interrupt("stop", TIME);
		SpotInterruptionEvent event = new SpotInterruptionEvent("stop", TIME);
		this.watch.advance(Duration.ofSeconds(10)).events();
		this.watch.setClock(Duration.ofHours(1));
		assertThat(this.watch.advance(Duration.ofSeconds(10)).events())
			.containsExactly(new SpotInterruptionCancelledEvent(event));
		this.watch.setClock(Duration.ZERO);
		assertThat(this.watch.advance(Duration.ofSeconds(10)).events()).containsExactly(event);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spot\n", " spot", "<html>busy</html>" })
	void lifeCycleInAnyShapeMayBeThatOfASpotInstance(String lifeCycle) {
		this.simulator.put("meta-data/instance-life-cycle", lifeCycle);
		interrupt("terminate", TIME);
		try (SimulatedWatch other = new SimulatedWatch(this.simulator)) {
			assertThat(other.advance().events()).hasSize(1);
		}
	}

	@Test
	void onDemandInstanceIsNotInterrupted() {
		this.simulator.put("meta-data/instance-life-cycle", "on-demand\n")
			.put(ACTION, "{\"action\": \"terminate\", \"time\": \"%s\"}".formatted(TIME));
		try (SimulatedWatch other = new SimulatedWatch(this.simulator)) {
			assertThat(other.advance().events()).isEmpty();
		}
	}

}
