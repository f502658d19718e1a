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

package io.github.imds.client.session;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.http.ConnectFailedException;

/**
 * Says what went wrong and what can be done about it.
 */
final class Failures {

	private static final String OPTIONS = "'aws ec2 modify-instance-metadata-options %s'";

	private static final String FORBIDDEN = "Either the metadata service is switched off for this instance; switch it "
			+ "on with " + OPTIONS.formatted("--http-endpoint enabled")
			+ ". Or a proxy on the way adds an X-Forwarded-For header, which the service refuses, or restricts access; "
			+ "let requests to the service bypass it";

	private Failures() {
	}

	static ImdsException noToken(URI endpoint, IOException cause) {
		String problem = "No session token from %s: ".formatted(endpoint);
		if (cause instanceof ConnectFailedException) {
			return new ImdsUnavailableException(problem + notConnected(cause), cause);
		}
		if (cause instanceof SocketTimeoutException && isLoopback(endpoint)) {
			return new ImdsUnavailableException(problem + "the connection was made, but no answer came in time", cause);
		}
		if (cause instanceof SocketTimeoutException) {
			return new ImdsUnavailableException(problem
					+ "the connection was made, but no answer came in time. In a container the answer is lost when "
					+ "the hop limit is too low; raise it with " + OPTIONS.formatted("--http-put-response-hop-limit 2"),
					cause);
		}
		return new ImdsUnavailableException(problem + cause.getMessage(), cause);
	}

	static ImdsException noValue(URI endpoint, MetadataPath path, IOException cause) {
		String problem = "Cannot read '%s' from %s: ".formatted(path, endpoint);
		if (cause instanceof ConnectFailedException) {
			return new ImdsUnavailableException(problem + notConnected(cause), cause);
		}
		if (cause instanceof SocketTimeoutException) {
			return new ImdsUnavailableException(problem
					+ "no answer came in time. Packets are dropped when the instance asks its link-local services too "
					+ "often", cause);
		}
		return new ImdsUnavailableException(problem + cause.getMessage(), cause);
	}

	private static boolean isLoopback(URI endpoint) {
		String host = String.valueOf(endpoint.getHost());
		return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
	}

	private static String notConnected(IOException cause) {
		return "no connection (%s). Either this is not an EC2 instance, or a firewall or network policy is in the way"
			.formatted(cause.getMessage());
	}

	static ImdsException tokenStatus(URI endpoint, int status) {
		if (status == 403) {
			return new ImdsAccessDeniedException(
					"%s refuses to issue a session token (status 403). %s".formatted(endpoint, FORBIDDEN));
		}
		return new ImdsResponseException("No session token from %s: it answered with status %d%s".formatted(endpoint,
				status, isTemporary(status) ? "; it throttles or is overloaded" : ""), status);
	}

	static ImdsException notAToken(URI endpoint, int status) {
		return new ImdsResponseException(
				"No session token from %s: the response is not a token. Is it the metadata service?"
					.formatted(endpoint),
				status);
	}

	static ImdsException notTheService(URI endpoint, int status) {
		return new ImdsResponseException(
				("No session token from %s: the response to a request for the instance ID is not an instance ID. "
						+ "Is it the metadata service?")
					.formatted(endpoint),
				status);
	}

	static ImdsException valueStatus(URI endpoint, MetadataPath path, int status) {
		String problem = "Cannot read '%s' from %s: ".formatted(path, endpoint);
		return switch (status) {
			case 401 ->
				new ImdsAccessDeniedException(problem + "a session token issued a moment ago was rejected", null);
			case 403 -> new ImdsAccessDeniedException(problem + "access is forbidden (status 403). " + FORBIDDEN);
			default -> new ImdsResponseException(problem + "it answered with status %d%s".formatted(status,
					isTemporary(status) ? "; it throttles or is overloaded" : ""), status);
		};
	}

	static ImdsException redirected(URI endpoint, MetadataPath path, int status) {
		return new ImdsResponseException("Cannot read '%s' from %s: it answered with a redirect, which is not followed"
			.formatted(path, endpoint), status);
	}

	/**
	 * Create a failure anew, for a caller that meets it while it is remembered.
	 * @param failure the remembered failure
	 * @return an exception of the same type, caused by the remembered one
	 */
	static ImdsException repeat(ImdsException failure) {
		if (failure instanceof ImdsAccessDeniedException) {
			return new ImdsAccessDeniedException(failure.getMessage(), failure);
		}
		if (failure instanceof ImdsResponseException response) {
			return new ImdsResponseException(failure.getMessage(), response.statusCode(), failure);
		}
		return new ImdsUnavailableException(failure.getMessage(), failure);
	}

	static ImdsException interrupted() {
		return new ImdsUnavailableException("Interrupted while waiting for the instance metadata service", null);
	}

	/**
	 * Throw an exception if the calling thread was interrupted: that closes the
	 * connection of a virtual thread, and says nothing about the service.
	 * @throws ImdsUnavailableException if the thread was interrupted
	 */
	static void checkNotInterrupted() {
		if (Thread.currentThread().isInterrupted()) {
			throw interrupted();
		}
	}

	static ImdsException timedOut(URI endpoint) {
		return new ImdsUnavailableException("No session token from %s in time".formatted(endpoint), null);
	}

	static ImdsException slowTokenStore(URI endpoint) {
		return new ImdsUnavailableException(
				"No session token from %s: the token store took all the time of the call, so the service was not asked"
					.formatted(endpoint),
				null);
	}

	/**
	 * Return whether a status can be another a moment later. A server that does not
	 * implement a method (501) or the protocol (505) will not do so then either.
	 */
	static boolean isTemporary(int status) {
		return status == 429 || (status >= 500 && status != 501 && status != 505);
	}

}
