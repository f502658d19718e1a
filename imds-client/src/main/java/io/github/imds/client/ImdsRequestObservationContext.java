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

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataPath;

/**
 * What is told of a request: never its path, since that may hold names that the user has
 * chosen, and nothing through which a handler could get at a token or a body.
 */
final class ImdsRequestObservationContext extends SenderContext<Object> {

	private final HttpMethod method;

	private final String category;

	private @Nullable Integer status;

	private @Nullable String exception;

	/**
	 * Create a context.
	 * @param method the method of the request
	 * @param path the path of the value or directory, or {@code null} for a token
	 */
	ImdsRequestObservationContext(HttpMethod method, @Nullable MetadataPath path) {
		super((carrier, key, value) -> {
			// The service is sent no trace headers
		}, Kind.CLIENT);
		setRemoteServiceName("imds");
		this.method = method;
		this.category = (path != null) ? category(path) : "api/token";
	}

	private static String category(MetadataPath path) {
		return path.category().map(MetadataCategory::pattern).orElseGet(() -> directory(path));
	}

	private static String directory(MetadataPath path) {
		return MetadataCategory.below(path.value())
			.stream()
			.findFirst()
			.map((category) -> Arrays.stream(category.pattern().split("/"))
				.limit(path.segments().size())
				.collect(Collectors.joining("/", "", "/")))
			.orElse("unknown");
	}

	void answered(int status) {
		this.status = status;
	}

	/**
	 * Take note of a failure.
	 * @param cause what was thrown
	 * @return what may be told of it
	 */
	Throwable failed(IOException cause) {
		Throwable reason = (cause instanceof Connector.ConnectFailedException) ? cause.getCause() : null;
		this.exception = ((reason != null) ? reason : cause).getClass().getSimpleName();
		return new RequestFailedException(this.exception);
	}

	HttpMethod method() {
		return this.method;
	}

	String category() {
		return this.category;
	}

	/**
	 * Return the status of the answer.
	 * @return the status, or {@code null} if there is no answer
	 */
	@Nullable Integer status() {
		return this.status;
	}

	/**
	 * Return what ended the request.
	 * @return the simple name of the exception, or {@code null} if none was thrown
	 */
	@Nullable String exception() {
		return this.exception;
	}

	/**
	 * Stands for the exception that ended a request, the message of which could hold its
	 * address.
	 */
	static final class RequestFailedException extends IOException {

		RequestFailedException(String message) {
			super(message);
		}

	}

}
