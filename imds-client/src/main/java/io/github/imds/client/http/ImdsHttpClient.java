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
		return observe(HttpMethod.PUT, null, () -> {
			if (doubtful) {
				probe(uri, deadline);
			}
			return exchange(restClient().put().uri(uri).header(TTL_HEADER, Long.toString(timeToLive.toSeconds())),
					HttpMethod.PUT, uri, deadline);
		});
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
		return observe(HttpMethod.GET, path,
				() -> exchange(restClient().get().uri(uri).header(TOKEN_HEADER, token.value()), HttpMethod.GET, uri,
						deadline));
	}

	private RestClient restClient() {
		return this.restClient.obtain();
	}

	/**
	 * Make a request an observation of its own. That of {@link RestClient} would tell the
	 * path.
	 */
	private ImdsResponse observe(HttpMethod method, @Nullable MetadataPath path, Exchange exchange) throws IOException {
		if (!isObserved(method)) {
			return exchange.make();
		}
		ImdsRequestObservationContext context = new ImdsRequestObservationContext(method,
				(path != null) ? ObservedCategory.of(path) : "api/token");
		Observation observation = ImdsObservationDocumentation.REQUEST.start(this.observationConvention,
				new DefaultImdsRequestObservationConvention(), () -> context, this.observationRegistry);
		ImdsResponse response = null;
		try {
			response = exchange.make();
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

	private void probe(URI uri, Deadline deadline) throws IOException {
		try {
			this.connector.probe(uri, deadline);
		}
		catch (IOException ex) {
			logFailure(HttpMethod.PUT, uri, ex);
			throw ex;
		}
	}

	private ImdsResponse exchange(RestClient.RequestHeadersSpec<?> request, HttpMethod method, URI uri,
			Deadline deadline) throws IOException {
		try {
			ImdsResponse response = request.header("Accept", "*/*")
				.header("User-Agent", this.userAgent)
				.attribute(SocketRequestFactory.DEADLINE, deadline)
				.exchangeForRequiredValue((httpRequest, httpResponse) -> new ImdsResponse(uri, httpResponse), false);
			if (logger.isDebugEnabled()) {
				logger.debug("%s %s answered %d".formatted(method, uri, response.status()));
			}
			return response;
		}
		catch (ResourceAccessException ex) {
			IOException cause = (ex.getCause() instanceof IOException io) ? io : new IOException(ex.getMessage());
			logFailure(method, uri, cause);
			throw cause;
		}
	}

	private static void logFailure(HttpMethod method, URI uri, IOException failure) {
		if (logger.isDebugEnabled()) {
			logger.debug("%s %s failed: %s".formatted(method, uri, failure));
		}
	}

	/**
	 * A request and its response.
	 */
	@FunctionalInterface
	private interface Exchange {

		ImdsResponse make() throws IOException;

	}

}
