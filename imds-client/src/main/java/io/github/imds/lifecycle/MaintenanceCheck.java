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

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsResponseException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.MaintenanceEvent;

/**
 * {@link Check} for scheduled maintenance, by the ID of the event.
 */
final class MaintenanceCheck implements Check {

	private static final Log logger = LogFactory.getLog(LifecycleWatcher.class);

	private static final String COMPLETED = "completed";

	private static final String CANCELED = "canceled";

	/**
	 * Which of several events of the same ID counts, whatever their order.
	 */
	private static final Comparator<MaintenanceEvent> URGENCY = Comparator.comparing(MaintenanceCheck::isEnded)
		.thenComparing((event) -> event.notBefore().orElse(Instant.MAX))
		.thenComparing(MaintenanceEvent::toString);

	/**
	 * Number of times in a row that an event has to be absent without being in the
	 * history to count as canceled.
	 */
	private static final int ABSENCES = 3;

	private final ImdsClient client;

	private final Map<String, Known> known = new LinkedHashMap<>();

	private boolean reported;

	MaintenanceCheck(ImdsClient client) {
		this.client = client;
	}

	@Override
	public boolean frequent() {
		return false;
	}

	@Override
	public List<LifecycleEvent> standing() {
		return this.known.values()
			.stream()
			.filter((known) -> !known.ended)
			.<LifecycleEvent>map((known) -> new MaintenanceScheduledEvent(known.event))
			.toList();
	}

	@Override
	public List<LifecycleEvent> read() {
		Document scheduled = document(MetadataCategory.EVENTS_MAINTENANCE_SCHEDULED);
		boolean left = this.known.values()
			.stream()
			.anyMatch((known) -> !known.ended && !scheduled.events.containsKey(known.event.eventId()));
		// Both documents are read before anything is remembered
		Map<String, MaintenanceEvent> history = left ? document(MetadataCategory.EVENTS_MAINTENANCE_HISTORY).events
				: Map.of();
		List<LifecycleEvent> events = new ArrayList<>();
		scheduled.events.values().forEach((event) -> compare(event).ifPresent(events::add));
		for (Iterator<Known> all = this.known.values().iterator(); all.hasNext();) {
			Known known = all.next();
			String id = known.event.eventId();
			if (scheduled.events.containsKey(id)) {
				known.absences = 0;
			}
			else if (known.ended) {
				all.remove();
			}
			else {
				Optional<LifecycleEvent> end = end(known, history.get(id), scheduled.incomplete);
				end.ifPresent((event) -> {
					events.add(event);
					all.remove();
				});
			}
		}
		return events;
	}

	private Optional<LifecycleEvent> compare(MaintenanceEvent event) {
		Known known = this.known.get(event.eventId());
		boolean ended = isEnded(event);
		if (known == null || known.ended) {
			this.known.put(event.eventId(), new Known(event, ended));
			return ended ? Optional.empty() : Optional.of(new MaintenanceScheduledEvent(event));
		}
		MaintenanceEvent before = known.event;
		if (isSame(before, event)) {
			if (before.notBefore().isEmpty()) {
				this.known.put(event.eventId(), new Known(event, ended));
			}
			return Optional.empty();
		}
		this.known.put(event.eventId(), new Known(event, ended));
		return Optional.of(ended ? ended(event) : new MaintenanceChangedEvent(before, event));
	}

	/**
	 * Return the end of an event that left the schedule. A schedule of which a part is
	 * unreadable may still hold it.
	 */
	private static Optional<LifecycleEvent> end(Known known, @Nullable MaintenanceEvent past, boolean incomplete) {
		if (past != null) {
			return Optional.of(ended(past));
		}
		known.absences += incomplete ? 0 : 1;
		return (known.absences >= ABSENCES) ? Optional.of(new MaintenanceCancelledEvent(known.event))
				: Optional.empty();
	}

	private static boolean isEnded(MaintenanceEvent event) {
		return event.state().equals(COMPLETED) || event.state().equals(CANCELED);
	}

	private static LifecycleEvent ended(MaintenanceEvent event) {
		return event.state().equals(COMPLETED) ? new MaintenanceCompletedEvent(event)
				: new MaintenanceCancelledEvent(event);
	}

	private static boolean isSame(MaintenanceEvent one, MaintenanceEvent other) {
		return one.code().equals(other.code()) && one.state().equals(other.state())
				&& Times.same(one.notBefore(), other.notBefore()) && Times.same(one.notAfter(), other.notAfter())
				&& Times.same(one.notBeforeDeadline(), other.notBeforeDeadline());
	}

	private Document document(MetadataCategory category) {
		Document document = new Document();
		List<?> elements = this.client.get(category.pattern(), List.class).orElse(List.of());
		for (Object element : elements) {
			MaintenanceEvent event = event(element);
			if (event != null) {
				document.events.merge(event.eventId(), event, BinaryOperator.minBy(URGENCY));
			}
			else {
				document.incomplete = true;
				report(category);
			}
		}
		return document;
	}

	private void report(MetadataCategory category) {
		if (!this.reported) {
			logger.warn("Cannot read one of the maintenance events in '" + category.pattern()
					+ "'. The others are watched");
		}
		this.reported = true;
	}

	@SuppressWarnings("unchecked")
	private static @Nullable MaintenanceEvent event(Object element) {
		if (!(element instanceof Map<?, ?>)) {
			return null;
		}
		try {
			MaintenanceEvent event = MaintenanceEvent.of((Map<String, ? extends @Nullable Object>) element);
			event.eventId();
			event.code();
			event.state();
			return event;
		}
		catch (ImdsResponseException ex) {
			return null;
		}
	}

	/**
	 * Document as far as it is readable.
	 */
	private static final class Document {

		private final Map<String, MaintenanceEvent> events = new LinkedHashMap<>();

		private boolean incomplete;

	}

	/**
	 * Event that was seen.
	 */
	private static final class Known {

		private final MaintenanceEvent event;

		private final boolean ended;

		private int absences;

		private Known(MaintenanceEvent event, boolean ended) {
			this.event = event;
			this.ended = ended;
		}

	}

}
