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

package io.github.imds.client.tree;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataCategory.Support;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.observation.DefaultImdsTreeObservationConvention;
import io.github.imds.client.observation.ImdsObservationDocumentation;
import io.github.imds.client.observation.ImdsTreeObservationContext;
import io.github.imds.client.observation.ObservedCategory;
import io.github.imds.client.observation.RequestFailedException;

/**
 * Reader of trees and of values that match a pattern.
 *
 * @since 0.1.0
 */
public final class TreeReader {

	private static final Log logger = LogFactory.getLog(TreeReader.class);

	private final Function<MetadataPath, Optional<byte[]>> source;

	private final int concurrency;

	private final Duration timeout;

	private final ObservationRegistry observationRegistry;

	private final BiConsumer<MetadataPath, ImdsException> omissions;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create a new reader.
	 * @param source reads the body of a value or a directory
	 * @param concurrency the maximum number of requests at the same time
	 * @param timeout the maximum time of a tree
	 * @param observationRegistry the registry with the current observation
	 * @param omissions called back with each entry that is left out of a tree
	 */
	public TreeReader(Function<MetadataPath, Optional<byte[]>> source, int concurrency, Duration timeout,
			ObservationRegistry observationRegistry, BiConsumer<MetadataPath, ImdsException> omissions) {
		this.source = source;
		this.concurrency = concurrency;
		this.timeout = timeout;
		this.observationRegistry = observationRegistry;
		this.omissions = omissions;
	}

	/**
	 * Read a value or the tree below a directory.
	 * @param path the path
	 * @param includeSensitive whether to read secrets too
	 * @return the value or the tree, or empty
	 */
	public Optional<Object> read(MetadataPath path, boolean includeSensitive) {
		Predicate<MetadataPath> selection = selection(includeSensitive);
		if (!selection.test(path)) {
			return Optional.empty();
		}
		MetadataPath resolved = resolve(path);
		return resolved.isDirectory() ? crawl(resolved, selection).toObject()
				: this.source.apply(resolved).map((body) -> TypedValue.of(resolved, body));
	}

	/**
	 * Read the tree below a directory.
	 * @param path the path of the directory
	 * @param includeSensitive whether to read secrets too
	 * @return the tree
	 */
	public Map<String, @Nullable Object> tree(MetadataPath path, boolean includeSensitive) {
		Assert.isTrue(!isDocumentedValue(path), () -> "'%s' is a value, not a directory".formatted(path.asValue()));
		return crawl(path.asDirectory(), selection(includeSensitive)).toMap();
	}

	/**
	 * Read everything, in the shape that all instances share.
	 * @param includeSensitive whether to read secrets too
	 * @return the tree
	 */
	public Map<String, @Nullable Object> everything(boolean includeSensitive) {
		Predicate<MetadataPath> selection = selection(includeSensitive);
		Node root = crawl(MetadataPath.ROOT, selection);
		Arrays.stream(MetadataCategory.values())
			.filter((category) -> category.support() == Support.DOCUMENTED)
			.map(MetadataCategory::pattern)
			.filter((path) -> path.indexOf('{') < 0 && selection.test(MetadataPath.of(path)))
			.forEach(root::addIfAbsent);
		return root.toMap();
	}

	/**
	 * Read the values that match a pattern.
	 * @param pattern the pattern
	 * @param includeSensitive whether to read secrets too
	 * @return the values by their path
	 */
	public Map<String, @Nullable Object> match(Pattern pattern, boolean includeSensitive) {
		PathFilter filter = new PathFilter(pattern);
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		crawl(filter.onlyPath().orElse(MetadataPath.ROOT), selection(includeSensitive).and(filter)).collectInto(values);
		return values;
	}

	/**
	 * Observe the tree as a whole.
	 */
	private Node crawl(MetadataPath path, Predicate<MetadataPath> selection) {
		if (this.observationRegistry.isNoop() || !path.isDirectory()) {
			return read(path, selection);
		}
		Observation observation = ImdsObservationDocumentation.TREE.start(null,
				new DefaultImdsTreeObservationConvention(),
				() -> new ImdsTreeObservationContext(ObservedCategory.of(path)), this.observationRegistry);
		Observation.Scope scope = observation.openScope();
		try {
			return read(path, selection);
		}
		catch (RuntimeException ex) {
			observation.error(new RequestFailedException(ex));
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

	private Node read(MetadataPath path, Predicate<MetadataPath> selection) {
		return new Crawl(observedSource(), selection, this.concurrency, this.timeout, this::omitted).read(path);
	}

	private void omitted(MetadataPath path, ImdsException failure) {
		String message = "'%s' is left out of the tree: %s".formatted(path, failure.getMessage());
		if (this.warned.compareAndSet(false, true)) {
			logger.warn(message + " (further entries that are left out are logged at DEBUG level)");
		}
		else {
			logger.debug(message);
		}
		this.omissions.accept(path, failure);
	}

	/**
	 * Return the source for all threads that read from it. The current observation is
	 * their observation too.
	 */
	private Function<MetadataPath, Optional<byte[]>> observedSource() {
		ObservationRegistry registry = this.observationRegistry;
		Observation parent = registry.isNoop() ? null : registry.getCurrentObservation();
		return (parent != null) ? (path) -> readWithin(parent, path) : this.source;
	}

	private Optional<byte[]> readWithin(Observation observation, MetadataPath path) {
		Observation.Scope scope = observation.openScope();
		try {
			return this.source.apply(path);
		}
		finally {
			scope.close();
		}
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

	private static Predicate<MetadataPath> selection(boolean includeSensitive) {
		return (path) -> includeSensitive || !path.isSensitive();
	}

}
