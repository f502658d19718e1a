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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.Assert;

import io.github.imds.autoconfigure.client.ClientSettings;
import io.github.imds.client.EndpointMode;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.token.FileImdsTokenStore;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

/**
 * Settings of the Instance Metadata Service client.
 *
 * @param enabled whether to use instance metadata. With 'auto', unless the machine is
 * known not to be an EC2 instance, or AWS_EC2_METADATA_DISABLED is 'true'
 * @param endpoint addresses of the service, tried in order. Defaults to
 * AWS_EC2_METADATA_SERVICE_ENDPOINT, or else to the link-local addresses
 * @param endpointMode link-local addresses to use. Defaults to
 * AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE, or else to both
 * @param connectTimeout maximum time to establish a connection
 * @param readTimeout maximum time to wait for the next part of an answer
 * @param timeout maximum time of one call, with its token and its retries
 * @param connectionAttemptDelay time to wait for the IPv4 address before the IPv6 address
 * is tried too
 * @param maxAttempts maximum number of attempts of one call
 * @param retry pauses between the attempts of one call
 * @param circuitBreaker circuit breaker for a service that cannot be reached
 * @param concurrency maximum number of concurrent requests while a tree is read
 * @param version version of the metadata: 'latest' or a date
 * @param token session tokens
 * @param cache cached values
 * @since 0.1.0
 */
@ConfigurationProperties("imds.client")
public record ImdsProperties(@DefaultValue("auto") Enabled enabled, @Nullable List<URI> endpoint,
		@Nullable EndpointMode endpointMode, @Nullable Duration connectTimeout, @Nullable Duration readTimeout,
		@Nullable Duration timeout, @Nullable Duration connectionAttemptDelay, @Nullable Integer maxAttempts,
		@DefaultValue Retry retry, @DefaultValue CircuitBreaker circuitBreaker, @Nullable Integer concurrency,
		@Nullable String version, @DefaultValue Token token, @DefaultValue Cache cache) implements ClientSettings {

	/**
	 * Default settings.
	 */
	public static final ImdsProperties DEFAULTS = new ImdsProperties(Enabled.AUTO, null, null, null, null, null, null,
			null, new Retry(null, null), new CircuitBreaker(null, null), null, null,
			new Token(ImdsToken.MAX_TIME_TO_LIVE, Token.Store.MEMORY, null), new Cache(Duration.ofSeconds(30)));

	private static final Path ROOT = Path.of("/");

	/**
	 * Apply the settings, except for the token store, to a builder.
	 * @param builder the builder
	 * @throws InvalidConfigurationPropertyValueException if the builder does not accept a
	 * setting
	 */
	@Override
	public void applyTo(ImdsClientBuilder builder) {
		switch (this.enabled) {
			case AUTO -> builder.detectHardware(ROOT);
			case FALSE -> builder.disabled("imds.client.enabled=false");
			case TRUE -> builder.enabled();
		}
		if (this == DEFAULTS) {
			return;
		}
		apply("endpoint", (this.endpoint != null && !this.endpoint.isEmpty()) ? this.endpoint : null,
				(endpoint) -> builder.endpoints(endpoint.toArray(URI[]::new)));
		apply("endpoint-mode", this.endpointMode, builder::endpointMode);
		apply("connect-timeout", this.connectTimeout, builder::connectTimeout);
		apply("read-timeout", this.readTimeout, builder::readTimeout);
		apply("timeout", this.timeout, builder::timeout);
		apply("connection-attempt-delay", this.connectionAttemptDelay, builder::connectionAttemptDelay);
		apply("max-attempts", this.maxAttempts, builder::maxAttempts);
		apply("retry.delay", this.retry.delay(), builder::retryDelay);
		apply("retry.max-delay", this.retry.maxDelay(), builder::retryMaxDelay);
		apply("circuit-breaker.open-duration", this.circuitBreaker.openDuration(), builder::circuitBreakerOpenDuration);
		apply("circuit-breaker.max-open-duration", this.circuitBreaker.maxOpenDuration(),
				builder::circuitBreakerMaxOpenDuration);
		apply("concurrency", this.concurrency, builder::concurrency);
		apply("version", this.version, builder::version);
		apply("token.ttl", this.token.ttl(), builder::tokenTtl);
		apply("cache.time-to-live", this.cache.timeToLive(), ImdsProperties::checkTimeToLive);
	}

	@Override
	public ImdsTokenStore createTokenStore() {
		return switch (this.token.store()) {
			case MEMORY -> new InMemoryImdsTokenStore();
			case FILE -> new FileImdsTokenStore(
					(this.token.directory() != null) ? this.token.directory() : FileImdsTokenStore.defaultDirectory());
		};
	}

	@Override
	public boolean hasSameTokenStore(ClientSettings other) {
		return other instanceof ImdsProperties properties && this.token.equals(properties.token);
	}

	@Override
	public boolean hasSameMetadata(ClientSettings other) {
		return other instanceof ImdsProperties properties && this.enabled == properties.enabled
				&& Objects.equals(this.endpoint, properties.endpoint) && this.endpointMode == properties.endpointMode
				&& Objects.equals(this.version, properties.version);
	}

	private static <T> void apply(String name, @Nullable T value, Consumer<T> setter) {
		if (value != null) {
			try {
				setter.accept(value);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidConfigurationPropertyValueException("imds.client." + name, value, ex.getMessage());
			}
		}
	}

	private static void checkTimeToLive(Duration timeToLive) {
		Assert.isTrue(!timeToLive.isNegative(), "cache.time-to-live must not be negative");
	}

	/**
	 * Whether instance metadata is used.
	 */
	public enum Enabled {

		/**
		 * Instance metadata is used unless the machine is known not to be an EC2
		 * instance.
		 */
		AUTO,

		/**
		 * Instance metadata is always used.
		 */
		TRUE,

		/**
		 * Instance metadata is never used.
		 */
		FALSE

	}

	/**
	 * Settings of the pauses between the attempts of one call.
	 *
	 * @param delay maximum time to wait before the second attempt
	 * @param maxDelay maximum time to wait before any attempt
	 */
	public record Retry(@Nullable Duration delay, @Nullable Duration maxDelay) {

	}

	/**
	 * Settings of the circuit breaker, which fails reads at once after the service could
	 * not be reached. A setting that is {@code null} leaves the client's default.
	 *
	 * @param openDuration time for which reads fail at once after the first failure. It
	 * doubles with each further failure
	 * @param maxOpenDuration maximum time for which reads fail at once
	 */
	public record CircuitBreaker(@Nullable Duration openDuration, @Nullable Duration maxOpenDuration) {

	}

	/**
	 * Settings of session tokens.
	 *
	 * @param ttl lifetime of a token, from 1 second to 6 hours. In seconds, as in the
	 * requests, if a duration suffix is not specified
	 * @param store type of the token store
	 * @param directory directory of the 'file' store. Defaults to 'imds-spring-boot' in
	 * the user's cache directory
	 */
	public record Token(@DefaultValue("6h") @DurationUnit(ChronoUnit.SECONDS) Duration ttl,
			@DefaultValue("memory") Store store, @Nullable Path directory) {

		/**
		 * Type of the token store.
		 */
		public enum Store {

			/**
			 * Memory of the application.
			 */
			MEMORY,

			/**
			 * Files, which survive restarts and are shared by the processes of a user.
			 */
			FILE

		}

	}

	/**
	 * Settings of cached values.
	 *
	 * @param timeToLive time after which a property whose value can change is read again,
	 * in the background
	 */
	public record Cache(@DefaultValue("30s") Duration timeToLive) {

	}

}
