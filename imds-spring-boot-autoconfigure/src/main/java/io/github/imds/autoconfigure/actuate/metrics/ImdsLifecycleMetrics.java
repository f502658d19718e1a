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

package io.github.imds.autoconfigure.actuate.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.imds.lifecycle.LifecycleEvent;

/**
 * Counter of lifecycle events by their kind.
 */
final class ImdsLifecycleMetrics {

	private final MeterRegistry registry;

	ImdsLifecycleMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void count(LifecycleEvent event) {
		Counter.builder("imds.lifecycle.events")
			.description("Lifecycle events of the instance")
			.tag("kind", event.kind())
			.register(this.registry)
			.increment();
	}

}
