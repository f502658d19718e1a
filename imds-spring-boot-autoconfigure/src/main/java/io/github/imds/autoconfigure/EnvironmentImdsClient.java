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

package io.github.imds.autoconfigure;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.client.ImdsDetection;
import io.github.imds.token.ImdsTokenStore;

/**
 * The one client of an application. It is built from the settings of the environment when
 * it is first needed, which may be before there is a context, and handed over to the
 * context later. Not meant for applications, which inject {@link ImdsClient}.
 *
 * @since 0.1.0
 */
public final class EnvironmentImdsClient implements AutoCloseable {

	private static final String SETTINGS = "imds.client";

	private final Environment environment;

	private final ImdsClientCounters counters = new ImdsClientCounters();

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable ObservationRegistry observationRegistry;

	private volatile @Nullable State state;

	/**
	 * Create a client that is not built yet.
	 * @param environment where the settings are
	 */
	public EnvironmentImdsClient(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return the settings.
	 * @return the settings in use
	 */
	public ImdsProperties properties() {
		return state().properties();
	}

	/**
	 * Return whether the service is asked, and why.
	 * @return what was detected without the network
	 */
	public ImdsDetection detection() {
		return state().detection();
	}

	/**
	 * Return the client.
	 * @return the client, the same for every caller
	 */
	public ImdsClient get() {
		return state().client();
	}

	/**
	 * Return what the client counts, from its first request on.
	 * @return the counters, the same whichever settings the client is built from
	 */
	public ImdsClientCounters counters() {
		return this.counters;
	}

	/**
	 * Have the requests of the client observed from now on.
	 * @param observationRegistry what observes them
	 */
	public void observeWith(ObservationRegistry observationRegistry) {
		this.lock.lock();
		try {
			this.observationRegistry = observationRegistry;
			State state = this.state;
			if (state != null) {
				state.observationRegistry().handOverTo(observationRegistry);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return whether the calling thread is about to build the client, and so cannot wait
	 * for it.
	 * @return whether the settings are being read by this thread
	 */
	public boolean isBeingBuilt() {
		return this.lock.isHeldByCurrentThread();
	}

	/**
	 * Use the settings that a binder knows. A client that was built from other ones is
	 * closed. The next one keeps its session token, unless the settings of tokens differ.
	 * @param binder where the settings are
	 */
	public void use(Binder binder) {
		use(() -> bind(binder));
	}

	private void use(Supplier<ImdsProperties> properties) {
		this.lock.lock();
		try {
			apply(properties.get());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Look at the settings of the environment again, if a client was built from some or
	 * there are any: invalid ones are reported even if nobody uses the client.
	 */
	public void refresh() {
		if (this.state != null || hasSettings(ConfigurationPropertyState.PRESENT)) {
			use(this::bind);
		}
	}

	@Override
	public void close() {
		State state = this.state;
		if (state != null) {
			state.client().close();
		}
	}

	ImdsTokenStore tokenStore() {
		return state().tokenStore().target();
	}

	/**
	 * Use another token store from now on.
	 * @param tokenStore the store, which is given the token that the client may have
	 */
	void use(ImdsTokenStore tokenStore) {
		state().tokenStore().handOverTo(tokenStore);
	}

	private boolean hasSettings(ConfigurationPropertyState... states) {
		ConfigurationPropertyName settings = ConfigurationPropertyName.of(SETTINGS);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (Arrays.asList(states).contains(source.containsDescendantOf(settings)) && !isOwn(source)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether a source is that of instance metadata, among which there are no
	 * settings.
	 */
	private boolean isOwn(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> properties && properties.getSource() == this;
	}

	private State state() {
		State state = this.state;
		if (state != null) {
			return state;
		}
		this.lock.lock();
		try {
			state = this.state;
			return (state != null) ? state : apply(bind());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Bind the settings, if there are any: without them binding takes a good part of the
	 * cost of a client at start-up.
	 */
	private ImdsProperties bind() {
		return hasSettings(ConfigurationPropertyState.PRESENT, ConfigurationPropertyState.UNKNOWN)
				? bind(Binder.get(this.environment)) : ImdsProperties.DEFAULTS;
	}

	private static ImdsProperties bind(Binder binder) {
		return binder.bindOrCreate(SETTINGS, ImdsProperties.class);
	}

	private State apply(ImdsProperties properties) {
		State previous = this.state;
		if (previous != null && previous.properties().equals(properties)) {
			return previous;
		}
		State state = build(properties, tokenStore(properties, previous));
		this.state = state;
		if (previous != null) {
			previous.client().close();
		}
		return state;
	}

	private static ImdsTokenStore tokenStore(ImdsProperties properties, @Nullable State previous) {
		return (previous != null && previous.properties().token().equals(properties.token()))
				? previous.tokenStore().target() : properties.token().createStore();
	}

	private State build(ImdsProperties properties, ImdsTokenStore target) {
		HandedOverTokenStore tokenStore = new HandedOverTokenStore(target);
		HandedOverObservationRegistry registry = new HandedOverObservationRegistry(this.observationRegistry);
		ImdsClientBuilder builder = ImdsClient.builder()
			.tokenStore(tokenStore)
			.observationRegistry(registry)
			.listener(this.counters);
		properties.applyTo(builder);
		ImdsClient client = builder.build();
		return new State(properties, tokenStore, registry, client, client.status().detection());
	}

	private record State(ImdsProperties properties, HandedOverTokenStore tokenStore,
			HandedOverObservationRegistry observationRegistry, ImdsClient client, ImdsDetection detection) {

	}

}
