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

package io.github.imds.autoconfigure.env;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataResource;

import io.github.imds.autoconfigure.client.ImdsClientHolder;

/**
 * Instance metadata to import. Locations with the same path are equal resources, so each
 * path is read once.
 */
final class ImdsConfigDataResource extends ConfigDataResource {

	private final ConfigDataLocation location;

	private final String path;

	private final @Nullable ImdsClientHolder holder;

	/**
	 * Create a new instance.
	 * @param location where the resource was imported from
	 * @param path the path of a value or a directory, empty for everything
	 * @param holder the holder of the client to read with, or {@code null} to read
	 * nothing
	 */
	ImdsConfigDataResource(ConfigDataLocation location, String path, @Nullable ImdsClientHolder holder) {
		this.location = location;
		this.path = path;
		this.holder = holder;
	}

	ConfigDataLocation location() {
		return this.location;
	}

	String path() {
		return this.path;
	}

	@Nullable ImdsClientHolder holder() {
		return this.holder;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return obj instanceof ImdsConfigDataResource other && this.path.equals(other.path);
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

	@Override
	public String toString() {
		return this.location.getValue();
	}

}
