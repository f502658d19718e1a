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

package io.github.imds.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.util.Assert;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.observation.DefaultImdsRequestObservationConvention;
import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.client.observation.ImdsRequestObservationConvention;
import io.github.imds.client.session.SessionSettings;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

/**
 * Builder for an {@link ImdsClient}. Settings that are not set come from the settings
 * that all AWS tools share, such as {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}, else from
 * the defaults. Messages of exceptions name the setting.
 *
 * @since 0.1.0
 * @see ImdsClient#builder()
 */
public final class ImdsClientBuilder {

	private final ClientSettings settings;

	ImdsClientBuilder(AwsSettings awsSettings) {
		this.settings = new ClientSettings(awsSettings);
	}

	/**
	 * Build a client that sends nothing: every read is an
	 * {@link ImdsUnavailableException}. Default: disabled if
	 * {@code AWS_EC2_METADATA_DISABLED} or {@code aws.disableEc2Metadata} is true.
	 * @param reason why, for the messages of the exceptions
	 * @return this builder
	 * @throws IllegalArgumentException if the reason is empty
	 */
	public ImdsClientBuilder disabled(String reason) {
		Assert.hasText(reason, "reason must not be empty");
		this.settings.enabled = false;
		this.settings.disabledReason = reason;
		return this;
	}

	/**
	 * Build a client that asks the service, even if {@code AWS_EC2_METADATA_DISABLED} or
	 * {@code aws.disableEc2Metadata} is {@code true}.
	 * @return this builder
	 */
	public ImdsClientBuilder enabled() {
		this.settings.enabled = true;
		this.settings.disabledReason = null;
		return this;
	}

	/**
	 * Set the addresses of the service, tried in order. Default: the link-local addresses
	 * of the {@link #endpointMode(EndpointMode) mode}.
	 * @param endpoints {@code http} or {@code https} URIs without query or fragment
	 * @return this builder
	 * @throws IllegalArgumentException if there is no endpoint or one is not valid
	 */
	public ImdsClientBuilder endpoints(URI... endpoints) {
		Assert.notEmpty(endpoints, "endpoint must not be empty");
		this.settings.endpoints = Arrays.stream(endpoints).map(ClientSettings::checkEndpoint).toList();
		return this;
	}

	/**
	 * Set which of the link-local addresses are used. An {@link #endpoints(URI...)
	 * endpoint} counts more. Default: {@link EndpointMode#AUTO}.
	 * @param endpointMode the mode
	 * @return this builder
	 * @throws IllegalArgumentException if the mode is {@code null}
	 */
	public ImdsClientBuilder endpointMode(EndpointMode endpointMode) {
		Assert.notNull(endpointMode, "endpoint-mode must not be null");
		this.settings.endpointMode = endpointMode;
		return this;
	}

	/**
	 * Set the maximum time to make a connection. Default:
	 * {@code AWS_METADATA_SERVICE_TIMEOUT}, else 1 second.
	 * @param connectTimeout the timeout, at least 1 millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if the timeout is not valid
	 */
	public ImdsClientBuilder connectTimeout(Duration connectTimeout) {
		this.settings.connectTimeout = ClientSettings.checkTimeout("connect-timeout", connectTimeout);
		return this;
	}

	/**
	 * Set the maximum time that the service can be silent while it responds. Default:
	 * {@code AWS_METADATA_SERVICE_TIMEOUT}, else 1 second.
	 * @param readTimeout the timeout, at least 1 millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if the timeout is not valid
	 */
	public ImdsClientBuilder readTimeout(Duration readTimeout) {
		this.settings.readTimeout = ClientSettings.checkTimeout("read-timeout", readTimeout);
		return this;
	}

	/**
	 * Set the maximum time of a call. It covers name resolution, the token, all attempts
	 * and their delays, but not the time that a token store takes. Default: 5 seconds, or
	 * three times {@code AWS_METADATA_SERVICE_TIMEOUT} if that is longer.
	 * @param timeout the timeout, at least 1 millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if the timeout is not valid
	 */
	public ImdsClientBuilder timeout(Duration timeout) {
		this.settings.timeout = ClientSettings.checkTimeout("timeout", timeout);
		return this;
	}

