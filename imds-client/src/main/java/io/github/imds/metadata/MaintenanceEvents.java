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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsClient;

/**
 * Reads maintenance events one by one, so that an unreadable one does not hide the
 * others, and logs each kind of flaw once.
 */
final class MaintenanceEvents {

	private static final Log logger = LogFactory.getLog(InstanceMetadata.class);

	private final ImdsClient client;

	private final Set<String> flaws = ConcurrentHashMap.newKeySet();

	MaintenanceEvents(ImdsClient client) {
		this.client = client;
	}

	List<MaintenanceEvent> read(String path) {
		List<MaintenanceEvent> events = new ArrayList<>();
		List<?> elements = this.client.get(path, List.class).orElse(List.of());
		for (Object element : elements) {
			MaintenanceEvent event = (element instanceof Map<?, ?> values) ? of(values) : null;
			if (event == null || !event.isUsable()) {
				report("Left out a maintenance event without 'EventId', 'Code' or 'State' in '" + path + "'");
				continue;
			}
			if (!event.isReadable()) {
				report("A maintenance event in '" + path + "' has a time that cannot be read. The time is left out");
			}
			events.add(event);
		}
		return List.copyOf(events);
	}

	private void report(String flaw) {
		if (this.flaws.add(flaw)) {
			logger.warn(flaw);
		}
	}

	@SuppressWarnings("unchecked")
	private static MaintenanceEvent of(Map<?, ?> values) {
		return MaintenanceEvent.of((Map<String, ? extends @Nullable Object>) values);
	}

}
