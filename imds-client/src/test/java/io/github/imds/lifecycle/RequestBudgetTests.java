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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.imds.test.ImdsSimulator;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the number of requests that watching takes, as {@code docs/lifecycle.md}
 * states it.
 */
@SimulatedInstance
class RequestBudgetTests {

	private static final Path PAGE = Path.of("../docs/lifecycle.md");

	private static final Pattern ROW = Pattern
		.compile("\\| (On-Demand|Spot)( in an Auto Scaling group)? \\| (\\d+) \\|");

	static List<Arguments> requestsOfThePage() throws IOException {
		return ROW.matcher(Files.readString(PAGE))
			.results()
			.map((row) -> Arguments.of(row.group(1).toLowerCase(Locale.ROOT), row.group(2) != null,
					Integer.parseInt(row.group(3))))
			.toList();
	}

	@Test
	void thePageHasEveryKindOfInstance() throws IOException {
		assertThat(requestsOfThePage()).hasSize(4);
	}

	@ParameterizedTest
	@MethodSource("requestsOfThePage")
	void requestsAMinuteWhenNothingHappens(String lifeCycle, boolean group, int expected, ImdsSimulator simulator) {
		simulator.put("meta-data/instance-life-cycle", lifeCycle);
		if (!group) {
			simulator.remove("meta-data/autoscaling");
		}
		try (SimulatedWatch watch = new SimulatedWatch(simulator)) {
			// The life cycle is read once
			watch.advance(Duration.ofMinutes(1));
			simulator.clearRequests();
			watch.advance(Duration.ofMinutes(10));
			assertThat(simulator.valueRequests()).isEqualTo(10L * expected);
			assertThat(simulator.tokenRequests()).isZero();
			assertThat(watch.events()).isEmpty();
		}
	}

	@Test
	void tagsTakeARequestForTheirListAndOneEach(ImdsSimulator simulator) {
		simulator.tags(Map.of("Name", "orders-7", "Environment", "staging"));
		long without = requestsAMinute(simulator, false);
		assertThat(requestsAMinute(simulator, true)).isEqualTo(without + 3);
	}

	private static long requestsAMinute(ImdsSimulator simulator, boolean tags) {
		try (SimulatedWatch watch = new SimulatedWatch(simulator, tags)) {
			watch.advance(Duration.ofMinutes(1));
			simulator.clearRequests();
			watch.advance(Duration.ofMinutes(10));
			return simulator.valueRequests() / 10;
		}
	}

	@Test
	void historyIsReadOnlyWhenAnEventLeavesTheSchedule(ImdsSimulator simulator) {
		String scheduled = "meta-data/events/maintenance/scheduled";
		String event = "{\"EventId\": \"a\", \"Code\": \"system-reboot\", \"State\": \"%s\"}";
		simulator.put(scheduled, "[" + event.formatted("active") + "]");
		try (SimulatedWatch watch = new SimulatedWatch(simulator)) {
			watch.advance(Duration.ofMinutes(5));
			assertThat(simulator.requests()).noneMatch((request) -> request.endsWith("/history"));
			simulator.put(scheduled, "[]")
				.put("meta-data/events/maintenance/history", "[" + event.formatted("completed") + "]");
			watch.advance(Duration.ofMinutes(5));
			assertThat(simulator.requests()).filteredOn((request) -> request.endsWith("/history")).hasSize(1);
		}
	}

	@Test
	void suspendedMachineDoesNotCatchUp(ImdsSimulator simulator) {
		try (SimulatedWatch watch = new SimulatedWatch(simulator)) {
			watch.advance(Duration.ofMinutes(1));
			simulator.clearRequests();
			watch.suspend(Duration.ofHours(1)).advance(Duration.ofSeconds(4));
			assertThat(simulator.valueRequests()).isEqualTo(4);
		}
	}

}
