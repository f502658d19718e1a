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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsException;
import io.github.imds.client.ImdsStatus;

/**
 * What is known of the service, as it is shown to people. The session token is no part of
 * it.
 *
 * @param enabled whether the service is asked
 * @param reason why it is asked, or not
 * @param endpoint the address in use, if there is one
 * @param endpointMode which of the link-local addresses may be used
 * @param tokenExpiresAt when the session token in use expires
 * @param failure why the service could not be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ServiceDescriptor(boolean enabled, String reason, @Nullable URI endpoint, @Nullable String endpointMode,
		@Nullable Instant tokenExpiresAt, @Nullable String failure) {

	static ServiceDescriptor of(ImdsStatus status) {
		return of(status, status.failure().orElse(null));
	}

	static ServiceDescriptor of(ImdsStatus status, @Nullable ImdsException failure) {
		return new ServiceDescriptor(status.detection().isEnabled(), status.detection().reason(),
				status.endpoint().orElse(null),
				status.endpointMode().map((mode) -> mode.name().toLowerCase(Locale.ROOT)).orElse(null),
				status.tokenExpiresAt().orElse(null), (failure != null) ? failure.getMessage() : null);
	}

	/**
	 * Return what is known, by the names that it has in JSON.
	 * @return the components that are not {@code null}
	 */
	Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("enabled", this.enabled);
		map.put("reason", this.reason);
		putIfKnown(map, "endpoint", this.endpoint);
		putIfKnown(map, "endpointMode", this.endpointMode);
		putIfKnown(map, "tokenExpiresAt", this.tokenExpiresAt);
		putIfKnown(map, "failure", this.failure);
		return map;
	}

	private static void putIfKnown(Map<String, Object> map, String name, @Nullable Object value) {
		if (value != null) {
			map.put(name, value);
		}
	}

}
