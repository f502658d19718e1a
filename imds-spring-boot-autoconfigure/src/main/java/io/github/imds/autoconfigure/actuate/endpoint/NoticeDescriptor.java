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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.MaintenanceScheduledEvent;
import io.github.imds.lifecycle.RebalanceRecommendationEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;

/**
 * Description of a current notice: an event whose subject is still announced.
 *
 * @param kind the kind of the event, such as {@code spot-interruption}
 * @param details the details of the event by name
 * @since 0.1.0
 */
public record NoticeDescriptor(String kind, Map<String, String> details) {

	static NoticeDescriptor of(LifecycleEvent event) {
		Map<String, String> details = new LinkedHashMap<>();
		if (event instanceof SpotInterruptionEvent interruption) {
			details.put("action", interruption.action());
			details.put("time", interruption.time().toString());
		}
		else if (event instanceof RebalanceRecommendationEvent recommendation) {
			details.put("noticeTime", recommendation.noticeTime().toString());
		}
		else if (event instanceof TargetLifecycleStateChangedEvent change) {
			details.put("to", change.to());
		}
		else if (event instanceof MaintenanceScheduledEvent scheduled) {
			details.put("eventId", scheduled.maintenance().eventId());
			details.put("code", scheduled.maintenance().code());
			scheduled.maintenance().notBefore().ifPresent((time) -> details.put("notBefore", time.toString()));
			scheduled.maintenance().notAfter().ifPresent((time) -> details.put("notAfter", time.toString()));
		}
		return new NoticeDescriptor(event.kind(), details);
	}

}
