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

package io.github.imds.autoconfigure.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.client.ImdsDetection;
import io.github.imds.token.ImdsTokenStore;

/**
 * Holder of the one client of an application. The client is built on first use, possibly
 * before the context exists, and again when settings change. The {@link #client() client}
 * that callers receive stays the same, and usable until the holder is closed.
 *
 * @since 0.1.0
 */
public final class ImdsClientHolder implements AutoCloseable {

	/**
	 * Name of the bean in the application context.
	 */
	public static final String BEAN_NAME = "imdsClientHolder";

	private static final Log logger = LogFactory.getLog(ImdsClientHolder.class);

	private final ClientSettingsSupplier settings;

	private final ImdsClient client = new DelegatingImdsClient(this);

	private final ImdsClientCounters counters = new ImdsClientCounters();

	private final ApplicationObservations observations = new ApplicationObservations();

	private final DelegatingTokenStore tokenStore = new DelegatingTokenStore();

	private final List<Runnable> resetCallbacks = new CopyOnWriteArrayList<>();

	private final ReentrantLock lock = new ReentrantLock();

	private List<Consumer<ImdsClientBuilder>> customizers = List.of();

	private volatile boolean closed;

	private volatile @Nullable ConfiguredClient target;

	/**
	 * Create a holder that follows changes of the settings and whose client is not built
	 * yet.
	 * @param settings supplies the current settings
	 */
	public ImdsClientHolder(ClientSettingsSupplier settings) {
		this.settings = settings;
	}

	/**
	 * Return the client.
	 * @return the client, always the same
	 */
	public ImdsClient client() {
		return this.client;
	}

	/**
	 * Return the settings.
	 * @return the settings in use
	 */
	public ClientSettings settings() {
		return target().settings();
	}

	/**
	 * Return whether the service is used, and why. No client is built for this.
	 * @return the result of the detection, which does not use the network
	 */
	public ImdsDetection detection() {
		return target().detection();
	}

	/**
	 * Return the counters of the client.
	 * @return the counters, the same whichever settings the client is built from
	 */
	public ImdsClientCounters counters() {
		return this.counters;
	}

	/**
	 * Return the token store in use.
	 * @return the token store of the application or of the settings
	 */
	public ImdsTokenStore tokenStore() {
		target();
		return this.tokenStore.target();
	}

	/**
	 * Return whether the calling thread is reading the settings and therefore cannot use
	 * the client.
	 * @return whether the settings are being read by this thread
	 */
	public boolean isReadingSettings() {
		return this.lock.isHeldByCurrentThread();
	}

	/**
	 * Read the settings again, and use them from now on.
	 */
	public void refresh() {
		refresh(this.settings);
	}

	/**
	 * Use other settings from now on. Nothing happens if they equal those in use.
	 * @param settings supplies the settings
	 */
	public void refresh(Supplier<? extends ClientSettings> settings) {
		boolean forget;
		this.lock.lock();
		try {
			ConfiguredClient previous = this.target;
			ClientSettings current = settings.get();
			// Records are compared with method handles, whose first use takes many
			// milliseconds
			if (previous != null && (previous.settings() == current || previous.settings().equals(current))) {
				return;
			}
			use(current);
			forget = previous != null && !previous.settings().hasSameMetadata(current);
		}
		finally {
			this.lock.unlock();
		}
		if (forget) {
			this.resetCallbacks.forEach(Runnable::run);
		}
	}

	/**
	 * Use the beans of the application context that configure the client.
	 * @param tokenStore the token store of the application, or {@code null} if it has
	 * none. It receives the session tokens in use
	 * @param customizers the customizers to apply to the builder after the settings
	 */
	public void configure(@Nullable ImdsTokenStore tokenStore, List<Consumer<ImdsClientBuilder>> customizers) {
		this.lock.lock();
		try {
			if (tokenStore != null) {
				this.tokenStore.delegateTo(tokenStore);
			}
			if (!this.customizers.equals(customizers)) {
				this.customizers = List.copyOf(customizers);
				ConfiguredClient target = this.target;
				if (target != null) {
					use(target.settings());
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Observe the requests of the client from now on.
	 * @param observationRegistry the registry to use
	 */
	public void observationRegistry(ObservationRegistry observationRegistry) {
		this.observations.useRegistry(observationRegistry);
	}

	/**
	 * Add an action to run at each reset, and at each change of the settings that affects
	 * which metadata is read. Such an action discards values, for example.
	 * @param callback the action
	 */
	public void onReset(Runnable callback) {
		this.resetCallbacks.add(callback);
	}

	/**
	 * Discard session tokens and failures, and run the actions that
	 * {@linkplain #onReset(Runnable) follow a reset}. The settings are read again on the
	 * next use.
	 */
	public void reset() {
		this.lock.lock();
		try {
			this.tokenStore.forget();
			replace(null);
		}
		finally {
			this.lock.unlock();
		}
		this.resetCallbacks.forEach(Runnable::run);
	}

	/**
	 * Return whether the holder is closed.
	 * @return whether its context is closed
	 */
	public boolean isClosed() {
		return this.closed;
	}

	/**
	 * Make a closed holder usable again. Only the session tokens of its former client are
	 * kept.
	 */
	public void reopen() {
		this.lock.lock();
		try {
			if (this.closed) {
				this.customizers = List.of();
				this.observations.useRegistry(null);
				replace(null);
				this.closed = false;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		ConfiguredClient target = this.target;
		if (target != null) {
			target.close();
		}
	}

	@Override
	public String toString() {
		ConfiguredClient target = this.target;
		return (target != null) ? target.toString() : ConfiguredClient.NOT_USED;
	}

	ConfiguredClient target() {
		ConfiguredClient target = this.target;
		if (target != null) {
			if (this.closed || isReadingSettings() || !this.settings.isOutdated() || !tryRefresh()) {
				return target;
			}
		}
		this.lock.lock();
		try {
			target = this.target;
			return (target != null) ? target : use(this.settings.get());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Read the settings again. A look-up must not suffer from a change that cannot be
	 * used.
	 */
	private boolean tryRefresh() {
		try {
			refresh();
			return true;
		}
		catch (RuntimeException ex) {
			logger.warn("The settings 'imds.client.*' changed and cannot be used; the former ones remain in use: "
					+ ex.getMessage());
			return false;
		}
	}

	private ConfiguredClient use(ClientSettings settings) {
		ImdsClientBuilder builder = ImdsClient.builder().tokenStore(this.tokenStore).listener(this.counters);
		settings.applyTo(builder);
		boolean customized = !this.customizers.isEmpty();
		if (customized) {
			this.observations.applyTo(builder);
			this.customizers.forEach((customizer) -> customizer.accept(builder));
		}
		ConfiguredClient target = new ConfiguredClient(this, settings, builder, customized);
		this.tokenStore.configure(settings);
		replace(target);
		return target;
	}

	/**
	 * Build the client. Classes for observations are loaded here and not before.
	 */
	ImdsClient build(ImdsClientBuilder builder, boolean customized) {
		this.lock.lock();
		try {
			if (!customized) {
				this.observations.applyTo(builder);
			}
			return builder.build();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void replace(@Nullable ConfiguredClient target) {
		ConfiguredClient previous = this.target;
		this.target = target;
		if (previous != null) {
			previous.close();
		}
	}

}
