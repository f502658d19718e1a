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
import java.util.List;

/**
 * Which of the service's link-local addresses are used when no endpoint is set.
 *
 * @since 0.1.0
 */
public enum EndpointMode {

	/**
	 * Both addresses: IPv6 a moment after IPv4, or at once when that one fails. The first
	 * that answers is used.
	 */
	AUTO(Address.IPV4, Address.IPV6),

	/**
	 * {@code http://169.254.169.254} only.
	 */
	IPV4(Address.IPV4),

	/**
	 * {@code http://[fd00:ec2::254]} only.
	 */
	IPV6(Address.IPV6);

	private final List<URI> endpoints;

	EndpointMode(URI... endpoints) {
		this.endpoints = List.of(endpoints);
	}

	List<URI> endpoints() {
		return this.endpoints;
	}

	private static final class Address {

		private static final URI IPV4 = URI.create("http://169.254.169.254");

		private static final URI IPV6 = URI.create("http://[fd00:ec2::254]");

	}

}
