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

package io.github.imds.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * IMDSv2 on {@link HttpURLConnection} without timeouts, retries or renewal of the token.
 *
 * @since 0.1.0
 */
public final class UrlConnectionClient {

	private final String endpoint;

	private volatile @Nullable String token;

	/**
	 * Create a client of the endpoint in AWS's environment variable.
	 */
	public UrlConnectionClient() {
		this(System.getenv("AWS_EC2_METADATA_SERVICE_ENDPOINT"));
	}

	/**
	 * Create a client.
	 * @param endpoint the base URI
	 */
	public UrlConnectionClient(String endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Read a value.
	 * @param path the path below the version
	 * @return the value
	 * @throws IOException if there is none
	 */
	public String get(String path) throws IOException {
		String token = this.token;
		if (token == null) {
			token = send("PUT", "api/token", "X-aws-ec2-metadata-token-ttl-seconds", "21600");
			this.token = token;
		}
		return send("GET", path, "X-aws-ec2-metadata-token", token);
	}

	private String send(String method, String path, String header, String value) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(this.endpoint + "/latest/" + path)
			.toURL()
			.openConnection();
		connection.setRequestMethod(method);
		connection.setRequestProperty(header, value);
		try (InputStream body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
