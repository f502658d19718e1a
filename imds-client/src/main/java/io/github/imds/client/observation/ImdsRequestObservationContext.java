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

package io.github.imds.client.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Context of the observation of a request. It has neither the path, which can contain
 * names that the user has chosen, nor anything that leads to a token or a body.
 *
 * @since 0.1.0
 */
public final class ImdsRequestObservationContext extends SenderContext<Object> {

	private final HttpMethod method;

	private final String category;

	private @Nullable Integer status;

	private @Nullable String exception;

	/**
	 * Create a new context.
	 * @param method the method of the request
	 * @param category the path pattern of the requested value or directory,
	 * {@code api/token}, or {@code unknown}
	 */
	public ImdsRequestObservationContext(HttpMethod method, String category) {
		super((carrier, key, value) -> {
			// The service is sent no trace headers
		}, Kind.CLIENT);
		setRemoteServiceName("imds");
		this.method = method;
		this.category = category;
	}

	/**
	 * Return the HTTP method.
	 * @return the method
	 */
	public HttpMethod method() {
		return this.method;
	}

	/**
	 * Return the category of the requested metadata.
	 * @return the path pattern of a value or a directory in the catalogue,
	 * {@code api/token}, or {@code unknown}
	 */
	public String category() {
		return this.category;
	}

	/**
	 * Return the HTTP status of the response.
	 * @return the status, or {@code null} if there is no response
	 */
	public @Nullable Integer status() {
		return this.status;
	}

	/**
	 * Set the HTTP status of the response.
	 * @param status the status
	 */
	public void setStatus(int status) {
		this.status = status;
	}

	/**
	 * Return the exception that ended the request.
	 * @return the simple name of the exception, or {@code null} if none was thrown
	 */
	public @Nullable String exception() {
		return this.exception;
	}

	/**
	 * Set the exception that ended the request.
	 * @param exception the simple name of the exception
	 */
	public void setException(String exception) {
		this.exception = exception;
	}

}
