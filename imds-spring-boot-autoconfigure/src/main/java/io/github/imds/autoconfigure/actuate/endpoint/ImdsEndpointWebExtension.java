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

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.github.imds.ImdsException;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the {@link ImdsEndpoint}. It
 * shows values to authorized users and answers with the status codes of HTTP.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = ImdsEndpoint.class)
@RegisterReflectionForBinding(ImdsEndpointWebExtension.FailureDescriptor.class)
public class ImdsEndpointWebExtension {

	private final ImdsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create a new extension.
	 * @param delegate the endpoint
	 * @param showValues when to show values
	 * @param roles the roles of authorized users; empty if all authenticated users are
	 * authorized
	 */
	public ImdsEndpointWebExtension(ImdsEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Return the state of the service and all metadata that matches a pattern.
	 * @param securityContext the user
	 * @param pattern a pattern of paths, or {@code null} for all metadata
	 * @return the response: 200, or 400 if the pattern is invalid
	 */
	@ReadOperation
	public WebEndpointResponse<OperationResponseBody> imds(SecurityContext securityContext, @Nullable String pattern) {
		try {
			return new WebEndpointResponse<>(this.delegate.imds(pattern, isShown(securityContext)));
		}
		catch (InvalidEndpointRequestException ex) {
			return badRequest(ex);
		}
	}

	/**
	 * Return the metadata at a path.
	 * @param securityContext the user
	 * @param path the segments of the path. The type is {@code Object}, because a request
	 * parameter of the same name takes the place of the segments; access rules for paths
	 * do not apply to it, so it is refused
	 * @return the response: 200, 400 if the path is invalid, 404 if the instance has no
	 * such metadata, or 503 if the service does not answer
	 */
	@ReadOperation
	public WebEndpointResponse<OperationResponseBody> metadata(SecurityContext securityContext,
			@Selector(match = Match.ALL_REMAINING) Object path) {
		String requested = null;
		try {
			requested = RequestedPath.ofSegments(path);
			return this.delegate.metadata(requested, isShown(securityContext))
				.<WebEndpointResponse<OperationResponseBody>>map(WebEndpointResponse::new)
				.orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
		}
		catch (InvalidEndpointRequestException ex) {
			return badRequest(ex);
		}
		catch (ImdsException ex) {
			return new WebEndpointResponse<>(new FailureDescriptor(requested, ex.getMessage()),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

	/**
	 * Answer without an exception: WebFlux on Tomcat at times closes the connection of an
	 * operation that throws, before the answer is written.
	 */
	private static WebEndpointResponse<OperationResponseBody> badRequest(InvalidEndpointRequestException ex) {
		return new WebEndpointResponse<>(new FailureDescriptor(null, ex.getMessage()),
				WebEndpointResponse.STATUS_BAD_REQUEST);
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

	/**
	 * Description of a failure to read metadata.
	 *
	 * @param path the path, or {@code null} if it is invalid
	 * @param failure why the metadata cannot be read
	 */
	record FailureDescriptor(@Nullable String path, @Nullable String failure) implements OperationResponseBody {

	}

}
