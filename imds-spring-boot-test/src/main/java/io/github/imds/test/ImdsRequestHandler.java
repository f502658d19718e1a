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

package io.github.imds.test;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;

import io.github.imds.test.instance.SimulatedMetadata;

/**
 * Answers requests as the Instance Metadata Service does.
 */
final class ImdsRequestHandler {

	private static final String TOKEN_RESOURCE = "/api/token";

	private static final String TOKEN_HEADER = "X-aws-ec2-metadata-token";

	private static final String TTL_HEADER = "X-aws-ec2-metadata-token-ttl-seconds";

	private static final int MAX_TTL_SECONDS = 21600;

	private static final String LATEST = "latest";

	private static final List<String> VERSIONS = List.of("1.0", "2007-01-19", "2007-03-01", "2007-08-29", "2007-10-10",
			"2007-12-15", "2008-02-01", "2008-09-01", "2009-04-04", "2011-01-01", "2011-05-01", "2012-01-12",
			"2014-02-25", "2014-11-05", "2015-10-20", "2016-04-19", "2016-06-30", "2016-09-02", "2016-11-15",
			"2016-11-30", "2018-03-28", "2018-05-23", "2018-08-17", "2018-09-24", "2018-11-29", "2019-10-01",
			"2020-08-24", "2020-10-27", "2020-11-01", "2021-01-03", "2021-03-23", "2021-07-15", "2022-09-24",
			"2024-04-11", LATEST);

	private static final String ERROR_PAGE = """
			<?xml version="1.0" encoding="iso-8859-1"?>
			<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
			\t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
			<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
			 <head>
			  <title>%1$s</title>
			 </head>
			 <body>
			  <h1>%1$s</h1>
			 </body>
			</html>
			""";

	private final Supplier<SimulatedMetadata> metadata;

	private final IssuedTokens tokens;

	ImdsRequestHandler(Supplier<SimulatedMetadata> metadata, IssuedTokens tokens) {
		this.metadata = metadata;
		this.tokens = tokens;
	}

	static boolean isTokenRequest(Request request) {
		return pathOf(request).endsWith(TOKEN_RESOURCE);
	}

	private static String pathOf(Request request) {
		return request.getUrl().split("\\?", 2)[0];
	}

	ResponseDefinition handle(Request request) {
		String path = pathOf(request);
		RequestMethod method = request.getMethod();
		if (path.equals("/" + LATEST + TOKEN_RESOURCE)) {
			return method.equals(RequestMethod.PUT) ? issueToken(request) : methodNotAllowed("OPTIONS, PUT");
		}
		if (method.equals(RequestMethod.PUT) && path.endsWith(TOKEN_RESOURCE)) {
			return error(403, "Forbidden");
		}
		if (!method.isOneOf(RequestMethod.GET, RequestMethod.HEAD)) {
			return methodNotAllowed("GET, HEAD");
		}
		if (!this.tokens.isValid(request.getHeader(TOKEN_HEADER))) {
			return error(401, "Unauthorized");
		}
		return serve(path);
	}

	private ResponseDefinition issueToken(Request request) {
		if (request.containsHeader("X-Forwarded-For")) {
			return error(403, "Forbidden");
		}
		String ttl = request.getHeader(TTL_HEADER);
		if (!isTimeToLive(ttl)) {
			return error(400, "Bad Request");
		}
		String token = this.tokens.issue(Duration.ofSeconds(Integer.parseInt(ttl)));
		return answer(200, "text/plain", token.getBytes(StandardCharsets.US_ASCII)).withHeader(TTL_HEADER, ttl).build();
	}

	private static boolean isTimeToLive(@Nullable String value) {
		if (value == null || !value.matches("[0-9]{1,5}")) {
			return false;
		}
		int seconds = Integer.parseInt(value);
		return seconds >= 1 && seconds <= MAX_TTL_SECONDS;
	}

	private ResponseDefinition serve(String path) {
		String[] parts = path.substring(1).split("/", 2);
		String version = parts[0];
		String resource = (parts.length > 1) ? parts[1] : "";
		if (path.equals("/")) {
			return answer(200, "text/plain", String.join("\n", VERSIONS).getBytes(StandardCharsets.US_ASCII)).build();
		}
		if (!VERSIONS.contains(version)) {
			return error(404, "Not Found");
		}
		String contentType = resource.equals("user-data") ? "application/octet-stream" : "text/plain";
		return decode(resource).flatMap(this.metadata.get()::find)
			.map((body) -> answer(200, contentType, body).build())
			.orElseGet(() -> error(404, "Not Found"));
	}

	private static Optional<String> decode(String path) {
		if (path.toLowerCase(Locale.ROOT).contains("%2f")) {
			return Optional.empty();
		}
		try {
			return Optional.of(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static ResponseDefinition methodNotAllowed(String allowed) {
		return answer(405, "text/html", new byte[0]).withHeader("Allow", allowed).build();
	}

	static ResponseDefinition error(int status, String reason) {
		String page = ERROR_PAGE.formatted(status + " - " + reason);
		return answer(status, "text/html", page.getBytes(StandardCharsets.US_ASCII)).build();
	}

	private static ResponseDefinitionBuilder answer(int status, String contentType, byte[] body) {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(status)
			.withHeader("Content-Type", contentType)
			.withHeader("Content-Length", Integer.toString(body.length))
			.withBody(body);
	}

}
