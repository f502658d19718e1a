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

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;
import tools.jackson.databind.JsonNode;

import io.github.imds.ImdsException;
import io.github.imds.autoconfigure.ImdsProperties;
import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsClient;

/**
 * {@link EnumerablePropertySource} for instance metadata: {@code imds.instance-id}. A
 * value is read on first use and then kept. A look-up never fails: a value that cannot be
 * read is absent.
 */
final class ImdsPropertySource extends EnumerablePropertySource<ImdsClientHolder> implements PropertyValues.Reader {

	static final String NAME = "imds";

	private static final String MAC = ImdsPropertyName.PREFIX + "mac";

	private static final List<String> FIRST_ELEMENT = List.of("0");

	private static final int MAX_EARLY_NAMES = 20;

	private final ImdsEnvironment owner;

	private final UserProperties userProperties;

	private final Log logger;

	private final NameCheck nameCheck;

	private final ImdsPropertyCounters counters = new ImdsPropertyCounters();

	private final PropertyValues values;

	private final ListedNames names = new ListedNames();

	private final Set<String> namesReadEarly = new ConcurrentSkipListSet<>();

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Supplier<ImdsClient> applicationClient;

	/**
	 * Whether there is no metadata, but tags that the user has set in its place.
	 */
	private volatile boolean servesUserTags;

	ImdsPropertySource(ImdsEnvironment owner, ImdsClientHolder holder, EnvironmentSettings settings, Log logger) {
		super(NAME, holder);
		this.owner = owner;
		this.userProperties = new UserProperties(settings);
		this.logger = logger;
		this.nameCheck = new NameCheck(logger);
		this.values = new PropertyValues(this);
	}

	ImdsEnvironment owner() {
		return this.owner;
	}

	ImdsPropertyCounters counters() {
		return this.counters;
	}

	Set<String> namesReadEarly() {
		return this.namesReadEarly;
	}

	/**
	 * Find out whether the environment needs this source: for metadata, or for tags that
	 * the user has set in place of metadata, which Spring Boot finds in one spelling
	 * only.
	 */
	boolean isNeeded() {
		boolean metadata = this.applicationClient != null || this.source.detection().isEnabled();
		this.servesUserTags = !metadata && this.userProperties.hasTags();
		return metadata || this.servesUserTags;
	}

	/**
	 * Read with the client of the application from now on.
	 * @param client supplies the client
	 */
	void useClient(Supplier<ImdsClient> client) {
		this.applicationClient = client;
		forget();
	}

	void expire() {
		this.values.expire();
	}

	void forget() {
		this.values.clear();
		this.names.clear();
	}

	void reopen() {
		this.namesReadEarly.clear();
		forget();
	}

	void close() {
		this.values.close();
		this.applicationClient = null;
	}

	@Override
	public String[] getPropertyNames() {
		return this.names.names();
	}

	@Override
	public boolean containsProperty(String name) {
		return getProperty(name) != null;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		if (!name.startsWith(ImdsPropertyName.PREFIX) || EnvironmentSettings.isSetting(name)
				|| ListedNames.isDirectory(name) || this.source.isReadingSettings()) {
			return null;
		}
		if (!isEnabled()) {
			noteEarlyName(name);
			ImdsPropertyName tag = this.servesUserTags ? ImdsPropertyName.of(name) : null;
			return (tag != null) ? this.userProperties.find(tag) : null;
		}
		ImdsPropertyName property = ImdsPropertyName.of(name, "any");
		if (property == null) {
			this.nameCheck.check(name);
			return null;
		}
		noteEarlyName(name);
		if (!name.startsWith(ImdsPropertyName.PRIMARY_INTERFACE)) {
			Object own = this.userProperties.find(property);
			return (own != null) ? own : getProperty(name, property);
		}
		ImdsPropertyName macName = ImdsPropertyName.of(MAC);
		String mac = (macName != null) ? text(macName) : null;
		property = (mac != null) ? ImdsPropertyName.of(name, mac) : null;
		return (property != null) ? getProperty(name, property) : null;
	}

	private void noteEarlyName(String name) {
		if (!this.owner.isContextRefreshed() && this.namesReadEarly.size() < MAX_EARLY_NAMES
				&& ImdsPropertyName.isPlausible(name)) {
			this.namesReadEarly.add(name);
		}
	}

