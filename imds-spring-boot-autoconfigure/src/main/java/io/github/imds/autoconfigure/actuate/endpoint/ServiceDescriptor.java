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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsStatus;

/**
 * Description of the metadata service. It does not contain the session token.
 *
 * @param enabled whether the client sends requests
 * @param reason why the client sends requests or does not
 * @param endpoint the address in use, or {@code null} before the first answer
 * @param endpointMode the IP versions of the link-local addresses in use, or {@code null}
 * if an endpoint is set
 * @param tokenExpiresAt when the session token expires, or {@code null} without a token
 * @param failure why the last read failed, or {@code null} if it succeeded
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceDescriptor(boolean enabled, String reason, @Nullable URI endpoint, @Nullable String endpointMode,
		@Nullable Instant tokenExpiresAt, @Nullable String failure) {

	static ServiceDescriptor of(ImdsStatus status, @Nullable ImdsException failure) {
		return new ServiceDescriptor(status.detection().isEnabled(), status.detection().reason(),
				status.endpoint().orElse(null),
				status.endpointMode().map((mode) -> mode.name().toLowerCase(Locale.ROOT)).orElse(null),
				status.tokenExpiresAt().orElse(null), (failure != null) ? failure.getMessage() : null);
	}

}
