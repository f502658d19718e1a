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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Attributes of a file, read without opening or following it.
 *
 * @param path the file or directory
 * @param attributes its attributes
 */
record FileFacts(Path path, PosixFileAttributes attributes) {

	private static final Set<PosixFilePermission> ANY_BY_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

	private static final Set<PosixFilePermission> WRITE_BY_OTHERS = EnumSet.of(PosixFilePermission.GROUP_WRITE,
			PosixFilePermission.OTHERS_WRITE);

	static FileFacts of(Path path) throws IOException {
		if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			throw new IllegalStateException(
					"%s is on a file system without POSIX permissions; keep tokens in memory".formatted(path));
		}
		return new FileFacts(path, Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
	}

	/**
	 * Return what tells a file from the one that replaces it.
	 * @param path the file
	 * @return its identity, or {@code null} if there is no file, or none that can be seen
	 */
	static @Nullable String identity(Path path) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return attributes.fileKey() + " of " + attributes.lastModifiedTime();
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Refuse a directory in which another user could put or exchange files.
	 */
	void checkDirectory() throws IOException {
		if (this.attributes.isSymbolicLink()) {
			throw refuseDirectory("is a symbolic link; name its target");
		}
		if (!this.attributes.isDirectory()) {
			throw refuseDirectory("is not a directory; name another");
		}
		if (!isOwn()) {
			throw refuseDirectory("belongs to %s; name another".formatted(owners()));
		}
		if (isPermitted(WRITE_BY_OTHERS)) {
			throw refuseDirectory("can be changed by others (%s); make its mode 0700".formatted(mode()));
		}
	}

	/**
	 * Refuse a file that another user may have written, or can read.
	 * @param maxSize the size that no file has reason to exceed
	 */
	void checkFile(int maxSize) throws IOException {
		if (this.attributes.isSymbolicLink()) {
			throw refuseFile(this.path, "is a symbolic link");
		}
		if (!this.attributes.isRegularFile()) {
			throw refuseFile(this.path, "is not a regular file");
		}
		if (!isOwn()) {
			throw refuseFile(this.path, "belongs to " + owners());
		}
		if (isPermitted(ANY_BY_OTHERS)) {
			throw refuseFile(this.path, "is accessible to others (%s)".formatted(mode()));
		}
		if (this.attributes.size() > maxSize) {
			throw refuseFile(this.path, "has %d bytes, more than a token".formatted(this.attributes.size()));
		}
	}

	boolean isOwn() throws IOException {
		return this.attributes.owner().equals(currentUser());
	}

	static IllegalStateException refuseFile(Path file, String reason) {
		return new IllegalStateException(
				"Token file %s %s; it is ignored, and replaced by the next token".formatted(file, reason));
	}

	private IllegalStateException refuseDirectory(String reason) {
		return new IllegalStateException("Token directory %s %s".formatted(this.path, reason));
	}

	private boolean isPermitted(Set<PosixFilePermission> permissions) {
		return !Collections.disjoint(this.attributes.permissions(), permissions);
	}

	private String mode() {
		return PosixFilePermissions.toString(this.attributes.permissions());
	}

	private String owners() throws IOException {
		return "%s and not to %s".formatted(this.attributes.owner().getName(), currentUser().getName());
	}

	/**
	 * Return who owns what this process creates. The name of the user does not tell: in a
	 * container there may be none.
	 */
	private static UserPrincipal currentUser() throws IOException {
		Path process = Path.of("/proc/self");
		if (Files.exists(process)) {
			return Files.getOwner(process);
		}
		Path file = Files.createTempFile("imds", null);
		try {
			return Files.getOwner(file);
		}
		finally {
			Files.delete(file);
		}
	}

}
