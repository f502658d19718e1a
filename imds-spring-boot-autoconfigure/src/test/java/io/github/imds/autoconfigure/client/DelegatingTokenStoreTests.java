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

package io.github.imds.autoconfigure.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.imds.token.FileImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DelegatingTokenStore}.
 */
class DelegatingTokenStoreTests {

	private static final URI ENDPOINT = URI.create("http://169.254.169.254");

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void locksTheStoreThatHasTheTokens(@TempDir Path directory) throws IOException {
		DelegatingTokenStore store = new DelegatingTokenStore();
		store.delegateTo(new FileImdsTokenStore(directory));
		try (Closeable lock = store.lock(ENDPOINT, Duration.ZERO)) {
			assertThat(lock).isNotNull();
			assertThat(directory).isDirectoryContaining("glob:**.lock");
		}
	}

}
