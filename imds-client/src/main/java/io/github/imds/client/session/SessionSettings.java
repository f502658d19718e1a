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

package io.github.imds.client.session;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.client.observation.ImdsRequestObservationConvention;
import io.github.imds.token.ImdsTokenStore;

/**
 * Settings of a session, all of them resolved and valid.
 *
 * @param endpoints the addresses of the service, in order
 * @param connectionAttemptDelay the delay after which the next address is asked as well;
 * empty to ask it only after the one before has failed
 * @param expectation the reason to expect a service
 * @param connectTimeout the maximum time to make a connection
 * @param readTimeout the maximum time that the service can be silent
 * @param timeout the maximum time of a call
 * @param maxAttempts the maximum number of attempts of a call
 * @param retry the maximum delays between the attempts of a call
 * @param circuitBreaker the times for which an unreachable service is not asked
 * @param version the version of the metadata
 * @param tokenTtl the time to live of a token
 * @param tokenStore the store that keeps the tokens
 * @param userAgent the value of the {@code User-Agent} header
 * @param observationRegistry the registry of the requests' observations
 * @param observationConvention the convention of these observations, {@code null} for the
 * default
 * @param listener the listener to call back
 */
public record SessionSettings(List<URI> endpoints, Optional<Duration> connectionAttemptDelay, Expectation expectation,
		Duration connectTimeout, Duration readTimeout, Duration timeout, int maxAttempts, Backoff retry,
		Backoff circuitBreaker, String version, Duration tokenTtl, ImdsTokenStore tokenStore, String userAgent,
		ObservationRegistry observationRegistry, @Nullable ImdsRequestObservationConvention observationConvention,
		ImdsClientListener listener) {

	/**
	 * Reasons to expect a service at the endpoints.
	 */
	public enum Expectation {

		/**
		 * The hardware is that of an EC2 instance.
		 */
		HARDWARE,

		/**
		 * The endpoint was set explicitly.
		 */
		SETTING,

		/**
		 * There is no reason: the service may not exist.
		 */
		NONE

	}

}
