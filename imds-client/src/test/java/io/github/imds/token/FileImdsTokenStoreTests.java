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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FileImdsTokenStore}.
 */
@DisabledOnOs(OS.WINDOWS)
class FileImdsTokenStoreTests extends AbstractFileImdsTokenStoreTests {

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

	private Path aged(Path file) throws IOException {
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
	}

	private static boolean waitsForAFile(StackTraceElement[] stack) {
		return Arrays.stream(stack).anyMatch((frame) -> frame.getClassName().equals(FileMutex.class.getName()));
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