	/**
	 * Set how much earlier than the IPv6 address the IPv4 address is asked when
	 * {@linkplain EndpointMode#AUTO both} are used. Default: 100 milliseconds, the least
	 * that RFC 8305, section 5, advises, since the service is next to the instance.
	 * @param delay the delay, 0 to ask both at once
	 * @return this builder
	 * @throws IllegalArgumentException if the delay is negative or too long
	 */
	public ImdsClientBuilder connectionAttemptDelay(Duration delay) {
		this.settings.connectionAttemptDelay = ClientSettings.checkDelay("connection-attempt-delay", delay);
		return this;
	}

	/**
	 * Set the maximum number of attempts of a call. The last one begins at least a second
	 * after the first, if time and delays permit. While the service throttles (429, 503),
	 * more attempts are made until the time of the call is over. Default:
	 * {@code AWS_METADATA_SERVICE_NUM_ATTEMPTS}, else 3.
	 * @param maxAttempts the number of attempts, 1 for no repetition at all
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public ImdsClientBuilder maxAttempts(int maxAttempts) {
		this.settings.maxAttempts = ClientSettings.checkCount("max-attempts", maxAttempts);
		return this;
	}

	/**
	 * Set the maximum delay before the second attempt of a call. It doubles with each
	 * further attempt, and has jitter. Default: 100 milliseconds.
	 * @param delay the delay, 0 to wait for nothing
	 * @return this builder
	 * @throws IllegalArgumentException if the delay is negative or too long
	 */
	public ImdsClientBuilder retryDelay(Duration delay) {
		this.settings.retryDelay = ClientSettings.checkDelay("retry.delay", delay);
		return this;
	}

	/**
	 * Set the maximum delay before any attempt of a call. Default: 2 seconds.
	 * @param maxDelay the longest delay
	 * @return this builder
	 * @throws IllegalArgumentException if the delay is negative or too long
	 */
	public ImdsClientBuilder retryMaxDelay(Duration maxDelay) {
		this.settings.retryMaxDelay = ClientSettings.checkDelay("retry.max-delay", maxDelay);
		return this;
	}

	/**
	 * Set for how long reads fail at once, and nothing is sent, after the service could
	 * not be reached or refused a token, and for how long throttling that has outlasted a
	 * call is not waited for again. The time doubles with each further failure. Default:
	 * 5 seconds.
	 * @param min the time after the first failure, 0 to forget failures
	 * @return this builder
	 * @throws IllegalArgumentException if the time is negative or too long
	 */
	public ImdsClientBuilder circuitBreakerOpenDuration(Duration min) {
		this.settings.circuitBreakerOpenDuration = ClientSettings.checkDelay("circuit-breaker.open-duration", min);
		return this;
	}

	/**
	 * Set the longest time for which reads fail at once. Default: 1 minute.
	 * @param max the longest time
	 * @return this builder
	 * @throws IllegalArgumentException if the time is negative or too long
	 */
	public ImdsClientBuilder circuitBreakerMaxOpenDuration(Duration max) {
		this.settings.circuitBreakerMaxOpenDuration = ClientSettings.checkDelay("circuit-breaker.max-open-duration",
				max);
		return this;
	}

	/**
	 * Set the maximum number of concurrent requests while a tree is read. Default: 8.
	 * @param concurrency the number of requests, at least 1
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public ImdsClientBuilder concurrency(int concurrency) {
		this.settings.concurrency = ClientSettings.checkCount("concurrency", concurrency);
		return this;
	}

	/**
	 * Set the version of the metadata. Default: {@code latest}.
	 * @param version {@code latest}, {@code 1.0} or a date such as {@code 2021-07-15}
	 * @return this builder
	 * @throws IllegalArgumentException if the version is not valid
	 */
	public ImdsClientBuilder version(String version) {
		this.settings.version = ClientSettings.checkVersion(version);
		return this;
	}

