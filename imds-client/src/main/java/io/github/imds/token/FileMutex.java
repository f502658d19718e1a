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
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Excludes other processes, by the lock of a file, and other threads of this process,
 * which a file's lock does not exclude from each other. The file stays when the lock
 * ends: were it deleted, two could lock two files of the same name.
 */
final class FileMutex implements Closeable {

	private static final Set<OpenOption> OPTIONS = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
			LinkOption.NOFOLLOW_LINKS);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	/**
	 * So many processes may wait that they would take the time of the one that does not.
	 */
	private static final Duration LONGEST_PAUSE = Duration.ofMillis(80);

	/**
	 * Only one thread at a time may have the file open: closing any channel of a file
	 * ends all its locks of the process.
	 */
	private static final Map<Path, Semaphore> threads = new ConcurrentHashMap<>();

	private final Semaphore thread;

	private final FileChannel channel;

	private FileMutex(Semaphore thread, FileChannel channel) {
		this.thread = thread;
		this.channel = channel;
	}

	/**
	 * Lock a file, which is created if need be.
	 * @param file the file
	 * @param timeout how long to wait for others
	 * @return the lock, or {@code null} if the time was not enough or the thread was
	 * interrupted
	 * @throws IOException if the file cannot be locked
	 */
	static @Nullable FileMutex acquire(Path file, Duration timeout) throws IOException {
		return acquire(file, timeout, () -> false);
	}

	/**
	 * Lock a file, which is created if need be, while that is of use.
	 * @param file the file
	 * @param timeout how long to wait for others
	 * @param needless tells whether there is no more need to wait
	 * @return the lock, or {@code null} if the time was not enough, there was no need or
	 * the thread was interrupted
	 * @throws IOException if the file cannot be locked
	 */
	static @Nullable FileMutex acquire(Path file, Duration timeout, BooleanSupplier needless) throws IOException {
		long start = System.nanoTime();
		Semaphore thread = threads.computeIfAbsent(file, (key) -> new Semaphore(1));
		FileMutex mutex = null;
		try {
			if (thread.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
				try {
					mutex = acquire(file, thread, start + timeout.toNanos(), needless);
				}
				finally {
					if (mutex == null) {
						thread.release();
					}
				}
			}
		}
		catch (InterruptedException | ClosedByInterruptException ex) {
			Thread.currentThread().interrupt();
		}
		return mutex;
	}

	private static @Nullable FileMutex acquire(Path file, Semaphore thread, long deadline, BooleanSupplier needless)
			throws IOException, InterruptedException {
		FileChannel channel = FileChannel.open(file, OPTIONS, PrivateDirectory.FILE_MODE);
		boolean locked = false;
		try {
			locked = tryLock(channel);
			long pause = FIRST_PAUSE.toNanos();
			while (!locked && System.nanoTime() - deadline < 0 && !needless.getAsBoolean()) {
				TimeUnit.NANOSECONDS.sleep(pause);
				pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
				locked = tryLock(channel);
			}
			return locked ? new FileMutex(thread, channel) : null;
		}
		finally {
			if (!locked) {
				channel.close();
			}
		}
	}

	private static boolean tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock() != null;
		}
		catch (OverlappingFileLockException ex) {
			// Held by a class of the same name, of another class loader
			return false;
		}
	}

	@Override
	public void close() throws IOException {
		if (!this.channel.isOpen()) {
			return;
		}
		try {
			this.channel.close();
		}
		finally {
			this.thread.release();
		}
	}

}
