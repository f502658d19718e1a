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

package io.github.imds.token;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ImdsToken}.
 */
class ImdsTokenTests {

	private static final Instant EXPIRY = Instant.parse("2026-01-01T06:00:00Z");

	@Test
	void toStringHidesTheValue() {
		assertThat(new ImdsToken("never-show-me", EXPIRY))
			.hasToString("ImdsToken[value=******, expiresAt=2026-01-01T06:00:00Z]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\nb", "a\r\nX: y", "ü", "a\u0000", "a\u007f" })
	void refusesWhatCannotBeAHeaderAndDoesNotRepeatIt(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ImdsToken("secret" + value + " ", EXPIRY))
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> new ImdsToken(value, EXPIRY));
	}

}
