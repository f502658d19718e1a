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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

import io.github.imds.category.MetadataPath;
import io.github.imds.client.session.ImdsSession;
import io.github.imds.client.session.SessionSettings;
import io.github.imds.client.tree.JsonReader;
import io.github.imds.client.tree.Listing;
import io.github.imds.client.tree.TreeReader;

/**
 * {@link ImdsClient} that reads values through a session.
 */
final class DefaultImdsClient implements ImdsClient {

	/**
	 * The time for a tree, in times for a call.
	 */
	private static final int TREE_TIMEOUT_FACTOR = 10;

	private final ImdsDetection detection;

	private final Optional<EndpointMode> endpointMode;

	private final ImdsSession session;

	private final SingletonSupplier<TreeReader> trees;

	DefaultImdsClient(ImdsDetection detection, Optional<EndpointMode> endpointMode, SessionSettings settings,
			int concurrency) {
		this.detection = detection;
		this.endpointMode = endpointMode;
		this.session = new ImdsSession(settings);
		Duration treeTimeout = settings.timeout().multipliedBy(TREE_TIMEOUT_FACTOR);
		// Most applications read no tree, and to link a lambda loads the type it returns
		this.trees = SingletonSupplier.of(new Supplier<>() {

			@Override
			public TreeReader get() {
				return new TreeReader(DefaultImdsClient.this.session::read, concurrency, treeTimeout,
						settings.observationRegistry(), settings.listener()::onTreeEntryOmitted);
			}

		});
	}

	@Override
	public Optional<String> get(String path) {
		return text(value(path));
	}

	@Override
	public <T> Optional<T> get(String path, Class<T> type) {
		Assert.notNull(type, "'type' must not be null");
		MetadataPath value = value(path);
		return this.session.read(value).map((bytes) -> JsonReader.parse(value, bytes, type));
	}

	@Override
	public Optional<byte[]> getBytes(String path) {
		return this.session.read(value(path));
	}

	@Override
	public Optional<InputStream> stream(String path) {
		return this.session.stream(value(path));
	}

	@Override
	public List<String> list(String path) {
		return text(MetadataPath.of(path).asDirectory()).map((text) -> Listing.lines(text).toList()).orElse(List.of());
	}

	@Override
	public Optional<Object> read(String path, ReadOption... options) {
		return this.trees.obtain().read(MetadataPath.of(path), includeSensitive(options));
	}

	@Override
	public Map<String, @Nullable Object> tree(String path, ReadOption... options) {
		return this.trees.obtain().tree(MetadataPath.of(path), includeSensitive(options));
	}

	@Override
	public Map<String, @Nullable Object> everything(ReadOption... options) {
		return this.trees.obtain().everything(includeSensitive(options));
	}

	@Override
	public Map<String, @Nullable Object> match(Pattern pattern, ReadOption... options) {
		Assert.notNull(pattern, "'pattern' must not be null");
		return this.trees.obtain().match(pattern, includeSensitive(options));
	}

	@Override
	public boolean isAvailable() {
		return this.session.isAvailable();
	}

	@Override
	public ImdsStatus status() {
		return new ImdsStatus(this.detection, this.endpointMode, this.session.endpoint(), this.session.tokenExpiresAt(),
				this.session.lastFailure());
	}

	@Override
	public void close() {
		this.session.close();
	}

	@Override
	public String toString() {
		return "ImdsClient" + this.session;
	}

	private Optional<String> text(MetadataPath path) {
		return this.session.read(path).map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	private static MetadataPath value(String path) {
		MetadataPath value = MetadataPath.of(path);
		Assert.isTrue(!value.isRoot(), "Metadata path must not be empty");
		return value;
	}

	private static boolean includeSensitive(ReadOption... options) {
		return Arrays.asList(options).contains(ReadOption.INCLUDE_SENSITIVE);
	}

}
