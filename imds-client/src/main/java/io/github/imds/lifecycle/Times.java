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

package io.github.imds.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Comparison of the times in documents of the service.
 */
final class Times {

	/**
	 * Times that differ by less are those of the same event: AWS corrects them.
	 */
	private static final Duration TOLERANCE = Duration.ofSeconds(30);

	private Times() {
	}

	static boolean same(Instant one, Instant other) {
		return Duration.between(one, other).abs().compareTo(TOLERANCE) < 0;
	}

	/**
	 * A time that is absent, or unreadable for once, does not make another event.
	 */
	static boolean same(Optional<Instant> one, Optional<Instant> other) {
		return one.isEmpty() || other.isEmpty() || same(one.get(), other.get());
	}

}
