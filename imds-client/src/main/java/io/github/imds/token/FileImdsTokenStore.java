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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

/**
 * {@link ImdsTokenStore} that keeps tokens in files, one per endpoint. Tokens survive
 * restarts, and all processes of a user share them. One process at a time obtains a
 * token, the others wait for it.
 * <p>
 * The directory is created with mode {@code 0700}, a file with mode {@code 0600}, and a
 * file is replaced in one step. The store refuses files that other users could have read
 * or written: a file or directory that belongs to another user or is a symbolic link, a
 * file that is accessible to group or world, a directory that is writable for them. A
 * refused file is replaced when the next token is saved, nothing is written to a refused
 * directory.
 * <p>
 * The file system needs POSIX permissions. Elsewhere, as on Windows, every method throws
 * an exception and clients do without the store.
 *
 * @since 0.1.0
 */
public final class FileImdsTokenStore implements ImdsTokenStore {

	private static final Log logger = LogFactory.getLog(FileImdsTokenStore.class);

	private final PrivateDirectory directory;

	/**
	 * Create a store.
	 * @param directory where the files are; created when it is first needed
	 */
	public FileImdsTokenStore(Path directory) {
		Assert.notNull(directory, "'directory' must not be null");
		this.directory = new PrivateDirectory(directory.toAbsolutePath());
	}

	/**
	 * Return the directory for those who name none: {@code imds-spring-boot} below the
	 * cache directory of the current user.
	 * @return the directory, which need not exist
	 */
	public static Path defaultDirectory() {
		String cacheHome = System.getenv("XDG_CACHE_HOME");
		Path cache = (cacheHome != null && Path.of(cacheHome).isAbsolute()) ? Path.of(cacheHome)
				: Path.of(System.getProperty("user.home"), ".cache");
		return cache.resolve("imds-spring-boot");
	}

	/**
	 * Load the token kept for an endpoint.
	 * @param endpoint the endpoint
	 * @return the token, or empty if there is no file for the endpoint
	 * @throws UncheckedIOException if the file cannot be read
	 * @throws IllegalStateException if the file or its directory is refused, or the file
	 * holds no token
	 */
	@Override
	public Optional<ImdsToken> load(URI endpoint) {
		Path file = tokenFile(endpoint);
		try {
			return this.directory.read(file).map((content) -> parse(file, content));
		}
		catch (IOException ex) {
			throw failure(file, "read", ex);
		}
	}

	/**
	 * Keep a token, in place of any other of the same endpoint.
	 * @param endpoint the endpoint that issued the token
	 * @param token the token
	 * @throws UncheckedIOException if the file cannot be written
	 * @throws IllegalStateException if the directory is refused
	 */
	@Override
	public void save(URI endpoint, ImdsToken token) {
		Path file = tokenFile(endpoint);
		try {
			this.directory.write(file, TokenFormat.write(token));
		}
		catch (IOException ex) {
			throw failure(file, "written", ex);
		}
	}

	/**
	 * Forget a token that the endpoint no longer accepts. Nothing is done while another
	 * client gets a token, since that one is about to replace the file.
	 * @param endpoint the endpoint that rejected the token
	 * @param token the rejected token
	 * @throws UncheckedIOException if the file cannot be read or deleted
	 * @throws IllegalStateException if the file or its directory is refused, or the file
	 * holds no token
	 */
	@Override
	public void remove(URI endpoint, ImdsToken token) {
		if (!has(endpoint, token)) {
			return;
		}
		Path file = tokenFile(endpoint);
		try (FileMutex mutex = FileMutex.acquire(lockFile(endpoint), Duration.ZERO)) {
			if (mutex != null && has(endpoint, token)) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw failure(file, "deleted", ex);
		}
	}

	/**
	 * Wait while another client, of this process or another one, gets a token for an
	 * endpoint. Once that one has saved its token nobody has to wait for a lock. A
	 * process that dies ends its lock.
	 * @param endpoint the endpoint
	 * @param timeout how long to wait at most
	 * @return the lock; there is none if the time was not enough, or another client has
	 * saved a token
	 * @throws UncheckedIOException if the file system cannot lock
	 * @throws IllegalStateException if the directory is refused
	 */
	@Override
	public Closeable lock(URI endpoint, Duration timeout) {
		Path file = lockFile(endpoint);
		try {
			this.directory.create();
			Path tokenFile = tokenFile(endpoint);
			String before = FileFacts.identity(tokenFile);
			FileMutex mutex = FileMutex.acquire(file, timeout, () -> {
				String now = FileFacts.identity(tokenFile);
				return now != null && !now.equals(before);
			});
			if (mutex != null) {
				return mutex;
			}
		}
		catch (IOException ex) {
			throw failure(file, "locked", ex);
		}
		logger.debug("Another client holds the lock " + file);
		return () -> {
		};
	}

	private boolean has(URI endpoint, ImdsToken token) {
		return load(endpoint).filter(token::equals).isPresent();
	}

	private ImdsToken parse(Path file, byte[] content) {
		ImdsToken token = TokenFormat.read(content);
		if (token == null) {
			throw FileFacts.refuseFile(file, "holds no token");
		}
		return token;
	}

	private Path tokenFile(URI endpoint) {
		return file(endpoint, ".token");
	}

	private Path lockFile(URI endpoint) {
		return file(endpoint, ".lock");
	}

	private Path file(URI endpoint, String extension) {
		String name = endpoint.toString().replaceAll("[^A-Za-z0-9.]+", "_");
		return this.directory.resolve(name + "-" + Integer.toHexString(endpoint.toString().hashCode()) + extension);
	}

	private static UncheckedIOException failure(Path file, String action, IOException ex) {
		return new UncheckedIOException("Token file %s cannot be %s: %s".formatted(file, action, ex), ex);
	}

}
