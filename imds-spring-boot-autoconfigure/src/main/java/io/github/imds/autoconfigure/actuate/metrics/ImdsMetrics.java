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

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.github.imds.autoconfigure.client.ImdsClientCounters;
import io.github.imds.autoconfigure.env.ImdsPropertyCounters;

/**
 * Meters for events that are counted from the first property on, before a registry
 * exists.
 */
final class ImdsMetrics implements MeterBinder {

	private final @Nullable ImdsClientCounters client;

	private final @Nullable ImdsPropertyCounters properties;

	ImdsMetrics(@Nullable ImdsClientCounters client, @Nullable ImdsPropertyCounters properties) {
		this.client = client;
		this.properties = properties;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		if (this.client != null) {
			String tokens = "Session tokens that the service issued";
			register(registry, "imds.client.retries", "Attempts that followed a failed one", Tags.empty(), this.client,
					ImdsClientCounters::retries);
			register(registry, "imds.client.tokens", tokens, Tags.of("type", "first"), this.client,
					ImdsClientCounters::firstTokens);
			register(registry, "imds.client.tokens", tokens, Tags.of("type", "renewal"), this.client,
					ImdsClientCounters::renewedTokens);
		}
		if (this.properties != null) {
			String gets = "Look-ups of instance metadata as properties";
			register(registry, "imds.properties.gets", gets, Tags.of("result", "hit"), this.properties,
					ImdsPropertyCounters::hits);
			register(registry, "imds.properties.gets", gets, Tags.of("result", "miss"), this.properties,
					ImdsPropertyCounters::misses);
		}
	}

	private static <T> void register(MeterRegistry registry, String name, String description, Tags tags, T counters,
			ToDoubleFunction<T> count) {
		FunctionCounter.builder(name, counters, count).description(description).tags(tags).register(registry);
	}

}
