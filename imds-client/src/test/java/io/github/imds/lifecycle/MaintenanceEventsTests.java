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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.CapturedLog;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for scheduled maintenance, its changes and its end.
 */
@SimulatedInstance
class MaintenanceEventsTests {

	private static final String SCHEDULED = "meta-data/events/maintenance/scheduled";

	private static final String HISTORY = "meta-data/events/maintenance/history";

	private final ImdsSimulator simulator;

	private final SimulatedWatch watch;

	MaintenanceEventsTests(ImdsSimulator simulator) {
		this.simulator = simulator;
		this.watch = new SimulatedWatch(simulator);
		this.watch.advance();
	}

	@AfterEach
	void close() {
		this.watch.close();
	}

	private static String event(String id, String state, String notBefore) {
		return "{\"EventId\": \"%s\", \"Code\": \"system-reboot\", \"State\": \"%s\", \"NotBefore\": \"%s\"}"
			.formatted(id, state, notBefore);
	}

	private static String event(String id, String state) {
		return event(id, state, "21 Jan 2027 09:00:43 GMT");
	}

	private List<String> see(String path, String... events) {
		this.simulator.put(path, Stream.of(events).collect(Collectors.joining(",", "[", "]")));
		return see();
	}

	private List<String> see() {
		return this.watch.advance().events().stream().map(MaintenanceEventsTests::toText).toList();
	}

	private static String toText(LifecycleEvent event) {
		if (event instanceof MaintenanceScheduledEvent scheduled) {
			return "scheduled " + scheduled.maintenance().eventId();
		}
		if (event instanceof MaintenanceChangedEvent changed) {
			return "changed " + changed.before().eventId();
		}
		if (event instanceof MaintenanceCompletedEvent completed) {
			return "completed " + completed.maintenance().eventId();
		}
		if (event instanceof MaintenanceCancelledEvent cancelled) {
			return "cancelled " + cancelled.maintenance().eventId();
		}
		return event.toString();
	}

	@Test
	void scheduledAndReordered() {
		assertThat(see(SCHEDULED, event("a", "active"), event("b", "active"))).containsExactly("scheduled a",
				"scheduled b");
		assertThat(see(SCHEDULED, event("b", "active"), event("a", "active"), event("c", "active")))
			.containsExactly("scheduled c");
		assertThat(this.watch.standing()).hasSize(3);
	}

	@Test
	void changed() {
		see(SCHEDULED, event("a", "active"));
		assertThat(see(SCHEDULED, event("a", "active", "21 Jan 2027 09:00:44 GMT"))).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active", "22 Jan 2027 09:00:43 GMT"))).containsExactly("changed a");
		assertThat(see(SCHEDULED, event("a", "active", "22 Jan 2027 09:00:43 GMT"))).isEmpty();
	}

	@Test
	void endsInTheSchedule() {
		see(SCHEDULED, event("a", "active"), event("b", "active"));
		assertThat(see(SCHEDULED, event("a", "completed"), event("b", "canceled"))).containsExactly("completed a",
				"cancelled b");
		assertThat(this.watch.standing()).isEmpty();
		assertThat(see(SCHEDULED)).isEmpty();
		assertThat(see(HISTORY, event("a", "completed"), event("b", "canceled"))).isEmpty();
	}

	@Test
	void endsInTheHistory() {
		see(SCHEDULED, event("a", "active"), event("b", "active"));
		this.simulator.put(SCHEDULED, "[]");
		assertThat(see(HISTORY, event("b", "canceled"), event("a", "completed"))).containsExactly("completed a",
				"cancelled b");
		assertThat(see()).isEmpty();
	}

	@Test
	void eventThatEndedBeforeTheStartIsIgnored() {
		assertThat(see(SCHEDULED, event("a", "completed"))).isEmpty();
	}

	@Test
	void vanishesAndComesBack() {
		see(SCHEDULED, event("a", "active"));
		assertThat(see(SCHEDULED)).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active"))).isEmpty();
		this.simulator.remove("meta-data/events/maintenance");
		assertThat(see()).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active"))).isEmpty();
	}

	@Test
	void vanishesForGood() {
		see(SCHEDULED, event("a", "active"));
		this.simulator.put(SCHEDULED, "[]");
		assertThat(Stream.of(see(), see(), see(), see()).flatMap(List::stream)).containsExactly("cancelled a");
		assertThat(see(SCHEDULED, event("a", "active"))).containsExactly("scheduled a");
	}

