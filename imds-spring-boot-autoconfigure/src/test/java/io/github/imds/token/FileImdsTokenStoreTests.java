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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FileImdsTokenStore}.
 */
class FileImdsTokenStoreTests {

	private static final URI IPV4 = URI.create("http://169.254.169.254");

	private static final URI IPV6 = URI.create("http://[fd00:ec2::254]");

	private static final ImdsToken TOKEN = new ImdsToken("AQAEAHdzX1==", Instant.parse("2026-01-01T06:00:00.5Z"));

	private static final ImdsToken OTHER = new ImdsToken("other", Instant.parse("2026-01-01T07:00:00Z"));

	@TempDir
	private Path temporary;

	@Test
	void loadsWhatAnotherStoreSaved() {
		store().save(IPV4, TOKEN);
		assertThat(store().load(IPV4)).contains(TOKEN);
	}

	@Test
	void hasNothingAtFirstAndCreatesNothingToSaySo() {
		assertThat(store().load(IPV4)).isEmpty();
		store().remove(IPV4, TOKEN);
		assertThat(directory()).doesNotExist();
	}

	@Test
	void keepsOneTokenPerEndpoint() {
		store().save(IPV4, TOKEN);
		store().save(IPV6, OTHER);
		assertThat(store().load(IPV4)).contains(TOKEN);
		assertThat(store().load(IPV6)).contains(OTHER);
	}

	@Test
	void replacesTheTokenAndLeavesNoOtherFile() throws IOException {
		store().save(IPV4, TOKEN);
		store().save(IPV4, OTHER);
		assertThat(store().load(IPV4)).contains(OTHER);
		assertThat(files()).hasSize(1);
	}

	@Test
	void removesARejectedTokenOnly() throws IOException {
		store().save(IPV4, TOKEN);
		store().remove(IPV4, OTHER);
		assertThat(store().load(IPV4)).contains(TOKEN);
		store().remove(IPV4, TOKEN);
		assertThat(store().load(IPV4)).isEmpty();
		assertThat(files()).isEmpty();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void onlyTheOwnerMayReadIt() throws IOException {
		store().save(IPV4, TOKEN);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory()))).isEqualTo("rwx------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0)))).isEqualTo("rw-------");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{}", "[]", "never-show-me", "{\"token\":\"never-show-me\"}",
			"{\"token\":\"never-show-me\",\"expiresAt\":\"soon\"}",
			"{\"token\":\"never show me\",\"expiresAt\":\"2026-01-01T06:00:00Z\"}",
			"{\"token\":\"never-show-me\",\"expiresAt\":" })
	void aFileThatHoldsNoTokenIsAnErrorThatDoesNotQuoteIt(String content) throws IOException {
		store().save(IPV4, TOKEN);
		Files.writeString(files().get(0), content);
		assertThatIllegalStateException().isThrownBy(() -> store().load(IPV4))
			.withMessageContaining("holds no token")
			.withMessageNotContaining("never")
			.withNoCause();
	}

	@Test
	void aDirectoryThatCannotBeMadeIsAnErrorThatNamesTheFile() throws IOException {
		Files.writeString(directory(), "in the way");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store().save(IPV4, TOKEN))
			.withMessageContaining(directory().toString());
	}

	@Test
	void defaultDirectoryIsBelowTheUsersCache() {
		assertThat(FileImdsTokenStore.defaultDirectory()).isAbsolute().endsWithRaw(Path.of("imds-spring-boot"));
	}

	private FileImdsTokenStore store() {
		return new FileImdsTokenStore(directory());
	}

	private Path directory() {
		return this.temporary.resolve("tokens");
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(directory())) {
			return files.toList();
		}
	}

}
