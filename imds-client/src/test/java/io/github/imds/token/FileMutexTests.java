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
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link FileMutex}.
 */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class FileMutexTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	@TempDir
	private Path directory;

	@Test
	void isHadByOneOnlyUntilItIsClosed() throws IOException {
		FileMutex mutex = acquire(Duration.ZERO);
		assertThat(mutex).isNotNull();
		assertThat(acquire(Duration.ZERO)).isNull();
		assertThat(acquire(Duration.ofMillis(1))).isNull();
		mutex.close();
		mutex.close();
		FileMutex next = acquire(Duration.ZERO);
		assertThat(next).isNotNull();
		assertThat(acquire(Duration.ZERO)).isNull();
		next.close();
	}

	@Test
	void excludesThreads() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		AtomicInteger holders = new AtomicInteger();
		try {
			List<Future<Integer>> results = new ArrayList<>();
			for (int i = 0; i < 64; i++) {
				results.add(threads.submit(() -> {
					try (FileMutex mutex = acquire(LONG)) {
						assertThat(mutex).isNotNull();
						int count = holders.incrementAndGet();
						Thread.yield();
						holders.decrementAndGet();
						return count;
					}
				}));
			}
			for (Future<Integer> result : results) {
				assertThat(result.get()).isEqualTo(1);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void isNotHadWhileAnotherClassOfThisProcessLocksTheFile() throws IOException {
		try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock lock = channel.lock()) {
			assertThat(lock.isValid()).isTrue();
			assertThat(acquire(Duration.ofMillis(1))).isNull();
		}
	}

	@Test
	void excludesAProcessAndIsHadOnceThatIsKilled() throws Exception {
		Process holder = JavaProcess.start(Holder.class, file().toString(), LONG.toString());
		try {
			assertThat(JavaProcess.awaitLine(holder, "locked: ")).isEqualTo("true");
			assertThat(acquire(Duration.ofMillis(50))).isNull();
			holder.destroyForcibly().waitFor();
			try (FileMutex mutex = acquire(Duration.ZERO)) {
				assertThat(mutex).isNotNull();
			}
		}
		finally {
			holder.destroyForcibly();
		}
	}

	@Test
	void aThreadThatGaveUpDoesNotEndTheLockForOtherProcesses() throws Exception {
		try (FileMutex mutex = acquire(Duration.ZERO)) {
			assertThat(mutex).isNotNull();
			assertThat(acquire(Duration.ZERO)).isNull();
			Process other = JavaProcess.start(Holder.class, file().toString(), Duration.ZERO.toString());
			try {
				assertThat(JavaProcess.awaitLine(other, "locked: ")).isEqualTo("false");
			}
			finally {
				other.destroyForcibly();
			}
		}
	}

	@Test
	void waitsForAProcessThatIsKilledMeanwhile() throws Exception {
		Process holder = JavaProcess.start(Holder.class, file().toString(), LONG.toString());
		try {
			assertThat(JavaProcess.awaitLine(holder, "locked: ")).isEqualTo("true");
			Thread killer = new Thread(holder::destroyForcibly);
			killer.start();
			try (FileMutex mutex = acquire(LONG)) {
				assertThat(mutex).isNotNull();
			}
			killer.join();
		}
		finally {
			holder.destroyForcibly();
		}
	}

	@Test
	void aThreadThatIsInterruptedDoesNotWait() throws IOException {
		try (FileMutex mutex = acquire(Duration.ZERO)) {
			assertThat(mutex).isNotNull();
			Thread.currentThread().interrupt();
			assertThat(acquire(LONG)).isNull();
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	@Test
	void aFileThatCannotBeOpenedCanBeLockedLater() throws IOException {
		Files.createSymbolicLink(file(), this.directory.resolve("elsewhere"));
		assertThatIOException().isThrownBy(() -> acquire(Duration.ZERO));
		assertThat(this.directory.resolve("elsewhere")).doesNotExist();
		Files.delete(file());
		try (FileMutex mutex = acquire(Duration.ZERO)) {
			assertThat(mutex).isNotNull();
		}
	}

	private FileMutex acquire(Duration timeout) throws IOException {
		return FileMutex.acquire(file(), timeout);
	}

	private Path file() {
		return this.directory.resolve("test.lock");
	}

	/**
	 * Holds the lock until it is killed.
	 */
	public static final class Holder {

		private Holder() {
		}

		public static void main(String[] args) throws IOException {
			try (FileMutex mutex = FileMutex.acquire(Path.of(args[0]), Duration.parse(args[1]))) {
				System.out.println("locked: " + (mutex != null));
				System.in.read();
			}
		}

	}

}
