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

package io.github.imds.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.ImdsClient;

/**
 * Reads the least metadata that answers a request, and caches it: the value at a path in
 * the catalogue, the directory at a path above such values, otherwise all metadata.
 * Credentials and user data are listed, never read.
 */
final class CachingMetadataReader {

	/**
	 * Maximum number of paths that are read one by one while their values are cached.
	 * Paths come from outside. Further paths are looked up in all metadata, so that
	 * requests for unknown names cannot flood the service.
	 */
	private static final int MAX_PATHS = 100;

	private final ImdsClient client;

	private final Duration timeToLive;

	private final TimedCache<MetadataSnapshot> all;

	private final Map<String, TimedCache<MetadataSnapshot>> paths = new ConcurrentHashMap<>();

	CachingMetadataReader(ImdsClient client, Duration timeToLive) {
		this.client = client;
		this.timeToLive = timeToLive;
		this.all = new TimedCache<>(() -> readDirectory(MetadataPath.ROOT), timeToLive);
	}

	MetadataSnapshot readAll() {
		return this.all.get();
	}

	Optional<Object> read(String path) {
		return cache(MetadataPath.of(path)).get().find(path);
	}

	private TimedCache<MetadataSnapshot> cache(MetadataPath path) {
		MetadataPath known = this.all.isFresh() ? null : known(path);
		if (known == null) {
			return this.all;
		}
		TimedCache<MetadataSnapshot> cache = this.paths.get(known.value());
		if (cache == null && this.paths.size() >= MAX_PATHS) {
			this.paths.values().removeIf((candidate) -> !candidate.isFresh());
		}
		if (cache == null && this.paths.size() >= MAX_PATHS) {
			return this.all;
		}
		return this.paths.computeIfAbsent(known.value(),
				(key) -> new TimedCache<>(() -> readKnown(known), this.timeToLive));
	}

	/**
	 * Return the path to read for a requested path: the path of the value or JSON
	 * document that contains it, or of a directory.
	 */
	private static @Nullable MetadataPath known(MetadataPath path) {
		for (MetadataPath candidate = path; !candidate.isRoot(); candidate = candidate.parent()) {
			if (candidate.category().isPresent()) {
				return candidate.asValue();
			}
		}
		return MetadataCategory.below(path.value()).isEmpty() ? null : path;
	}

	private MetadataSnapshot readKnown(MetadataPath path) {
		MetadataCategory category = path.category().orElse(null);
		if (category == null) {
			return readDirectory(path);
		}
		if (category.sensitive()) {
			return this.client.list(path.parent().value()).contains(path.name())
					? MetadataSnapshot.EMPTY.with(path, SanitizableData.SANITIZED_VALUE) : MetadataSnapshot.EMPTY;
		}
		return this.client.read(path.value())
			.map((value) -> MetadataSnapshot.EMPTY.with(path, value))
			.orElse(MetadataSnapshot.EMPTY);
	}

	private MetadataSnapshot readDirectory(MetadataPath path) {
		MetadataSnapshot snapshot = MetadataSnapshot.of(path, this.client.tree(path.value()));
		for (MetadataCategory category : MetadataCategory.below(path.value())) {
			if (category.sensitive()) {
				snapshot = withNames(snapshot, category);
			}
		}
		return snapshot;
	}

	private MetadataSnapshot withNames(MetadataSnapshot snapshot, MetadataCategory category) {
		MetadataPath directory = MetadataPath.of(category.pattern()).parent();
		for (String name : this.client.list(directory.value())) {
			MetadataPath path = directory.child(name);
			if (path.category().filter(category::equals).isPresent()) {
				snapshot = snapshot.with(path, SanitizableData.SANITIZED_VALUE);
			}
		}
		return snapshot;
	}

}
