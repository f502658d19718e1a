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
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Base class of the tests for {@link FileImdsTokenStore}.
 */
@DisabledOnOs(OS.WINDOWS)
abstract class AbstractFileImdsTokenStoreTests {

	static final URI IPV4 = URI.create("http://169.254.169.254");

	static final URI IPV6 = URI.create("http://[fd00:ec2::254]");

	static final ImdsToken TOKEN = new ImdsToken("AQAEAHdzX1==", Instant.parse("2026-01-01T06:00:00.5Z"));

	static final ImdsToken OTHER = new ImdsToken("other", Instant.parse("2026-01-01T07:00:00Z"));

	@TempDir
	Path temporary;

	void assertReplaced(Path file) throws IOException {
		store().save(IPV4, OTHER);
		assertThat(store().load(IPV4)).contains(OTHER);
		assertThat(file).isRegularFile();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	Path savedFile() throws IOException {
		store().save(IPV4, TOKEN);
		return files().get(0);
	}

	void giveAway(Path file) throws IOException {
		try {
			Files.setOwner(file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
		}
		catch (UserPrincipalNotFoundException | FileSystemException ex) {
			abort("Only root may give files to nobody");
		}
	}

	FileImdsTokenStore store() {
		return new FileImdsTokenStore(directory());
	}

	Path directory() {
		return this.temporary.resolve("tokens");
	}

	List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(directory())) {
			return files.toList();
		}
	}

}
