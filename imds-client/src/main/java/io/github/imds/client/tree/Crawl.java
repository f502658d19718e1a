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

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.http.ConnectFailedException;
import io.github.imds.client.http.Deadline;

/**
 * One walk through everything below a directory. What a broken or hostile service can
 * make of it is bounded.
 */
final class Crawl {

	/**
	 * More than twice as deep as any documented path.
	 */
	static final int MAX_DEPTH = 16;

	/**
	 * Two hundred times as many as a common instance has.
	 */
	static final int MAX_NODES = 20_000;

	/**
	 * The sum of all bodies, listings included. Each of them is limited on its own too.
	 */
	static final int MAX_SIZE = 4 * 1024 * 1024;

	private final Function<MetadataPath, Optional<byte[]>> source;

	private final Predicate<MetadataPath> selection;

	private final ReaderThreads threads;

	private final Duration timeout;

	private final Deadline deadline;

	private final BiConsumer<MetadataPath, ImdsException> omissions;

	private final Map<MetadataPath, ImdsException> omitted = new ConcurrentHashMap<>();

	private final AtomicInteger values = new AtomicInteger();

	private final AtomicInteger nodes = new AtomicInteger();

	private final AtomicInteger size = new AtomicInteger();

	/**
	 * Create a walk, to be made at once.
	 * @param source reads the body of a value or a directory
	 * @param selection which paths to read; what is below others is not read either
	 * @param concurrency the maximum number of requests at the same time
	 * @param timeout the maximum time of the tree
	 * @param omissions called back with each entry that is left out
	 */
	Crawl(Function<MetadataPath, Optional<byte[]>> source, Predicate<MetadataPath> selection, int concurrency,
			Duration timeout, BiConsumer<MetadataPath, ImdsException> omissions) {
		this.source = source;
		this.selection = selection;
		this.threads = new ReaderThreads(concurrency);
		this.timeout = timeout;
		this.deadline = Deadline.after(this.timeout);
		this.omissions = omissions;
	}

	/**
	 * Read a value, or a directory and everything below it.
	 * @param path where to start
	 * @return what was found
	 */
	Node read(MetadataPath path) {
		Node node = new Node(path);
		if (this.selection.test(path)) {
			this.threads.run(() -> visit(node, true));
			if (this.values.get() == 0) {
				// Nothing can be read, so this is not about single entries
				this.omitted.values().stream().findFirst().ifPresent((failure) -> {
					throw failure;
				});
			}
			this.omitted.forEach(this.omissions);
		}
		return node;
	}

	private void visit(Node node, boolean start) {
		MetadataPath path = node.path();
		if (this.deadline.hasPassed()) {
			throw new ImdsUnavailableException("Cannot read '%s': reading the tree took longer than %d ms"
				.formatted(path, this.timeout.toMillis()), null);
		}
		read(path, start).ifPresent((body) -> {
			checkLimit(this.size.addAndGet(body.length) <= MAX_SIZE, path, "more than %d bytes", MAX_SIZE);
			if (path.isDirectory()) {
				enter(node, new Listing(path, body));
			}
			else {
				this.values.incrementAndGet();
				node.fill(TypedValue.of(path, body));
			}
		});
	}

	/**
	 * Read an entry. One that the service denies, or answers with something unusable,
	 * concerns itself only. Throttling and a service that is out of reach concern all.
	 */
	private Optional<byte[]> read(MetadataPath path, boolean start) {
		try {
			return this.source.apply(path);
		}
		catch (ImdsException ex) {
			if (start || !concernsEntryOnly(ex)) {
				throw ex;
			}
			this.omitted.put(path, ex);
			return Optional.empty();
		}
	}

	private static boolean concernsEntryOnly(ImdsException failure) {
		if (failure instanceof ImdsResponseException response) {
			return response.statusCode() != 429 && response.statusCode() != 503;
		}
		Throwable cause = failure.getCause();
		boolean outOfReach = cause instanceof ConnectFailedException || cause instanceof SocketTimeoutException;
		return failure instanceof ImdsAccessDeniedException || (cause instanceof IOException && !outOfReach);
	}

	private void enter(Node directory, Listing listing) {
		MetadataPath path = directory.path();
		checkLimit(this.nodes.addAndGet(listing.size()) <= MAX_NODES, path, "more than %d entries", MAX_NODES);
		Map<String, Node> children = listing.nodes(this.selection);
		checkLimit(children.isEmpty() || path.segments().size() < MAX_DEPTH, path, "more than %d levels", MAX_DEPTH);
		directory.fill(children);
		List<Runnable> directories = new ArrayList<>();
		List<Runnable> values = new ArrayList<>();
		children.values()
			.forEach((child) -> (child.path().isDirectory() ? directories : values).add(() -> visit(child, false)));
		this.threads.add(directories, values);
	}

	private static void checkLimit(boolean observed, MetadataPath path, String problem, int limit) {
		if (!observed) {
			throw new ImdsResponseException(
					"The tree has %s, the last of them at '%s'".formatted(problem.formatted(limit), path), 200);
		}
	}

}