	/**
	 * Set the time to live of a session token. Default: 6 hours.
	 * @param tokenTtl whole seconds, from 1 second to 6 hours
	 * @return this builder
	 * @throws IllegalArgumentException if the time is out of range
	 */
	public ImdsClientBuilder tokenTtl(Duration tokenTtl) {
		this.settings.tokenTtl = ClientSettings.checkTokenTtl(tokenTtl);
		return this;
	}

	/**
	 * Set the store that keeps the session tokens. Default: an
	 * {@link InMemoryImdsTokenStore} of its own.
	 * @param tokenStore the store
	 * @return this builder
	 * @throws IllegalArgumentException if the store is {@code null}
	 */
	public ImdsClientBuilder tokenStore(ImdsTokenStore tokenStore) {
		Assert.notNull(tokenStore, "token.store must not be null");
		this.settings.tokenStore = tokenStore;
		return this;
	}

	/**
	 * Set the registry that observes requests, as {@code imds.client.requests}. An
	 * observation tells the category, never the path. Default:
	 * {@link ObservationRegistry#NOOP}.
	 * @param observationRegistry the registry
	 * @return this builder
	 * @throws IllegalArgumentException if the registry is {@code null}
	 */
	public ImdsClientBuilder observationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "observationRegistry must not be null");
		this.settings.observationRegistry = observationRegistry;
		return this;
	}

	/**
	 * Set the convention for the names and key values of observations. Default:
	 * {@link DefaultImdsRequestObservationConvention}.
	 * @param observationConvention the convention
	 * @return this builder
	 * @throws IllegalArgumentException if the convention is {@code null}
	 */
	public ImdsClientBuilder observationConvention(ImdsRequestObservationConvention observationConvention) {
		Assert.notNull(observationConvention, "observationConvention must not be null");
		this.settings.observationConvention = observationConvention;
		return this;
	}

	/**
	 * Set the listener for retries and tokens. Default: none.
	 * @param listener the listener
	 * @return this builder
	 * @throws IllegalArgumentException if the listener is {@code null}
	 */
	public ImdsClientBuilder listener(ImdsClientListener listener) {
		Assert.notNull(listener, "listener must not be null");
		this.settings.listener = listener;
		return this;
	}

	/**
	 * Add a product to the {@code User-Agent} header, after
	 * {@code imds-spring-boot/<version>} (RFC 9110, section 10.1.5). Metadata proxies can
	 * tell programs apart by it.
	 * @param product the product, such as {@code orders/1.2}
	 * @return this builder
	 * @throws IllegalArgumentException if the product is empty or not visible ASCII
	 */
	public ImdsClientBuilder userAgent(String product) {
		this.settings.userAgent = ClientSettings.userAgent(product);
		return this;
	}

	/**
	 * Disable the client on machines whose firmware or hypervisor says that they are not
	 * EC2 instances, unless an endpoint is set. Default: the service is asked anywhere.
	 * @param root the root of the file system, normally {@code /}
	 * @return this builder
	 * @throws IllegalArgumentException if the root is {@code null}
	 */
	public ImdsClientBuilder detectHardware(Path root) {
		Assert.notNull(root, "root must not be null");
		this.settings.hardwareRoot = root;
		return this;
	}

	/**
	 * Tell whether a client built now would ask the service, without asking it. Disabled
	 * counts more than an endpoint, and that more than the hardware.
	 * @return the result and its reason
	 */
	public ImdsDetection detect() {
		return this.settings.detect();
	}

	/**
	 * Build the client. Nothing is sent until it is used.
	 * @return a new client
	 * @throws IllegalArgumentException if a setting that all AWS tools share is invalid
	 */
	public ImdsClient build() {
		return this.settings.createClient();
	}

	SessionSettings settings(ImdsDetection detection) {
		return this.settings.resolve(detection);
	}

}
