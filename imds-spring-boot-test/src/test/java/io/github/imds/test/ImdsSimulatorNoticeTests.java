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

package io.github.imds.test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.github.tomakehurst.wiremock.common.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wiremock.com.fasterxml.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the notices of {@link ImdsSimulator}.
 */
class ImdsSimulatorNoticeTests {

	private static final Instant TIME = Instant.parse("2026-03-01T10:02:00.987Z");

	private static final String EVENT = "instance-event-0d59937288b749b32";

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00.5Z"));

	private final ImdsSimulator simulator = ImdsSimulator.builder().clock(this.now::get).start();

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void thereIsNoNoticeAtFirst() {
		assertThat(lines("")).doesNotContain("spot/");
		assertThat(lines("events/")).containsExactly("maintenance/");
		assertThat(RawHttp.get(this.simulator, "/latest/meta-data/spot/").status()).isEqualTo(404);
	}

	@Test
	void terminatedSpotInstanceShowsActionAndTime() {
		assertThat(this.simulator.interruptSpot("terminate", TIME)).isSameAs(this.simulator);
		assertThat(lines("")).contains("spot/");
		assertThat(lines("spot/")).containsExactly("instance-action", "termination-time");
		assertThat(text("spot/instance-action"))
			.isEqualTo("{\"action\": \"terminate\", \"time\": \"2026-03-01T10:02:00Z\"}");
		assertThat(text("spot/termination-time")).isEqualTo("2026-03-01T10:02:00Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "stop", "hibernate" })
	void stoppedSpotInstanceHasNoTerminationTime(String action) {
		this.simulator.interruptSpot("terminate", TIME).interruptSpot(action, TIME);
		assertThat(lines("spot/")).containsExactly("instance-action");
		assertThat(text("spot/instance-action")).contains("\"" + action + "\"");
	}

	@Test
	void cancelledInterruptionVanishes() {
		this.simulator.interruptSpot("terminate", TIME).cancelSpotInterruption().cancelSpotInterruption();
		assertThat(lines("")).doesNotContain("spot/");
		assertThat(text("instance-life-cycle")).isEqualTo("spot");
	}

	@Test
	void recommendationAppears() {
		this.simulator.recommendRebalance(TIME);
		assertThat(lines("events/")).containsExactly("maintenance/", "recommendations/");
		assertThat(text("events/recommendations/rebalance")).isEqualTo("{\"noticeTime\": \"2026-03-01T10:02:00Z\"}");
	}

	@Test
	void onlySpotInstancesAreInterrupted() {
		this.simulator.put("instance-life-cycle", "on-demand").interruptSpot("stop", TIME);
		assertThat(text("instance-life-cycle")).isEqualTo("spot");
		this.simulator.put("instance-life-cycle", "on-demand").recommendRebalance(TIME);
		assertThat(text("instance-life-cycle")).isEqualTo("spot");
	}

	@Test
	void maintenanceIsScheduledAndChanged() {
		this.simulator.scheduleMaintenance(EVENT, "system-reboot", TIME, TIME.plusSeconds(3600));
		assertThat(events("scheduled"))
			.containsExactly(Map.of("NotBefore", "1 Mar 2026 10:02:00 GMT", "NotAfter", "1 Mar 2026 11:02:00 GMT",
					"Code", "system-reboot", "Description", "scheduled reboot", "EventId", EVENT, "State", "active"));
		this.simulator.scheduleMaintenance("another", "instance-retirement", TIME, TIME)
			.scheduleMaintenance(EVENT, "system-reboot", TIME.plusSeconds(60), TIME);
		assertThat(events("scheduled")).extracting((event) -> event.get("EventId")).containsExactly(EVENT, "another");
		assertThat(events("scheduled").get(0)).containsEntry("NotBefore", "1 Mar 2026 10:03:00 GMT");
		assertThat(text("events/maintenance/history")).isEqualTo("[]");
	}

	@Test
	void endedMaintenanceMovesToTheHistory() {
		this.simulator.scheduleMaintenance("first", "system-reboot", TIME, TIME)
			.scheduleMaintenance("second", "instance-stop", TIME, TIME)
			.cancelMaintenance("first")
			.completeMaintenance("second");
		assertThat(events("scheduled")).isEmpty();
		assertThat(events("history")).extracting((event) -> event.get("State"))
			.containsExactly("canceled", "completed");
		assertThat(events("history").get(0)).containsEntry("Description", "[Canceled] scheduled reboot");
	}

	@Test
	void maintenanceThatIsNotScheduledCannotEnd() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.completeMaintenance("absent"))
			.withMessage("There is no scheduled event 'absent'");
	}

	@Test
	void maintenanceIsScheduledWhereThereWasNoneOrNonsense() {
		this.simulator.remove("events").scheduleMaintenance(EVENT, "system-reboot", TIME, TIME);
		assertThat(events("scheduled")).hasSize(1);
		this.simulator.put("events/maintenance/scheduled", "nonsense")
			.scheduleMaintenance(EVENT, "system-reboot", TIME, TIME);
		assertThat(events("scheduled")).hasSize(1);
	}

	@Test
	void autoScalingMovesTheInstance() {
		this.simulator.targetLifecycleState("Terminated");
		assertThat(text("autoscaling/target-lifecycle-state")).isEqualTo("Terminated");
	}

	@Test
	void credentialsRotate() {
		String path = "iam/security-credentials/orders-service";
		this.simulator.rotateCredentials();
		assertThat(text(path)).contains("ASIAFIXTUREROLE00002", "never/show/me1", "never-show-me1==",
				"\"LastUpdated\": \"2026-03-01T10:00:00Z\"", "\"Expiration\": \"2026-03-01T16:00:00Z\"");
		this.now.updateAndGet((now) -> now.plusSeconds(60));
		this.simulator.rotateCredentials();
		assertThat(text(path)).contains("ASIAFIXTUREROLE00003", "never/show/me2", "never-show-me2==",
				"\"Expiration\": \"2026-03-01T16:01:00Z\"");
		assertThat(text("identity-credentials/ec2/security-credentials/ec2-instance")).contains("ASIAFIXTUREINST00003");
		assertThat(text("iam/info")).contains("\"LastUpdated\": \"2026-03-01T10:01:00Z\"");
	}

	@Test
	void noticesAreDeclaredWithTheBuilder() {
		try (ImdsSimulator declared = ImdsSimulator.builder()
			.interruptSpot("stop", TIME)
			.scheduleMaintenance(EVENT, "system-reboot", TIME, TIME)
			.start()) {
			declared.cancelSpotInterruption().reset();
			assertThat(RawHttp.get(declared, "/latest/meta-data/spot/").text()).isEqualTo("instance-action");
		}
	}

	private List<String> lines(String directory) {
		return text(directory).lines().toList();
	}

	private List<Map<String, Object>> events(String name) {
		return Json.read(text("events/maintenance/" + name), new TypeReference<List<Map<String, Object>>>() {
		});
	}

	private String text(String path) {
		return RawHttp.get(this.simulator, "/latest/meta-data/" + path).text();
	}

}
