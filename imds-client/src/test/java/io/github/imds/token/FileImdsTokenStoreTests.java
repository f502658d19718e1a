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

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Tests for {@link FileImdsTokenStore}.
 */
@DisabledOnOs(OS.WINDOWS)
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
		assertThat(files()).noneMatch((file) -> file.toString().endsWith(".token"));
	}

	@Test
	void onlyTheOwnerMayReadIt() throws IOException {
		store().save(IPV4, TOKEN);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory()))).isEqualTo("rwx------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0)))).isEqualTo("rw-------");
	}

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

	@Test
	void fileOfADeadProcessIsIgnoredAndLaterDeleted() throws IOException {
		Path file = savedFile();
		Path recent = Files.writeString(directory().resolve("token1.tmp"), "{\"tok");
		Path old = aged(Files.writeString(directory().resolve("token2.tmp"), "{\"tok"));
		Path link = Files.createSymbolicLink(directory().resolve("token3.tmp"), old);
		Path other = aged(Files.writeString(directory().resolve("other.tmp"), "not ours"));
		assertThat(store().load(IPV4)).contains(TOKEN);
		assertReplaced(file);
		assertThat(files()).containsExactlyInAnyOrder(file, recent, link, other);
	}

	@Test
	void fileOfAnotherUserStays() throws IOException {
		savedFile();
		Path foreign = aged(Files.writeString(directory().resolve("token1.tmp"), "{\"tok"));
		giveAway(foreign);
		store().save(IPV4, OTHER);
		assertThat(foreign).exists();
	}

	@Test
	void theLockIsAFileThatOnlyTheOwnerMayAccess() throws IOException {
		try (Closeable lock = store().lock(IPV4, Duration.ZERO)) {
			assertThat(lock).isInstanceOf(FileMutex.class);
			assertThat(files()).singleElement().satisfies((file) -> {
				assertThat(file).hasExtension("lock");
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			});
		}
	}

	@Test
	void locksOneEndpointOnly() throws IOException {
		try (Closeable lock = store().lock(IPV4, Duration.ZERO);
				Closeable same = store().lock(IPV4, Duration.ZERO);
				Closeable other = store().lock(IPV6, Duration.ZERO)) {
			assertThat(lock).isInstanceOf(FileMutex.class);
			assertThat(same).isNotInstanceOf(FileMutex.class);
			assertThat(other).isInstanceOf(FileMutex.class);
		}
	}

	@Test
	@Timeout(30)
	void nobodyWaitsForTheLockOnceATokenIsSaved() throws Exception {
		store().save(IPV4, TOKEN);
		ExecutorService threads = Executors.newSingleThreadExecutor();
		List<String> command = JavaProcess.command(LockHolder.class, IPV4.toString(), directory().toString());
		Process holder = JavaProcess.start(command);
		try {
			JavaProcess.awaitLine(holder, "locked");
			Future<Closeable> waiting = threads.submit(() -> store().lock(IPV4, Duration.ofMinutes(5)));
			do {
				Thread.yield();
			}
			while (Thread.getAllStackTraces().values().stream().noneMatch(FileImdsTokenStoreTests::waitsForAFile));
			store().save(IPV4, OTHER);
			assertThat(waiting.get()).isNotInstanceOf(FileMutex.class);
			assertThat(holder.isAlive()).isTrue();
		}
		finally {
			threads.shutdownNow();
			holder.destroyForcibly();
		}
	}

	@Test
	void aRejectedTokenIsLeftToWhoeverIsAboutToReplaceIt() throws IOException {
		store().save(IPV4, TOKEN);
		try (Closeable lock = store().lock(IPV4, Duration.ZERO)) {
			assertThat(lock).isInstanceOf(FileMutex.class);
			store().remove(IPV4, TOKEN);
			assertThat(store().load(IPV4)).contains(TOKEN);
		}
	}

	@Test
	void noDirectoryThatIsRefusedIsLocked() throws IOException {
		Files.createDirectory(directory());
		Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
		assertThatIllegalStateException().isThrownBy(() -> store().lock(IPV4, Duration.ZERO))
			.withMessageContaining("can be changed by others");
		assertThat(files()).isEmpty();
	}

	@Test
	void defaultDirectoryIsBelowTheUsersCache() {
		assertThat(FileImdsTokenStore.defaultDirectory()).isAbsolute().endsWithRaw(Path.of("imds-spring-boot"));
	}

	private void assertRefused(String reason) {
		assertThatIllegalStateException().isThrownBy(() -> store().load(IPV4))
			.withMessageContaining("Token file " + directory())
			.withMessageContaining(reason)
			.withMessageNotContaining(TOKEN.value());
	}

	private void assertReplaced(Path file) throws IOException {
		store().save(IPV4, OTHER);
		assertThat(store().load(IPV4)).contains(OTHER);
		assertThat(file).isRegularFile();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	private void assertDirectoryRefused(String reason) {
		String message = "Token directory %s %s".formatted(directory(), reason);
		assertThatIllegalStateException().isThrownBy(() -> store().load(IPV4)).withMessageStartingWith(message);
		assertThatIllegalStateException().isThrownBy(() -> store().save(IPV4, OTHER)).withMessageStartingWith(message);
	}

	private Path savedFile() throws IOException {
		store().save(IPV4, TOKEN);
		return files().get(0);
	}

	private Path aged(Path file) throws IOException {
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
	}

	private void giveAway(Path file) throws IOException {
		try {
			Files.setOwner(file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
		}
		catch (UserPrincipalNotFoundException | FileSystemException ex) {
			abort("Only root may give files to nobody");
		}
	}

	private static boolean waitsForAFile(StackTraceElement[] stack) {
		return Arrays.stream(stack).anyMatch((frame) -> frame.getClassName().equals(FileMutex.class.getName()));
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

	/**
	 * A process that keeps a lock until it is killed.
	 */
	public static final class LockHolder {

		private LockHolder() {
		}

		public static void main(String[] args) throws Exception {
			try (Closeable lock = new FileImdsTokenStore(Path.of(args[1])).lock(URI.create(args[0]), Duration.ZERO)) {
				assertThat(lock).isInstanceOf(FileMutex.class);
				System.out.println("locked");
				new CountDownLatch(1).await();
			}
		}

	}

}
