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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for a {@link FileImdsTokenStore} whose files or directory cannot be trusted or
 * used.
 */
@DisabledOnOs(OS.WINDOWS)
class UntrustedTokenFilesTests extends AbstractFileImdsTokenStoreTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "", "\n", "\n\n", "never-show-me", "never-show-me\n", "2026-01-01T06:00:00Z\nnever-show-me",
					"2026-01-01T06:00:00Z\nnever show me\n", "soon\nnever-show-me\n", "2026-01-01T06:00:00Z\n\n",
					"2026-01-01T06:00:00Z\nnever-show-me\nmore\n", "{\"token\":\"never-show-me\"}" })
	void aFileThatHoldsNoTokenIsAnErrorThatDoesNotQuoteIt(String content) throws IOException {
		store().save(IPV4, TOKEN);
		Files.writeString(files().get(0), content);
		assertThatIllegalStateException().isThrownBy(() -> store().load(IPV4))
			.withMessageContaining("holds no token")
			.withMessageNotContaining("never")
			.withNoCause();
	}

	@Test
	void aFileThatHoldsNoTokenIsReplaced() throws IOException {
		Path file = savedFile();
		Files.writeString(file, "{\"token\":");
		store().save(IPV4, OTHER);
		assertThat(store().load(IPV4)).contains(OTHER);
	}

	@Test
	void aFileThatIsTooLargeIsRefusedAndReplaced() throws IOException {
		Path file = savedFile();
		Files.writeString(file, Files.readString(file) + " ".repeat(16 * 1024));
		assertRefused("more than a token");
		assertReplaced(file);
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwx--x---" })
	void aFileThatOthersCanAccessIsRefusedAndReplaced(String mode) throws IOException {
		Path file = savedFile();
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
		assertRefused("is accessible to others (" + mode + ")");
		assertReplaced(file);
	}

	@Test
	void aFileThatIsASymbolicLinkIsRefusedAndReplacedButNotItsTarget() throws IOException {
		Path file = savedFile();
		Path target = Files.move(file, this.temporary.resolve("target"));
		String content = Files.readString(target);
		Files.createSymbolicLink(file, target);
		assertRefused("is a symbolic link");
		assertReplaced(file);
		assertThat(target).hasContent(content);
	}

	@Test
	void aDanglingSymbolicLinkIsRefusedAndReplaced() throws IOException {
		Path file = savedFile();
		Files.delete(file);
		Files.createSymbolicLink(file, this.temporary.resolve("nowhere"));
		assertRefused("is a symbolic link");
		assertReplaced(file);
		assertThat(this.temporary.resolve("nowhere")).doesNotExist();
	}

	@Test
	void aFileOfAnotherUserIsRefusedAndReplaced() throws IOException {
		Path file = savedFile();
		giveAway(file);
		assertRefused("belongs to nobody and not to " + Files.getOwner(directory()).getName());
		assertReplaced(file);
	}

	@Test
	void aFileThatIsUnreadableIsAnErrorAndReplaced() throws IOException {
		Path file = savedFile();
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
		assumeThat(Files.isReadable(file)).isFalse();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store().load(IPV4))
			.withMessageContaining(file + " cannot be read: java.nio.file.AccessDeniedException");
		assertReplaced(file);
	}

	@Test
	void aDirectoryInPlaceOfTheFileIsRefusedAndCannotBeReplaced() throws IOException {
		Path file = savedFile();
		Files.delete(file);
		Files.createDirectory(file);
		assertRefused("is not a regular file");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store().save(IPV4, TOKEN))
			.withMessageContaining(file + " cannot be written: ");
		assertThat(files()).containsExactly(file);
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwx---", "rwx----w-" })
	void aDirectoryThatOthersCanChangeIsRefused(String mode) throws IOException {
		savedFile();
		Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString(mode));
		assertDirectoryRefused("can be changed by others (" + mode + ")");
	}

	@Test
	void aDirectoryThatOthersCanOnlyReadIsUsed() throws IOException {
		savedFile();
		Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
		assertThat(store().load(IPV4)).contains(TOKEN);
	}

	@Test
	void aDirectoryThatIsASymbolicLinkIsRefused() throws IOException {
		Path target = Files.createDirectory(this.temporary.resolve("target"));
		Files.createSymbolicLink(directory(), target);
		assertDirectoryRefused("is a symbolic link");
		assertThat(target).isEmptyDirectory();
	}

	@Test
	void aDirectoryOfAnotherUserIsRefused() throws IOException {
		savedFile();
		giveAway(directory());
		assertDirectoryRefused("belongs to nobody and not to ");
	}

	@Test
	void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
		Files.writeString(directory(), "in the way");
		assertDirectoryRefused("is not a directory");
	}

	@Test
	void aDirectoryThatCannotBeMadeIsAnErrorThatNamesTheFile() throws IOException {
		Files.writeString(directory(), "in the way");
		FileImdsTokenStore store = new FileImdsTokenStore(directory().resolve("below"));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store.save(IPV4, TOKEN))
			.withMessageContaining(directory() + "/below/");
	}

	@Test
	void aDirectoryThatCannotBeWrittenToCanBeReadFrom() throws IOException {
		savedFile();
		Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("r-x------"));
		try {
			assertThat(store().load(IPV4)).contains(TOKEN);
			assumeThat(Files.isWritable(directory())).isFalse();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store().save(IPV4, OTHER))
				.withMessageContaining("AccessDeniedException");
			assertThat(store().load(IPV4)).contains(TOKEN);
		}
		finally {
			Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwx------"));
		}
	}

	private void assertRefused(String reason) {
		assertThatIllegalStateException().isThrownBy(() -> store().load(IPV4))
			.withMessageContaining("Token file " + directory())
			.withMessageContaining(reason)
			.withMessageNotContaining(TOKEN.value());
	}

	private void assertDirectoryRefused(String reason) {
		String message = "Token directory %s %s".formatted(directory(), reason);
		assertThatIllegalStateException().isThrownBy(() -> store().load(IPV4)).withMessageStartingWith(message);
		assertThatIllegalStateException().isThrownBy(() -> store().save(IPV4, OTHER)).withMessageStartingWith(message);
	}

}
