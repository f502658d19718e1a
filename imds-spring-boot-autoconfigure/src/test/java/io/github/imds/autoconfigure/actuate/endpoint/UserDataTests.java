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

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserData}.
 */
class UserDataTests {

	@Test
	void textIsShownAsItIs() {
		String text = "#!/bin/bash\r\n\techo Zoë\n";
		assertThat(UserData.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(new UserData(text, null));
		assertThat(UserData.of(new byte[0])).isEqualTo(new UserData("", null));
	}

	@Test
	void otherCharsetIsEncoded() {
		byte[] gzip = { 0x1f, (byte) 0x8b, 0x08, 0x00 };
		assertThat(UserData.of(gzip)).isEqualTo(new UserData(Base64.getEncoder().encodeToString(gzip), "base64"));
	}

	@Test
	void controlCharactersAreEncoded() {
		assertThat(UserData.of(new byte[] { 'a', 0, 'b' }).encoding()).isEqualTo("base64");
	}

	@Test
	void isNotDescribed() {
		assertThat(UserData.of("secret".getBytes(StandardCharsets.UTF_8)).toString()).doesNotContain("secret");
	}

}
