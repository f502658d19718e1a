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

package io.github.imds.metadata;

/**
 * Host names as the service writes them.
 */
final class HostNames {

	private HostNames() {
	}

	/**
	 * Return the first of the names that the service joins with spaces where the DHCP
	 * options set of a VPC has several domains, such as
	 * {@code ip-10-0-1-36.one.example two.example}.
	 */
	static String first(String names) {
		return names.strip().split("\\s", 2)[0];
	}

}
