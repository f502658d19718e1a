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
import java.time.Instant;
import java.util.Optional;

import io.github.imds.ImdsException;

/**
 * State of a client and of the service, as of the last request.
 *
 * @param detection whether the client sends requests, and why
 * @param endpointMode which of the link-local addresses may be used, empty if other
 * addresses are set or the client is disabled
 * @param endpoint the address in use, empty until one has answered, and again when that
 * one no longer does
 * @param tokenExpiresAt when the session token in use expires, empty if there is none
 * @param failure the failure of the last read, empty if it succeeded or nothing was read
 * yet
 * @since 0.1.0
 * @see ImdsClient#status()
 */
public record ImdsStatus(ImdsDetection detection, Optional<EndpointMode> endpointMode, Optional<URI> endpoint,
		Optional<Instant> tokenExpiresAt, Optional<ImdsException> failure) {

}
