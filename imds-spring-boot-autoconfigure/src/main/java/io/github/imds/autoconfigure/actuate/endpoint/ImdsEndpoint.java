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
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.util.StringUtils;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;
import io.github.imds.lifecycle.LifecycleEvent;

/**
 * {@link Endpoint @Endpoint} that shows the metadata of the instance and the state of the
 * metadata service. Metadata is cached for a short time. Credentials are never read.
 *
 * @since 0.1.0
 */
@Endpoint(id = "imds")
public class ImdsEndpoint {

	private static final String USER_DATA = MetadataCategory.USER_DATA.pattern();

	private final ImdsClient client;

	private final Show showValues;

	private final MetadataSanitizer sanitizer;

	private final CachingMetadataReader metadata;

	private final TimedCache<Optional<UserData>> userData;

	private final Supplier<List<LifecycleEvent>> notices;

	/**
	 * Create a new endpoint that shows no lifecycle events.
	 * @param client the client to read metadata with
	 * @param sanitizingFunctions the functions that hide values by their path
	 * @param showValues when to show values
	 * @param timeToLive how long metadata is shown before it is read again; zero to read
	 * it for each request
	 */
	public ImdsEndpoint(ImdsClient client, Iterable<SanitizingFunction> sanitizingFunctions, Show showValues,
			Duration timeToLive) {
		this(client, sanitizingFunctions, showValues, timeToLive, List::of);
	}

	/**
	 * Create a new endpoint.
	 * @param client the client to read metadata with
	 * @param sanitizingFunctions the functions that hide values by their path
	 * @param showValues when to show values
	 * @param timeToLive how long metadata is shown before it is read again; zero to read
	 * it for each request
	 * @param notices supplies the lifecycle events whose subject is still announced
	 */
	public ImdsEndpoint(ImdsClient client, Iterable<SanitizingFunction> sanitizingFunctions, Show showValues,
			Duration timeToLive, Supplier<List<LifecycleEvent>> notices) {
		this.client = client;
		this.showValues = showValues;
		this.sanitizer = new MetadataSanitizer(sanitizingFunctions);
		this.metadata = new CachingMetadataReader(client, timeToLive);
		this.notices = notices;
		this.userData = new TimedCache<>(() -> client.getBytes(USER_DATA).map(UserData::of), timeToLive);
	}

	/**
	 * Return the state of the service and all metadata that matches a pattern.
	 * @param pattern a pattern of paths, or {@code null} for all metadata
	 * @return the description
	 * @throws InvalidEndpointRequestException if the pattern is invalid
	 */
	@ReadOperation
	public ImdsDescriptor imds(@Nullable String pattern) {
		return imds(pattern, this.showValues.isShown(true));
	}

	ImdsDescriptor imds(@Nullable String pattern, boolean showValues) {
		Predicate<String> selection = StringUtils.hasText(pattern) ? RequestedPath.matching(pattern) : (path) -> true;
		Object metadata = null;
		ImdsException failure = null;
		if (isEnabled()) {
			try {
				metadata = this.sanitizer.sanitize("", this.metadata.readAll().select(selection).root(), showValues);
			}
			catch (ImdsException ex) {
				failure = ex;
			}
		}
		List<NoticeDescriptor> notices = this.notices.get().stream().map(NoticeDescriptor::of).toList();
		return new ImdsDescriptor(ServiceDescriptor.of(this.client.status(), failure),
				notices.isEmpty() ? null : notices, metadata);
	}

	/**
	 * Return the metadata at a path.
	 * @param path the segments of the path
	 * @return the description, or {@code null} if the instance has no such metadata or
	 * the service is not used
	 * @throws InvalidEndpointRequestException if the path is invalid
	 * @throws ImdsException if the service does not answer
	 */
	@ReadOperation
	public @Nullable MetadataDescriptor metadata(@Selector(match = Match.ALL_REMAINING) String... path) {
		return metadata(RequestedPath.of(String.join("/", path)), this.showValues.isShown(true)).orElse(null);
	}

	Optional<MetadataDescriptor> metadata(String path, boolean showValues) {
		if (!isEnabled()) {
			return Optional.empty();
		}
		if (showValues && path.equals(USER_DATA)) {
			return this.userData.get()
				.map((data) -> new MetadataDescriptor(path, this.sanitizer.sanitize(path, data.value(), true),
						data.encoding()));
		}
		return this.metadata.read(path)
			.map((value) -> new MetadataDescriptor(path, this.sanitizer.sanitize(path, value, showValues), null));
	}

	private boolean isEnabled() {
		return this.client.status().detection().isEnabled();
	}

}
