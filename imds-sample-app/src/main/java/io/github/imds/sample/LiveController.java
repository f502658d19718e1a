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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.github.imds.lifecycle.InstanceTagsChangedEvent;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.lifecycle.MaintenanceScheduledEvent;
import io.github.imds.lifecycle.RebalanceRecommendationEvent;
import io.github.imds.lifecycle.SpotInterruptionCancelledEvent;
import io.github.imds.lifecycle.SpotInterruptionEvent;
import io.github.imds.lifecycle.TargetLifecycleStateChangedEvent;

/**
 * Sends what the application hears of its instance to browsers, as server-sent events.
 */
@RestController
class LiveController {

	private final LiveEvents events;

	LiveController(LiveEvents events) {
		this.events = events;
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream() {
		return this.events.subscribe();
	}

	@GetMapping(path = "/events", produces = MediaType.APPLICATION_JSON_VALUE)
	List<LiveEvent> latest() {
		return this.events.latest();
	}

	@EventListener
	void readinessChanged(AvailabilityChangeEvent<ReadinessState> event) {
		this.events.publish(new LiveEvent(Instant.now(), "readiness", event.getState().name(), null));
	}

	@EventListener
	void instanceEvent(LifecycleEvent event) {
		this.events.publish(new LiveEvent(Instant.now(), event.kind(), text(event), deadline(event)));
	}

	private static String text(LifecycleEvent event) {
		if (event instanceof SpotInterruptionEvent interruption) {
			return "EC2 is about to %s the instance".formatted(interruption.action());
		}
		if (event instanceof SpotInterruptionCancelledEvent) {
			return "The instance runs on";
		}
		if (event instanceof RebalanceRecommendationEvent recommendation) {
			return "Elevated risk of interruption, noticed at " + recommendation.noticeTime();
		}
		if (event instanceof TargetLifecycleStateChangedEvent change) {
			return change.from().map((from) -> "From " + from + " to ").orElse("To ") + change.to();
		}
		if (event instanceof MaintenanceScheduledEvent scheduled) {
			return scheduled.maintenance().code()
					+ scheduled.maintenance().notBefore().map((time) -> " from " + time).orElse("");
		}
		if (event instanceof InstanceTagsChangedEvent tags) {
			return tags.after().toString();
		}
		return event.toString();
	}

	private static @Nullable Instant deadline(LifecycleEvent event) {
		return (event instanceof SpotInterruptionEvent interruption) ? interruption.time() : null;
	}

	@EventListener
	void closed(ContextClosedEvent event) {
		this.events.complete();
	}

}