	/**
	 * Return whether metadata is used. Checked first, so that nothing else is loaded
	 * where there is no service.
	 */
	private boolean isEnabled() {
		try {
			return this.applicationClient != null || this.source.detection().isEnabled();
		}
		catch (RuntimeException ex) {
			warnUnusable(ex);
			return false;
		}
	}

	private @Nullable String getProperty(String name, ImdsPropertyName property) {
		String text = text(property);
		if (text != null) {
			this.names.add(name);
		}
		else if (name.startsWith(ImdsPropertyName.UNDOCUMENTED)) {
			this.nameCheck.checkUndocumented(name);
		}
		return text;
	}

	private @Nullable String text(ImdsPropertyName property) {
		if (this.values.isKnown(property)) {
			this.counters.hit();
		}
		else if (this.values.isFull(property)) {
			warnOnce("full",
					"Instance metadata has served %d different properties and serves no others. Read metadata "
						.formatted(PropertyValues.MAX_SIZE)
							+ "whose names are generated at run time through the ImdsClient");
			return null;
		}
		Object value = this.values.get(property);
		String text = (value == null || value instanceof String) ? (String) value
				: JsonField.find((JsonNode) value, property.field());
		if (text == null && value instanceof JsonNode json) {
			warnUnboundList(json, property);
		}
		return (text != null && isSafe(property, text)) ? text : null;
	}

	@Override
	public PropertyValues.@Nullable Result read(ImdsPropertyName property) {
		this.counters.miss();
		try {
			Supplier<ImdsClient> applicationClient = this.applicationClient;
			return new PropertyValues.Result(
					read((applicationClient != null) ? applicationClient.get() : this.source.client(), property));
		}
		catch (ImdsException ex) {
			this.logger.debug("No property for '%s': %s".formatted(property.path(), ex.getMessage()));
		}
		catch (RuntimeException ex) {
			// A property source must not throw
			if (!this.source.isClosed()) {
				warnUnusable(ex);
			}
		}
		return null;
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

	@Override
	public Duration timeToLive() {
		ImdsProperties settings = ImdsProperties.DEFAULTS;
		try {
			if (this.source.settings() instanceof ImdsProperties properties) {
				settings = properties;
			}
		}
		catch (RuntimeException ex) {
			// The client of the application reads without our settings
			this.logger.debug("The settings 'imds.client.*' cannot be used: " + ex.getMessage());
		}
		return settings.cache().timeToLive();
	}

	/**
	 * Return whether Spring could treat a value as more than text, alone or together with
	 * the text around it. Spring resolves placeholders inside values and evaluates
	 * expressions in the values of {@code @Value}, so anyone who can tag the instance
	 * could run code. Such a value is not available as a property.
	 * @param text the value
	 * @return whether Spring would evaluate it
	 */
	static boolean isEvaluated(String text) {
		return text.contains("${") || text.contains("#{") || text.startsWith("{") || text.endsWith("#")
				|| text.endsWith("$");
	}

	private boolean isSafe(ImdsPropertyName property, String text) {
		boolean safe = !isEvaluated(text);
		if (!safe) {
			warnOnce(property.path(),
					("Instance metadata '%s' holds a placeholder or an expression, or a part of one, and is not a "
							+ "property. Read it through the ImdsClient")
						.formatted(property.path()));
		}
		return safe;
	}

	/**
	 * Warn when a list of objects is bound, which begins with a look-up of its first
	 * element. Spring Boot determines the elements of a list before it looks one up.
	 */
	private void warnUnboundList(JsonNode json, ImdsPropertyName property) {
		if (property.field().equals(FIRST_ELEMENT) && json.path(0).isObject()) {
			warnOnce(property.path() + "[0]",
					("Instance metadata '%1$s' has elements that are not bound. To bind them, set "
							+ "'spring.config.import' to 'optional:imds:%1$s'")
						.formatted(property.path()));
		}
	}

	private void warnUnusable(RuntimeException cause) {
		warnOnce("", "Instance metadata is not available as properties because its client cannot be used: "
				+ cause.getMessage());
	}

	private void warnOnce(String path, String message) {
		if (this.warned.add(path)) {
			this.logger.warn(message);
		}
	}

}
