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
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.observation.ObservationRegistry;

/**
 * The settings of a client, all of them resolved and valid.
 *
 * @param detection why the client is enabled
 * @param endpointMode which of the link-local addresses are used. They are raced: each is
 * asked a short while after the one before. Empty if other addresses are set
 * @param endpoints the addresses of the service, in order
 * @param connectTimeout how long making a connection may take
 * @param readTimeout how long the service may be silent
 * @param timeout how long one call may take
 * @param connectionAttemptDelay how long after the one before an address is asked, when
 * they are raced
 * @param maxAttempts how often one call asks at most
 * @param retry how long to wait before another attempt, at most
 * @param circuitBreaker for how long a service that cannot be reached is not asked
 * @param concurrency how many requests are made at once while a tree is read
 * @param version the version of the metadata
 * @param tokenTtl how long a token is valid
 * @param tokenStore what keeps the tokens
 * @param observationRegistry what observes the requests
 * @param counters what counts retries and tokens
 */
record ImdsSettings(ImdsDetection detection, Optional<EndpointMode> endpointMode, List<URI> endpoints,
		Duration connectTimeout, Duration readTimeout, Duration timeout, Duration connectionAttemptDelay,
		int maxAttempts, Backoff retry, Backoff circuitBreaker, int concurrency, String version, Duration tokenTtl,
		TolerantTokenStore tokenStore, ObservationRegistry observationRegistry, ImdsClientCounters counters) {

}
