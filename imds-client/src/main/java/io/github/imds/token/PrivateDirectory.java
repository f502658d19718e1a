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
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A directory whose files only the current user can have written. Once that is certain,
 * nobody else can exchange a file between a look at it and its use.
 */
final class PrivateDirectory {

	static final FileAttribute<?> FILE_MODE = mode("rw-------");

	private static final FileAttribute<?> DIRECTORY_MODE = mode("rwx------");

	private static final Set<OpenOption> NEW_FILE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

	private static final int MAX_SIZE = 16 * 1024;

	private static final String TEMPORARY_PREFIX = "token";

	private static final String TEMPORARY_SUFFIX = ".tmp";

	private static final Duration TEMPORARY_LIFETIME = Duration.ofHours(1);

	private final Path path;

	PrivateDirectory(Path path) {
		this.path = path;
	}

	Path resolve(String name) {
		return this.path.resolve(name);
	}

	/**
	 * Create the directory unless it exists.
	 * @throws IllegalStateException if it is refused
	 */
	void create() throws IOException {
		try {
			FileFacts.of(this.path).checkDirectory();
		}
		catch (NoSuchFileException ex) {
			Files.createDirectories(this.path, DIRECTORY_MODE);
			FileFacts.of(this.path).checkDirectory();
		}
	}

	/**
	 * Read a file.
	 * @return the content, or empty if there is no such file
	 * @throws IllegalStateException if the file or the directory is refused
	 */
	Optional<byte[]> read(Path file) throws IOException {
		try {
			FileFacts.of(this.path).checkDirectory();
			FileFacts.of(file).checkFile(MAX_SIZE);
			try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
				return Optional.of(content.readNBytes(MAX_SIZE));
			}
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Write or replace a file in one step. A symbolic link is replaced, not its target.
	 * @throws IllegalStateException if the directory is refused
	 */
	void write(Path file, byte[] content) throws IOException {
		create();
		String name = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
		Path temporary = this.path.resolve(TEMPORARY_PREFIX + name + TEMPORARY_SUFFIX);
		// Written through the handle that created it, so that nobody can exchange it
		// between
		WritableByteChannel channel = Files.newByteChannel(temporary, NEW_FILE, FILE_MODE);
		try {
			try (channel) {
				for (ByteBuffer buffer = ByteBuffer.wrap(content); buffer.hasRemaining();) {
					channel.write(buffer);
				}
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
		deleteAbandoned();
	}

	/**
	 * Delete what processes have left that ended before they could move it.
	 */
	private void deleteAbandoned() {
		Instant oldest = Instant.now().minus(TEMPORARY_LIFETIME);
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path,
				TEMPORARY_PREFIX + "*" + TEMPORARY_SUFFIX)) {
			for (Path file : files) {
				FileFacts facts = FileFacts.of(file);
				if (facts.attributes().isRegularFile() && facts.isOwn()
						&& facts.attributes().lastModifiedTime().toInstant().isBefore(oldest)) {
					Files.deleteIfExists(file);
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			// They do no harm, and the next one may succeed
		}
	}

	private static FileAttribute<?> mode(String permissions) {
		return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
	}

}
