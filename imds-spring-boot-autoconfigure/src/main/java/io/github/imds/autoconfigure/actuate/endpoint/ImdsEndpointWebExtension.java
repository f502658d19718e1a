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
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.github.imds.ImdsException;
import io.github.imds.autoconfigure.actuate.ImdsEndpoint.Overview;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} of the {@link ImdsEndpoint}: who
 * asks decides what is shown, and status codes say what there is.
 */
@EndpointWebExtension(endpoint = ImdsEndpoint.class)
class ImdsEndpointWebExtension {

	private final ImdsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	ImdsEndpointWebExtension(ImdsEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	@ReadOperation
	Overview overview(SecurityContext securityContext, @Nullable String pattern) {
		return this.delegate.overview(pattern, isShown(securityContext));
	}

	/**
	 * Return what is at a path.
	 * @param securityContext who asks
	 * @param path the segments of the path; something else if a request parameter of that
	 * name took their place, which an access rule for the path would not have seen
	 * @return the answer
	 */
	@ReadOperation
	WebEndpointResponse<OperationResponseBody> metadata(SecurityContext securityContext,
			@Selector(match = Match.ALL_REMAINING) Object path) {
		String requested = RequestedPath.ofSegments(path);
		try {
			return this.delegate.metadata(requested, isShown(securityContext))
				.<WebEndpointResponse<OperationResponseBody>>map(WebEndpointResponse::new)
				.orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
		}
		catch (ImdsException ex) {
			return new WebEndpointResponse<>(new Unavailable(requested, ex.getMessage()),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

	/**
	 * The answer when the service cannot be read.
	 *
	 * @param path the path
	 * @param failure why
	 */
	record Unavailable(String path, @Nullable String failure) implements OperationResponseBody {

	}

}
