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

package io.github.imds.test;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestLog}.
 */
class RequestLogTests {

	@Test
	void keepsTheLatestRequestsAndCountsAll() {
		RequestLog log = new RequestLog();
		for (int i = 0; i < RequestLog.CAPACITY + 2; i++) {
			log.add("GET /latest/" + i, false);
		}
		log.add("PUT /latest/api/token", true);
		assertThat(log.latest()).hasSize(RequestLog.CAPACITY)
			.startsWith("GET /latest/3")
			.endsWith("GET /latest/" + (RequestLog.CAPACITY + 1), "PUT /latest/api/token");
		assertThat(log.valueRequests()).isEqualTo(RequestLog.CAPACITY + 2);
		assertThat(log.tokenRequests()).isEqualTo(1);
	}

}
