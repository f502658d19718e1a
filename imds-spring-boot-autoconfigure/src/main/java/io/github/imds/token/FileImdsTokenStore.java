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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps tokens in files, one per endpoint, so that they survive restarts and are shared
 * by the processes of a user. The directory is created with mode {@code 0700}, a file
 * with mode {@code 0600}; a file is replaced in one step.
 *
 * @since 0.1.0
 */
public final class FileImdsTokenStore implements ImdsTokenStore {

	private final JsonMapper jsonMapper = JsonMapper.shared();

	private final Path directory;

	/**
	 * Create a store.
	 * @param directory where the files are; created when the first token is saved
	 */
	public FileImdsTokenStore(Path directory) {
		Assert.notNull(directory, "'directory' must not be null");
		this.directory = directory;
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
	 * @throws IllegalStateException if the file holds no token
	 */
	@Override
	public Optional<ImdsToken> load(URI endpoint) {
		Path file = file(endpoint);
		try {
			return Optional.of(parse(file, Files.readString(file)));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Token file " + file + " cannot be read", ex);
		}
	}

	@Override
	public void save(URI endpoint, ImdsToken token) {
		Path file = file(endpoint);
		try {
			Files.createDirectories(this.directory, onlyOwner("rwx------"));
			Path temporary = Files.createTempFile(this.directory, "token", ".tmp", onlyOwner("rw-------"));
			try {
				Files.writeString(temporary, this.jsonMapper
					.writeValueAsString(Map.of("token", token.value(), "expiresAt", token.expiresAt().toString())));
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				Files.deleteIfExists(temporary);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Token file " + file + " cannot be written", ex);
		}
	}

	@Override
	public void remove(URI endpoint, ImdsToken token) {
		Path file = file(endpoint);
		try {
			if (load(endpoint).filter(token::equals).isPresent()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Token file " + file + " cannot be deleted", ex);
		}
	}

	private ImdsToken parse(Path file, String content) {
		try {
			StoredToken stored = this.jsonMapper.readValue(content, StoredToken.class);
			if (stored != null && stored.token() != null && stored.expiresAt() != null) {
				return new ImdsToken(stored.token(), Instant.parse(stored.expiresAt()));
			}
		}
		catch (JacksonException | DateTimeParseException | IllegalArgumentException ex) {
			// The cause would quote the content, and with it the token
		}
		throw new IllegalStateException("Token file " + file + " holds no token");
	}

	private Path file(URI endpoint) {
		String name = endpoint.toString().replaceAll("[^A-Za-z0-9.]+", "_");
		return this.directory.resolve(name + "-" + Integer.toHexString(endpoint.toString().hashCode()) + ".json");
	}

	private FileAttribute<?>[] onlyOwner(String permissions) {
		return this.directory.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private record StoredToken(@Nullable String token, @Nullable String expiresAt) {

	}

}
