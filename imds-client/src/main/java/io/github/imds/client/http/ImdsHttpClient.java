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

package io.github.imds.client.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import io.github.imds.category.MetadataPath;
import io.github.imds.client.observation.DefaultImdsRequestObservationConvention;
import io.github.imds.client.observation.ImdsObservationDocumentation;
import io.github.imds.client.observation.ImdsRequestObservationContext;
import io.github.imds.client.observation.ImdsRequestObservationConvention;
import io.github.imds.client.observation.ImdsTreeObservationContext;
import io.github.imds.client.observation.ObservedCategory;
import io.github.imds.client.observation.RequestFailedException;
import io.github.imds.token.ImdsToken;

/**
 * The two requests of the IMDSv2 protocol, on a {@link RestClient} of our own: nothing
 * that an application does to its clients reaches this one.
 *
 * @since 0.1.0
 */
public final class ImdsHttpClient {

	static final String TOKEN_HEADER = "X-aws-ec2-metadata-token";

	/**
	 * Header with the time to live of a token, in seconds.
	 */
	public static final String TTL_HEADER = "X-aws-ec2-metadata-token-ttl-seconds";

	private static final Log logger = LogFactory.getLog(ImdsHttpClient.class);

	private final Connector connector;

	private final SingletonSupplier<RestClient> restClient;

	private final String userAgent;

	private final ObservationRegistry observationRegistry;

	private final @Nullable ImdsRequestObservationConvention observationConvention;

	/**
	 * Create a new client.
	 * @param connectTimeout the maximum time to make a connection
	 * @param readTimeout the maximum time that the service can be silent
	 * @param userAgent the value of the {@code User-Agent} header
	 * @param observationRegistry the registry of the requests' observations
	 * @param observationConvention the convention of these observations, {@code null} for
	 * the default
	 */
	public ImdsHttpClient(Duration connectTimeout, Duration readTimeout, String userAgent,
			ObservationRegistry observationRegistry, @Nullable ImdsRequestObservationConvention observationConvention) {
		this.connector = new Connector(connectTimeout, readTimeout);
		this.restClient = SingletonSupplier.of(() -> create(this.connector));
		this.userAgent = userAgent;
		this.observationRegistry = observationRegistry;
		this.observationConvention = observationConvention;
	}

	/**
	 * Create the {@link RestClient}, when there is something to send: loading its classes
	 * is most of the cost of a client at start-up.
	 */
	private static RestClient create(Connector connector) {
		return RestClient.builder()
			.requestFactory(new SocketRequestFactory(connector))
			.configureMessageConverters((converters) -> {
				// Bodies are read as they come, so none of the default converters is
				// loaded
			})
			.build();
	}

	/**
	 * Ask for a session token.
	 * @param uri the address of the token
	 * @param timeToLive the time to live to ask for
	 * @param doubtful whether to find out first whether there is a service at all
	 * @param deadline the end of the call
	 * @return the answer, to be closed
	 * @throws IOException if there is none
	 */
	public ImdsResponse putToken(URI uri, Duration timeToLive, boolean doubtful, Deadline deadline) throws IOException {
		return observe(new Request(HttpMethod.PUT, uri, null, TTL_HEADER, Long.toString(timeToLive.toSeconds()),
				doubtful, deadline));
	}

	/**
	 * Read a value.
	 * @param uri the address of the value
	 * @param path the path that the address is made from
	 * @param token the session token
	 * @param deadline the end of the call
	 * @return the answer, to be closed
	 * @throws IOException if there is none
	 */
	public ImdsResponse get(URI uri, MetadataPath path, ImdsToken token, Deadline deadline) throws IOException {
		return observe(new Request(HttpMethod.GET, uri, path, TOKEN_HEADER, token.value(), false, deadline));
	}

	/**
	 * Make a request an observation of its own. That of {@link RestClient} would tell the
	 * path.
	 */
	private ImdsResponse observe(Request request) throws IOException {
		if (!isObserved(request.method())) {
			return send(request);
		}
		ImdsRequestObservationContext context = new ImdsRequestObservationContext(request.method(),
				(request.path() != null) ? ObservedCategory.of(request.path()) : "api/token");
		Observation observation = ImdsObservationDocumentation.REQUEST.start(this.observationConvention,
				new DefaultImdsRequestObservationConvention(), () -> context, this.observationRegistry);
		ImdsResponse response = null;
		try {
			response = send(request);
			context.setStatus(response.status());
			return response;
		}
		catch (IOException ex) {
			Throwable reason = (ex instanceof ConnectFailedException) ? ex.getCause() : null;
			Throwable cause = (reason != null) ? reason : ex;
			context.setException(cause.getClass().getSimpleName());
			observation.error(new RequestFailedException(cause));
			throw ex;
		}
		finally {
			stop(observation, response);
		}
	}

	/**
	 * Stop an observation. A handler or convention of the application that throws fails
	 * the request, as with other clients, and then nobody else closes the answer.
	 */
	private static void stop(Observation observation, @Nullable ImdsResponse response) {
		boolean stopped = false;
		try {
			observation.stop();
			stopped = true;
		}
		finally {
			if (!stopped && response != null) {
				response.close();
			}
		}
	}

	private boolean isObserved(HttpMethod method) {
		if (this.observationRegistry.isNoop()) {
			return false;
		}
		Observation current = this.observationRegistry.getCurrentObservation();
		return method != HttpMethod.GET || current == null
				|| !(current.getContextView() instanceof ImdsTreeObservationContext);
	}

	private ImdsResponse send(Request request) throws IOException {
		try {
			if (request.doubtful()) {
				this.connector.probe(request.uri(), request.deadline());
			}
			ImdsResponse response = exchange(request);
			if (logger.isDebugEnabled()) {
				logger.debug("%s answered %d".formatted(request, response.status()));
			}
			return response;
		}
		catch (IOException ex) {
			if (logger.isDebugEnabled()) {
				logger.debug("%s failed: %s".formatted(request, ex));
			}
			throw ex;
		}
	}

	private ImdsResponse exchange(Request request) throws IOException {
		try {
			return this.restClient.obtain()
				.method(request.method())
				.uri(request.uri())
				.header(request.header(), request.value())
				.header("Accept", "*/*")
				.header("User-Agent", this.userAgent)
				.attribute(SocketRequestFactory.DEADLINE, request.deadline())
				.exchangeForRequiredValue((httpRequest, response) -> new ImdsResponse(request.uri(), response), false);
		}
		catch (ResourceAccessException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getMessage());
		}
	}

	/**
	 * Request with the header that authenticates it or asks for a token.
	 */
	private record Request(HttpMethod method, URI uri, @Nullable MetadataPath path, String header, String value,
			boolean doubtful, Deadline deadline) {

		/**
		 * Return the request line: the header is a secret.
		 */
		@Override
		public String toString() {
			return this.method + " " + this.uri;
		}

	}

}
