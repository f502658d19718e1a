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
import java.io.InputStream;
import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.Assert;

import io.github.imds.ImdsResponseException;

/**
 * An open answer of the service. Closing it closes the connection.
 *
 * @since 0.1.0
 */
public final class ImdsResponse implements AutoCloseable {

	/**
	 * More than any body the service sends: user data, the largest, has at most 16 KiB.
	 */
	public static final int MAX_BODY_SIZE = 1024 * 1024;

	private final URI uri;

	private final ClientHttpResponse response;

	private final int status;

	ImdsResponse(URI uri, ClientHttpResponse response) throws IOException {
		this.uri = uri;
		this.response = response;
		this.status = response.getStatusCode().value();
	}

	/**
	 * Return the HTTP status.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return the first value of a header.
	 * @param name the name of the header
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String header(String name) {
		List<String> values = this.response.getHeaders().get(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : null;
	}

	/**
	 * Return whether the answer sends the client to the same address with a final slash.
	 * @return whether the redirect may be followed
	 */
	public boolean redirectsToDirectory() {
		String location = header("Location");
		try {
			return location != null && this.uri.resolve(location).equals(URI.create(this.uri + "/"));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Read the body within the time of the call.
	 * @return the bytes
	 * @throws IOException if the body does not end in time or is invalid
	 */
	public byte[] bytes() throws IOException {
		byte[] bytes = bytes(MAX_BODY_SIZE + 1);
		if (bytes.length > MAX_BODY_SIZE) {
			throw new ImdsResponseException(
					"The answer to %s is larger than %d bytes; read it as a stream".formatted(this.uri, MAX_BODY_SIZE),
					this.status);
		}
		return bytes;
	}

	/**
	 * Read the body, or its beginning, within the time of the call.
	 * @param limit the maximum number of bytes to read
	 * @return the bytes
	 * @throws IOException if the body does not end in time or is invalid
	 */
	public byte[] bytes(int limit) throws IOException {
		return this.response.getBody().readNBytes(limit);
	}

	/**
	 * Return the body, to be read after the call has ended.
	 * @return the body, which closes the answer
	 * @throws IOException if there is none
	 */
	public InputStream stream() throws IOException {
		InputStream body = this.response.getBody();
		Assert.state(body instanceof BodyInputStream, "The body has no connection of its own");
		((BodyInputStream) body).outliveCall();
		return body;
	}

	@Override
	public void close() {
		this.response.close();
	}

}
