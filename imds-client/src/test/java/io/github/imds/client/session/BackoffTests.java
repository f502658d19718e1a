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

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backoff}.
 */
class BackoffTests {

	@ParameterizedTest
	@CsvSource({ "1,5", "2,10", "3,20", "4,40", "5,60", "6,60", "2147483647,60" })
	void doublesUpToTheLongest(int failures, int seconds) {
		Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1));
		assertThat(backoff.after(failures)).hasSeconds(seconds);
	}

	@Test
	void isNeverMoreThanTheLongest() {
		Backoff backoff = new Backoff(Duration.ofMillis(Integer.MAX_VALUE), Duration.ofMillis(20));
		assertThat(backoff.after(1)).hasMillis(20);
		assertThat(backoff.after(100)).hasMillis(20);
	}

	@Test
	void nothingStaysNothing() {
		assertThat(new Backoff(Duration.ZERO, Duration.ofMinutes(1)).after(7)).isZero();
	}

}
