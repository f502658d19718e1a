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

package io.github.imds.client;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataPath;

/**
 * A client that was switched off: it sends nothing and says why.
 */
final class DisabledImdsClient implements ImdsClient {

	private final ImdsDetection detection;

	DisabledImdsClient(ImdsDetection detection) {
		this.detection = detection;
	}

	@Override
	public Optional<String> get(String path) {
		throw failure(path);
	}

	@Override
	public <T> Optional<T> get(String path, Class<T> type) {
		throw failure(path);
	}

	@Override
	public Optional<byte[]> getBytes(String path) {
		throw failure(path);
	}

	@Override
	public Optional<InputStream> stream(String path) {
		throw failure(path);
	}

	@Override
	public List<String> list(String path) {
		throw failure(path);
	}

	@Override
	public Optional<Object> read(String path, ReadOption... options) {
		throw failure(path);
	}

	@Override
	public Map<String, @Nullable Object> tree(String path, ReadOption... options) {
		throw failure(path);
	}

	@Override
	public Map<String, @Nullable Object> everything(ReadOption... options) {
		throw failure("/");
	}

	@Override
	public Map<String, @Nullable Object> match(Pattern pattern, ReadOption... options) {
		throw failure("/");
	}

	@Override
	public boolean isAvailable() {
		return false;
	}

	@Override
	public ImdsStatus status() {
		return new ImdsStatus(this.detection, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
	}

	@Override
	public void close() {
		// Nothing is held
	}

	@Override
	public String toString() {
		return "ImdsClient[disabled: " + this.detection.reason() + "]";
	}

	private ImdsUnavailableException failure(String path) {
		return new ImdsUnavailableException("Cannot read '%s': instance metadata is disabled: %s"
			.formatted(MetadataPath.of(path), this.detection.reason()), null);
	}

}
