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

package io.github.imds.autoconfigure.env;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertySource;
import tools.jackson.databind.JsonNode;

import io.github.imds.ImdsException;
import io.github.imds.autoconfigure.EnvironmentImdsClient;
import io.github.imds.client.ImdsClient;

/**
 * Instance metadata as properties: {@code imds.instance-id}. A value is fetched when it
 * is first asked for, and then kept. Asking never fails: what cannot be read is absent.
 */
final class ImdsPropertySource extends PropertySource<EnvironmentImdsClient> {

	static final String NAME = "imds";

	private static final String MAC = ImdsPropertyName.PREFIX + "mac";

	private static final String INTERFACE = ImdsPropertyName.PREFIX + "network.interfaces.macs[%s].%s";

	private final Log logger;

	private final ImdsPropertyCounters counters = new ImdsPropertyCounters();

	private final Map<String, Kept> kept = new ConcurrentHashMap<>();

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	ImdsPropertySource(EnvironmentImdsClient client, Log logger) {
		super(NAME, client);
		this.logger = logger;
	}

	ImdsPropertyCounters counters() {
		return this.counters;
	}

	@Override
	public @Nullable String getProperty(String name) {
		if (!name.startsWith(ImdsPropertyName.PREFIX) || ImdsPropertyName.isSetting(name) || this.source.isBeingBuilt()
				|| !isEnabled()) {
			return null;
		}
		if (name.startsWith(ImdsPropertyName.PRIMARY_INTERFACE)) {
			return getPropertyOfPrimaryInterface(name.substring(ImdsPropertyName.PRIMARY_INTERFACE.length()));
		}
		ImdsPropertyName property = ImdsPropertyName.of(name);
		return (property != null) ? getProperty(property) : null;
	}

	/**
	 * Ask this first: where there is no service nothing else has to be loaded.
	 */
	private boolean isEnabled() {
		try {
			return this.source.detection().isEnabled();
		}
		catch (RuntimeException ex) {
			warnUnusable(ex);
			return false;
		}
	}

	/**
	 * Look up the MAC address only for a name that any interface may have.
	 */
	private @Nullable String getPropertyOfPrimaryInterface(String name) {
		if (ImdsPropertyName.of(INTERFACE.formatted("any", name)) == null) {
			return null;
		}
		String mac = getProperty(MAC);
		return (mac != null) ? getProperty(INTERFACE.formatted(mac, name)) : null;
	}

	private @Nullable String getProperty(ImdsPropertyName property) {
		Object value = value(property);
		String text = (value == null || value instanceof String) ? (String) value
				: JsonField.find((JsonNode) value, property.field());
		return (text != null && isSafe(property, text)) ? text : null;
	}

	private @Nullable Object value(ImdsPropertyName property) {
		Kept kept = this.kept.get(property.path());
		if (kept != null && !kept.isOutdated()) {
			this.counters.hit();
			return kept.value();
		}
		this.lock.lock();
		try {
			kept = this.kept.get(property.path());
			if (kept == null || kept.isOutdated()) {
				kept = fetch(property, kept);
			}
			else {
				this.counters.hit();
			}
			return (kept != null) ? kept.value() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Fetch a value.
	 * @param outdated what was kept, which stays in use while the service is away
	 * @return the value, or {@code null} if the service did not answer
	 */
	private @Nullable Kept fetch(ImdsPropertyName property, @Nullable Kept outdated) {
		try {
			this.counters.miss();
			Object value = read(this.source.get(), property);
			Kept kept = new Kept(value, property.changing()
					? System.nanoTime() + this.source.properties().cache().timeToLive().toNanos() : null);
			this.kept.put(property.path(), kept);
			return kept;
		}
		catch (ImdsException | IllegalStateException ex) {
			// The service does not answer, or the client is closed
			this.logger.debug("No property for '%s': %s".formatted(property.path(), ex.getMessage()));
		}
		catch (RuntimeException ex) {
			// A property source must not throw
			warnUnusable(ex);
		}
		return outdated;
	}

	private static @Nullable Object read(ImdsClient client, ImdsPropertyName property) {
		return switch (property.type()) {
			case JSON -> client.get(property.path(), JsonNode.class).orElse(null);
			case LIST -> client.get(property.path())
				.map((text) -> text.lines().filter((line) -> !line.isEmpty()).collect(Collectors.joining(",")))
				.orElse(null);
			default -> client.get(property.path()).orElse(null);
		};
	}

	/**
	 * Return whether a value is more than text to Spring. It resolves placeholders inside
	 * values and evaluates expressions in the values that {@code @Value} receives, so
	 * anyone who can tag the instance could run code. Such a value is not a property.
	 * @param text the value
	 * @return whether Spring would evaluate it
	 */
	static boolean isEvaluated(String text) {
		return text.contains("${") || text.contains("#{");
	}

	private boolean isSafe(ImdsPropertyName property, String text) {
		boolean safe = !isEvaluated(text);
		if (!safe) {
			warnOnce(property.path(),
					("Instance metadata '%s' holds a placeholder or an expression and is not a property. "
							+ "Read it through the ImdsClient")
						.formatted(property.path()));
		}
		return safe;
	}

	private void warnUnusable(RuntimeException cause) {
		warnOnce("", "Instance metadata is not a property, since its client cannot be used: " + cause.getMessage());
	}

	private void warnOnce(String path, String message) {
		if (this.warned.add(path)) {
			this.logger.warn(message);
		}
	}

	/**
	 * What is known of a value.
	 *
	 * @param value text or JSON, or {@code null} if it is absent
	 * @param until the end of its use on the monotonic clock, or {@code null} if it never
	 * changes
	 */
	private record Kept(@Nullable Object value, @Nullable Long until) {

		boolean isOutdated() {
			return this.until != null && this.until - System.nanoTime() <= 0;
		}

	}

}
