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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.Support;
import io.github.imds.category.MetadataPath;

/**
 * Reads many values at once.
 */
final class TreeReader {

	private static final MetadataPath ROOT = MetadataPath.ROOT;

	private final Function<MetadataPath, Optional<byte[]>> source;

	private final ImdsSettings settings;

	TreeReader(Function<MetadataPath, Optional<byte[]>> source, ImdsSettings settings) {
		this.source = source;
		this.settings = settings;
	}

	Optional<Object> read(MetadataPath path, ReadOption... options) {
		Predicate<MetadataPath> selection = selection(options);
		return selection.test(path) ? crawl(resolve(path), selection).toObject() : Optional.empty();
	}

	Map<String, @Nullable Object> tree(MetadataPath path, ReadOption... options) {
		Assert.isTrue(!isDocumentedValue(path), () -> "'%s' is a value, not a directory".formatted(path.asValue()));
		return crawl(path.asDirectory(), selection(options)).toMap();
	}

	Map<String, @Nullable Object> everything(ReadOption... options) {
		Predicate<MetadataPath> selection = selection(options);
		Node root = crawl(ROOT, selection);
		Arrays.stream(MetadataCategory.values())
			.filter((category) -> category.support() == Support.DOCUMENTED)
			.map(MetadataCategory::pattern)
			.filter((path) -> path.indexOf('{') < 0 && selection.test(MetadataPath.of(path)))
			.forEach(root::addIfAbsent);
		return root.toMap();
	}

	Map<String, @Nullable Object> match(Pattern pattern, ReadOption... options) {
		PathFilter filter = new PathFilter(pattern);
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		crawl(filter.onlyPath().orElse(ROOT), selection(options).and(filter)).collectInto(values);
		return values;
	}

	private Node crawl(MetadataPath path, Predicate<MetadataPath> selection) {
		return new Crawl(observedSource(), selection, this.settings).read(path);
	}

	/**
	 * Return the source for whatever thread reads from it. What is observed there belongs
	 * to what is being observed here.
	 */
	private Function<MetadataPath, Optional<byte[]>> observedSource() {
		ObservationRegistry registry = this.settings.observationRegistry();
		Observation parent = registry.isNoop() ? null : registry.getCurrentObservation();
		return (parent != null) ? (path) -> parent.scoped(() -> this.source.apply(path)) : this.source;
	}

	/**
	 * Find out whether a path is that of a value or of a directory: from the catalogue,
	 * from how it is written, or else from the service.
	 */
	private MetadataPath resolve(MetadataPath path) {
		if (isDocumentedValue(path)) {
			return path.asValue();
		}
		return (Listing.isDirectory(path) || isListedAsDirectory(path)) ? path.asDirectory() : path;
	}

	private boolean isListedAsDirectory(MetadataPath path) {
		return this.source.apply(path.parent())
			.filter((body) -> new Listing(path.parent(), body).hasDirectory(path.name()))
			.isPresent();
	}

	private static boolean isDocumentedValue(MetadataPath path) {
		return path.category().isPresent();
	}

	private static Predicate<MetadataPath> selection(ReadOption... options) {
		boolean all = Arrays.asList(options).contains(ReadOption.INCLUDE_SENSITIVE);
		return (path) -> all || !path.isSensitive();
	}

}
