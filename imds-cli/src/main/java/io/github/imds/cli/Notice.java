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

package io.github.imds.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.imds.lifecycle.InstanceTagsChangedEvent;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.MaintenanceCancelledEvent;
import io.github.imds.lifecycle.MaintenanceChangedEvent;
import io.github.imds.lifecycle.MaintenanceCompletedEvent;
import io.github.imds.lifecycle.MaintenanceScheduledEvent;
import io.github.imds.lifecycle.RebalanceRecommendationEvent;
import io.github.imds.lifecycle.SpotInterruptionCancelledEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;
import io.github.imds.metadata.MaintenanceEvent;

/**
 * Lifecycle notices as JSON objects.
 */
final class Notice {

	private Notice() {
	}

	/**
	 * Return a notice as names and values. The first name is {@code notice}.
	 * @param event the event
	 * @return the values, text or maps of text
	 */
	static Map<String, Object> fields(LifecycleEvent event) {
		Fields fields = new Fields().add("notice", event.kind());
		if (event instanceof SpotInterruptionEvent interruption) {
			add(interruption, fields);
		}
		else if (event instanceof SpotInterruptionCancelledEvent cancelled) {
			add(cancelled.interruption(), fields);
		}
		else if (event instanceof RebalanceRecommendationEvent recommendation) {
			fields.add("noticeTime", recommendation.noticeTime());
		}
		else if (event instanceof TargetLifecycleStateChangedEvent change) {
			fields.add("from", change.from().orElse(null)).add("to", change.to());
		}
		else if (event instanceof InstanceTagsChangedEvent change) {
			fields.add("before", change.before()).add("after", change.after());
		}
		else {
			add(maintenance(event), fields);
		}
		return fields.values;
	}

	private static @Nullable MaintenanceEvent maintenance(LifecycleEvent event) {
		if (event instanceof MaintenanceScheduledEvent scheduled) {
			return scheduled.maintenance();
		}
		if (event instanceof MaintenanceChangedEvent changed) {
			return changed.after();
		}
		if (event instanceof MaintenanceCompletedEvent completed) {
			return completed.maintenance();
		}
		return (event instanceof MaintenanceCancelledEvent cancelled) ? cancelled.maintenance() : null;
	}

	private static void add(SpotInterruptionEvent interruption, Fields fields) {
		fields.add("action", interruption.action()).add("time", interruption.time());
	}

	private static void add(@Nullable MaintenanceEvent maintenance, Fields fields) {
		if (maintenance != null) {
			fields.add("eventId", maintenance.eventId())
				.add("code", maintenance.code())
				.add("state", maintenance.state())
				.add("notBefore", maintenance.notBefore())
				.add("notAfter", maintenance.notAfter())
				.add("description", maintenance.description());
		}
	}

	/**
	 * Values by name, without absent ones.
	 */
	private static final class Fields {

		private final Map<String, Object> values = new LinkedHashMap<>();

		Fields add(String name, @Nullable Object value) {
			Object present = (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
			if (present != null) {
				this.values.put(name, (present instanceof Map) ? present : present.toString());
			}
			return this;
		}

	}

}
