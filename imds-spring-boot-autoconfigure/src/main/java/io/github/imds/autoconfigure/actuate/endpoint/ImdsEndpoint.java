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

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
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

/**
 * {@link Endpoint @Endpoint} that shows the metadata of the instance and what is known of
 * the service. All metadata is read at once and kept for a short time, every request is
 * answered from that. Only user data is read by itself, when it may be shown.
 */
@Endpoint(id = "imds")
class ImdsEndpoint {

	private final ImdsClient client;

	private final Show showValues;

	private final ValueMask mask;

	private final TimedCache<MetadataSnapshot> tree;

	private final TimedCache<Optional<UserData>> userData;

	ImdsEndpoint(ImdsClient client, Show showValues, List<SanitizingFunction> sanitizingFunctions,
			Duration timeToLive) {
		this.client = client;
		this.showValues = showValues;
		this.mask = new ValueMask(sanitizingFunctions);
		this.tree = new TimedCache<>(() -> MetadataSnapshot.read(client), timeToLive);
		this.userData = new TimedCache<>(() -> client.getBytes(MetadataCategory.USER_DATA.pattern()).map(UserData::of),
				timeToLive);
	}

	@ReadOperation
	Overview overview(@Nullable String pattern) {
		return overview(pattern, this.showValues.isShown(true));
	}

	Overview overview(@Nullable String pattern, boolean show) {
		Predicate<String> selection = StringUtils.hasText(pattern) ? RequestedPath.matching(pattern) : (path) -> true;
		Object metadata = null;
		ImdsException failure = null;
		if (isEnabled()) {
			try {
				metadata = this.mask.apply("", this.tree.get().select(selection).root(), show);
			}
			catch (ImdsException ex) {
				failure = ex;
			}
		}
		return new Overview(ServiceDescriptor.of(this.client.status(), failure), metadata);
	}

	@ReadOperation
	@Nullable Metadata metadata(@Selector(match = Match.ALL_REMAINING) String... path) {
		return metadata(RequestedPath.of(String.join("/", path)), this.showValues.isShown(true)).orElse(null);
	}

	/**
	 * Return what is at a path.
	 * @param path the path in the form of the catalogue
	 * @param show whether to show values
	 * @return what is there, or empty if there is nothing or the service is not used
	 * @throws ImdsException if the service does not answer
	 */
	Optional<Metadata> metadata(String path, boolean show) {
		Optional<Object> found = isEnabled() ? this.tree.get().find(path) : Optional.empty();
		if (found.isPresent() && show && path.equals(MetadataCategory.USER_DATA.pattern())) {
			return this.userData.get()
				.map((data) -> new Metadata(path, this.mask.apply(path, data.value(), true), data.encoding()));
		}
		return found.map((value) -> new Metadata(path, this.mask.apply(path, value, show), null));
	}

	private boolean isEnabled() {
		return this.client.status().detection().isEnabled();
	}

	/**
	 * The answer to a request without a path.
	 *
	 * @param service what is known of the service
	 * @param metadata the tree of the metadata, absent if it cannot be read
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Overview(ServiceDescriptor service, @Nullable Object metadata) implements OperationResponseBody {

		@Override
		public String toString() {
			return "Overview[service=" + this.service + "]";
		}

	}

	/**
	 * The answer to a request with a path.
	 *
	 * @param path the path
	 * @param value the value, or the tree of the directory
	 * @param encoding how a value is written that is no text: {@code base64}
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Metadata(String path, @Nullable Object value, @Nullable String encoding) implements OperationResponseBody {

		/**
		 * Without the value, since web frameworks log what they write.
		 */
		@Override
		public String toString() {
			return "Metadata[path=" + this.path + "]";
		}

	}

}
