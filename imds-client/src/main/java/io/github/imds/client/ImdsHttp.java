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
import io.github.imds.token.ImdsToken;

/**
 * The two requests of the IMDSv2 protocol, on a {@link RestClient} of our own: nothing
 * that an application does to its clients reaches this one.
 */
final class ImdsHttp {

	static final String TOKEN_HEADER = "X-aws-ec2-metadata-token";

	static final String TTL_HEADER = "X-aws-ec2-metadata-token-ttl-seconds";

	private static final Log logger = LogFactory.getLog(ImdsHttp.class);

	private final Connector connector;

	private final SingletonSupplier<RestClient> restClient;

	private final ObservationRegistry observationRegistry;

	ImdsHttp(Duration connectTimeout, Duration readTimeout, ObservationRegistry observationRegistry) {
		this.connector = new Connector(connectTimeout);
		this.restClient = SingletonSupplier.of(() -> create(new ImdsRequestFactory(this.connector, readTimeout)));
		this.observationRegistry = observationRegistry;
	}

	/**
	 * Create the {@link RestClient}, when there is something to send: loading its classes
	 * is most of what a client costs at start-up.
	 */
	private static RestClient create(ImdsRequestFactory requestFactory) {
		TokenLogFilter.install();
		return RestClient.builder().requestFactory(requestFactory).configureMessageConverters((converters) -> {
			// Bodies are read as they come, so none of the default converters is loaded
		}).build();
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
	Reply putToken(URI uri, Duration timeToLive, boolean doubtful, Deadline deadline) throws IOException {
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
	Reply get(URI uri, MetadataPath path, ImdsToken token, Deadline deadline) throws IOException {
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
	private Reply observe(HttpMethod method, @Nullable MetadataPath path, Exchange exchange) throws IOException {
		if (this.observationRegistry.isNoop()) {
			return exchange.make();
		}
		ImdsRequestObservationContext context = new ImdsRequestObservationContext(method, path);
		Observation observation = ImdsObservationDocumentation.REQUEST.start(null,
				new ImdsRequestObservationConvention(), () -> context, this.observationRegistry);
		try {
			Reply reply = exchange.make();
			context.answered(reply.status());
			return reply;
		}
		catch (IOException ex) {
			observation.error(context.failed(ex));
			throw ex;
		}
		finally {
			observation.stop();
		}
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

	private static Reply exchange(RestClient.RequestHeadersSpec<?> request, HttpMethod method, URI uri,
			Deadline deadline) throws IOException {
		try {
			Reply reply = request.header("Accept", "*/*")
				.attribute(ImdsRequestFactory.DEADLINE, deadline)
				.exchangeForRequiredValue((httpRequest, response) -> new Reply(uri, response, deadline), false);
			if (logger.isDebugEnabled()) {
				logger.debug("%s %s answered %d".formatted(method, uri, reply.status()));
			}
			return reply;
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
	 * A request and its answer.
	 */
	@FunctionalInterface
	private interface Exchange {

		Reply make() throws IOException;

	}

}
