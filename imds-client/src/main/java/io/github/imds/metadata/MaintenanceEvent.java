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

package io.github.imds.metadata;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;

/**
 * Maintenance event that AWS schedules for an instance.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html">Scheduled
 * events for Amazon EC2 instances</a>
 */
public final class MaintenanceEvent extends MetadataObject {

	private static final String PATH = "meta-data/events/maintenance";

	private MaintenanceEvent(Map<String, ? extends @Nullable Object> values) {
		super(PATH, values);
	}

	/**
	 * Create an event from values as AWS names them, as a test does.
	 * @param values the values by name, such as {@code EventId} and {@code NotBefore}
	 * @return the new event
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static MaintenanceEvent of(Map<String, ? extends @Nullable Object> values) {
		return new MaintenanceEvent(values);
	}

	/**
	 * Return the ID of the event.
	 * @return the event ID
	 * @throws ImdsResponseException if it is absent
	 */
	public String eventId() {
		return text("EventId");
	}

	/**
	 * Return the kind of the event: {@code instance-reboot}, {@code system-reboot},
	 * {@code system-maintenance}, {@code instance-retirement} or {@code instance-stop}.
	 * @return the code
	 * @throws ImdsResponseException if it is absent
	 */
	public String code() {
		return text("Code");
	}

	/**
	 * Return the description of the event.
	 * @return the description, or empty if there is none
	 */
	public Optional<String> description() {
		return findText("Description");
	}

	/**
	 * Return the state of the event: {@code active}, {@code completed} or
	 * {@code canceled}.
	 * @return the state
	 * @throws ImdsResponseException if it is absent
	 */
	public String state() {
		return text("State");
	}

	/**
	 * Return the earliest time at which the event starts.
	 * @return the time, or empty if not known
	 */
	public Optional<Instant> notBefore() {
		return findTime("NotBefore");
	}

	/**
	 * Return the latest time at which the event ends.
	 * @return the time, or empty if not known
	 */
	public Optional<Instant> notAfter() {
		return findTime("NotAfter");
	}

	/**
	 * Return the latest time that the start can be moved to.
	 * @return the time, or empty if the start cannot be moved
	 */
	public Optional<Instant> notBeforeDeadline() {
		return findTime("NotBeforeDeadline");
	}

	/**
	 * Return whether the event has what identifies it.
	 */
	boolean isUsable() {
		return hasTexts("EventId", "Code", "State");
	}

	/**
	 * Return whether everything that the event has is readable.
	 */
	boolean isReadable() {
		return isUsable() && hasValidTime("NotBefore") && hasValidTime("NotAfter") && hasValidTime("NotBeforeDeadline");
	}

}
