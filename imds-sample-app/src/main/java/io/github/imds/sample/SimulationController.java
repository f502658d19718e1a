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
import java.time.Instant;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.github.imds.test.ImdsSimulator;

/**
 * Controls of the simulated instance. A real instance has none.
 */
@RestController
@RequestMapping("/simulation")
@ConditionalOnBean(ImdsSimulator.class)
@ResponseStatus(HttpStatus.NO_CONTENT)
class SimulationController {

	private static final String MAINTENANCE = "instance-event-0123456789abcdef0";

	private final ImdsSimulator simulator;

	SimulationController(ImdsSimulator simulator) {
		this.simulator = simulator;
	}

	@PostMapping("/spot-interruption")
	void interruptSpot(@RequestParam(defaultValue = "terminate") String action,
			@RequestParam(defaultValue = "120s") @DurationFormat(style = Style.SIMPLE) Duration in) {
		this.simulator.interruptSpot(action, Instant.now().plus(in));
	}

	@DeleteMapping("/spot-interruption")
	void cancelSpotInterruption() {
		this.simulator.cancelSpotInterruption();
	}

	@PostMapping("/rebalance-recommendation")
	void recommendRebalance() {
		this.simulator.recommendRebalance(Instant.now());
	}

	@PostMapping("/maintenance")
	void scheduleMaintenance(@RequestParam(defaultValue = "system-reboot") String code,
			@RequestParam(defaultValue = "1h") @DurationFormat(style = Style.SIMPLE) Duration in) {
		Instant start = Instant.now().plus(in);
		this.simulator.scheduleMaintenance(MAINTENANCE, code, start, start.plus(Duration.ofHours(2)));
	}

	@DeleteMapping("/maintenance")
	void cancelMaintenance() {
		this.simulator.cancelMaintenance(MAINTENANCE);
	}

	@PutMapping("/throttling")
	void throttle(@RequestParam int requests) {
		this.simulator.throttle(requests);
	}

	@PutMapping("/target-lifecycle-state")
	void targetLifecycleState(@RequestParam String state) {
		this.simulator.targetLifecycleState(state);
	}

	@PutMapping("/tags/{key}")
	void tag(@PathVariable String key, @RequestParam String value) {
		this.simulator.tag(key, value);
	}

	@PutMapping("/enabled")
	void enabled(@RequestParam boolean value) {
		this.simulator.enabled(value);
	}

}
