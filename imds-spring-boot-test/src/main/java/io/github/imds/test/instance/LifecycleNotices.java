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

package io.github.imds.test.instance;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.common.JsonException;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.core.type.TypeReference;

/**
 * Notices as the Instance Metadata Service shows them.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html">Spot
 * instance interruption notices</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_scheduled_events.html">Scheduled
 * events for Amazon EC2 instances</a>
 * @since 0.1.0
 */
public final class LifecycleNotices {

	private static final String SPOT = "meta-data/spot";

	private static final String REBALANCE = "meta-data/events/recommendations/rebalance";

	private static final String SCHEDULED = "meta-data/events/maintenance/scheduled";

	private static final String HISTORY = "meta-data/events/maintenance/history";

	private static final DateTimeFormatter MAINTENANCE_TIME = DateTimeFormatter
		.ofPattern("d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private LifecycleNotices() {
	}

	/**
	 * Interrupt the Spot Instance. The older {@code termination-time} is there only if
	 * the instance is terminated.
	 * @param metadata the metadata to change
	 * @param action the action
	 * @param time the time of the action
	 */
	public static void interruptSpot(SimulatedMetadata metadata, String action, Instant time) {
		String text = time.truncatedTo(ChronoUnit.SECONDS).toString();
		metadata.remove(SPOT);
		metadata.put("meta-data/instance-life-cycle", "spot");
		metadata.put(SPOT + "/instance-action", "{\"action\": \"%s\", \"time\": \"%s\"}".formatted(action, text));
		if (action.equals("terminate")) {
			metadata.put(SPOT + "/termination-time", text);
		}
	}

	/**
	 * Withdraw the interruption.
	 * @param metadata the metadata to change
	 */
	public static void cancelSpotInterruption(SimulatedMetadata metadata) {
		metadata.remove(SPOT);
	}

	/**
	 * Recommend a rebalance.
	 * @param metadata the metadata to change
	 * @param time the time of the notice
	 */
	public static void recommendRebalance(SimulatedMetadata metadata, Instant time) {
		metadata.put("meta-data/instance-life-cycle", "spot");
		metadata.put(REBALANCE, "{\"noticeTime\": \"%s\"}".formatted(time.truncatedTo(ChronoUnit.SECONDS)));
	}

	/**
	 * Only Spot Instances are interrupted.
	 */
	static void endSpot(SimulatedMetadata metadata) {
		metadata.remove(SPOT);
		metadata.remove(REBALANCE);
	}

	/**
	 * Schedule a maintenance event, or change a scheduled one.
	 * @param metadata the metadata to change
	 * @param eventId the ID of the event
	 * @param code the code of the event
	 * @param notBefore the earliest start
	 * @param notAfter the latest end
	 */
	public static void scheduleMaintenance(SimulatedMetadata metadata, String eventId, String code, Instant notBefore,
			Instant notAfter) {
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("NotBefore", MAINTENANCE_TIME.format(notBefore));
		event.put("Code", code);
		event.put("Description", description(code));
		event.put("EventId", eventId);
		event.put("NotAfter", MAINTENANCE_TIME.format(notAfter));
		event.put("State", "active");
		List<Map<String, Object>> scheduled = events(metadata, SCHEDULED);
		int index = indexOf(scheduled, eventId);
		if (index != -1) {
			scheduled.set(index, event);
		}
		else {
			scheduled.add(event);
		}
		metadata.put(SCHEDULED, Json.write(scheduled));
	}

	private static String description(String code) {
		return switch (code) {
			case "instance-reboot", "system-reboot" -> "scheduled reboot";
			case "instance-retirement", "instance-stop" -> "The instance is running on degraded hardware";
			default -> "scheduled maintenance";
		};
	}

	/**
	 * Move a scheduled maintenance event to the history.
	 * @param metadata the metadata to change
	 * @param eventId the ID of the event
	 * @param state the state in the history
	 */
	public static void endMaintenance(SimulatedMetadata metadata, String eventId, String state) {
		List<Map<String, Object>> scheduled = events(metadata, SCHEDULED);
		int index = indexOf(scheduled, eventId);
		if (index == -1) {
			throw new IllegalArgumentException("There is no scheduled event '%s'".formatted(eventId));
		}
		Map<String, Object> event = scheduled.remove(index);
		String prefix = "[" + state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1) + "] ";
		event.computeIfPresent("Description", (name, description) -> prefix + description);
		event.put("State", state);
		List<Map<String, Object>> history = events(metadata, HISTORY);
		history.add(event);
		metadata.put(SCHEDULED, Json.write(scheduled));
		metadata.put(HISTORY, Json.write(history));
	}

	private static List<Map<String, Object>> events(SimulatedMetadata metadata, String path) {
		String json = metadata.text(path);
		try {
			return (json != null) ? Json.read(json, new TypeReference<ArrayList<Map<String, Object>>>() {
			}) : new ArrayList<>();
		}
		catch (JsonException ex) {
			return new ArrayList<>();
		}
	}

	private static int indexOf(List<Map<String, Object>> events, @Nullable String eventId) {
		for (int i = 0; i < events.size(); i++) {
			if (eventId != null && eventId.equals(events.get(i).get("EventId"))) {
				return i;
			}
		}
		return -1;
	}

}
