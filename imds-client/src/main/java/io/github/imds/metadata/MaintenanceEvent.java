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
import java.util.Optional;

/**
 * A maintenance event that AWS schedules for an instance.
 *
 * @param eventId the ID of the event
 * @param code what is to happen: {@code instance-reboot}, {@code system-reboot},
 * {@code system-maintenance}, {@code instance-retirement} or {@code instance-stop}
 * @param description what is to happen, in words; empty if AWS says no more
 * @param state {@code active}, {@code completed} or {@code canceled}
 * @param notBefore the earliest time that the event starts; empty if not known
 * @param notAfter the latest time that the event ends; empty if not known
 * @param notBeforeDeadline the latest time that the start can be moved to; empty if it
 * cannot be moved
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html">Scheduled
 * events for Amazon EC2 instances</a>
 */
public record MaintenanceEvent(String eventId, String code, Optional<String> description, String state,
		Optional<Instant> notBefore, Optional<Instant> notAfter, Optional<Instant> notBeforeDeadline) {

	static MaintenanceEvent of(JsonObject json) {
		return new MaintenanceEvent(json.text("EventId"), json.text("Code"), json.findText("Description"),
				json.text("State"), json.findTime("NotBefore"), json.findTime("NotAfter"),
				json.findTime("NotBeforeDeadline"));
	}

}