	@Test
	@ExtendWith(CapturedLog.Extension.class)
	void unreadableEventHidesNoOtherAndEndsNothing(CapturedLog log) {
		see(SCHEDULED, event("a", "active"));
		this.simulator.put(SCHEDULED, "[{\"EventId\": \"a\"}, %s, null]".formatted(event("b", "active")));
		assertThat(see()).containsExactly("scheduled b");
		this.watch.advance(Duration.ofMinutes(5));
		assertThat(this.watch.events()).isEmpty();
		assertThat(see(SCHEDULED, event("b", "active"), event("a", "active"))).isEmpty();
		assertThat(log.warnings()).singleElement().asString().startsWith("Cannot read one of the maintenance events");
	}

	@Test
	void unreadableTimeDoesNotHideAnEvent() {
		assertThat(see(SCHEDULED, event("a", "active", "soon"))).containsExactly("scheduled a");
		assertThat(see(SCHEDULED, event("a", "active"))).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active", "soon"))).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active", "22 Jan 2027 09:00:43 GMT"))).containsExactly("changed a");
	}

	@Test
	void outageAndNonsenseEndNothing() {
		see(SCHEDULED, event("a", "active"));
		this.simulator.enabled(false);
		assertThat(see()).isEmpty();
		this.simulator.enabled(true).put(SCHEDULED, "<html>");
		assertThat(see()).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active"))).isEmpty();
	}

	@Test
	void endedEventThatBecomesActiveAgainIsScheduledAgain() {
		see(SCHEDULED, event("a", "active"));
		assertThat(see(SCHEDULED, event("a", "canceled"))).containsExactly("cancelled a");
		assertThat(see(SCHEDULED, event("a", "active"))).containsExactly("scheduled a");
		assertThat(this.watch.standing()).hasSize(1);
	}

	@Test
	void duplicatesCountOnceInAnyOrder() {
		String soon = event("a", "active", "21 Jan 2027 09:00:43 GMT");
		String late = event("a", "active", "22 Jan 2027 09:00:43 GMT");
		String ended = event("a", "canceled", "20 Jan 2027 09:00:43 GMT");
		assertThat(see(SCHEDULED, ended, late, soon)).containsExactly("scheduled a");
		assertThat(see(SCHEDULED, soon, ended, late)).isEmpty();
		assertThat(see(SCHEDULED, late, soon, ended)).isEmpty();
	}

	@Test
	void historyThatFailsEndsNothing() {
		see(SCHEDULED, event("a", "active"));
		this.simulator.put(SCHEDULED, "[]").put(HISTORY, "<html>");
		this.watch.advance(Duration.ofMinutes(10));
		assertThat(this.watch.events()).isEmpty();
		assertThat(this.watch.standing()).hasSize(1);
		assertThat(see(HISTORY, event("a", "completed"))).containsExactly("completed a");
	}

	@Test
	void otherOrderOfNamesAndFormOfTimesIsTheSame() {
		see(SCHEDULED, event("a", "active"));
		this.simulator.put(SCHEDULED, """
				[ {"NotBefore": "2027-01-21T10:00:43.5+01:00", "State":"active",
				"Code":"system-reboot" ,"EventId":"a", "NotAfter": "", "Description": null, "More": [null]} ]
				""");
		assertThat(see()).isEmpty();
	}

	@Test
	void timeThatMovesBySecondsForLongIsAChangeInTheEnd() {
		see(SCHEDULED, event("a", "active", "21 Jan 2027 09:00:00 GMT"));
		assertThat(see(SCHEDULED, event("a", "active", "21 Jan 2027 09:00:20 GMT"))).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active", "21 Jan 2027 09:00:40 GMT"))).containsExactly("changed a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{}", "42", "[{\"EventId\": ", "[null]", "[[]]", "[{}]", "[\"a\"]",
			"[{\"EventId\": {}, \"Code\": null, \"State\": []}]" })
	void documentsWithoutEventsNeitherBeginNorEndOne(String document) {
		this.simulator.put(SCHEDULED, document);
		this.watch.advance(Duration.ofMinutes(10));
		assertThat(this.watch.events()).isEmpty();
		assertThat(see(SCHEDULED, event("a", "active"))).containsExactly("scheduled a");
		this.simulator.put(SCHEDULED, document);
		this.watch.advance(Duration.ofMinutes(10));
		assertThat(this.watch.events()).isEmpty();
		assertThat(this.watch.standing()).hasSize(1);
	}

}
