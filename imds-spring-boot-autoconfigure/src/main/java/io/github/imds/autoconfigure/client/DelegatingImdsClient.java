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

package io.github.imds.autoconfigure.client;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsStatus;
import io.github.imds.client.ReadOption;

/**
 * {@link ImdsClient} that delegates to the current client, so that beans never hold a
 * closed client while the application runs.
 */
final class DelegatingImdsClient implements ImdsClient {

	private final ImdsClientHolder holder;

	DelegatingImdsClient(ImdsClientHolder holder) {
		this.holder = holder;
	}

	@Override
	public Optional<String> get(String path) {
		return call((client) -> client.get(path));
	}

	@Override
	public <T> Optional<T> get(String path, Class<T> type) {
		return call((client) -> client.get(path, type));
	}

	@Override
	public Optional<byte[]> getBytes(String path) {
		return call((client) -> client.getBytes(path));
	}

	@Override
	public Optional<InputStream> stream(String path) {
		return call((client) -> client.stream(path));
	}

	@Override
	public List<String> list(String path) {
		return call((client) -> client.list(path));
	}

	@Override
	public Optional<Object> read(String path, ReadOption... options) {
		return call((client) -> client.read(path, options));
	}

	@Override
	public Map<String, @Nullable Object> tree(String path, ReadOption... options) {
		return call((client) -> client.tree(path, options));
	}

	@Override
	public Map<String, @Nullable Object> everything(ReadOption... options) {
		return call((client) -> client.everything(options));
	}

	@Override
	public Map<String, @Nullable Object> match(Pattern pattern, ReadOption... options) {
		return call((client) -> client.match(pattern, options));
	}

	@Override
	public boolean isAvailable() {
		return call(ImdsClient::isAvailable);
	}

	@Override
	public ImdsStatus status() {
		return call(ImdsClient::status);
	}

	@Override
	public void close() {
		this.holder.close();
	}

	/**
	 * Call the current client. If the client is closed during the call, because settings
	 * have changed, the call is repeated with its successor.
	 */
	private <T> T call(Function<ImdsClient, T> call) {
		ConfiguredClient target = this.holder.target();
		if (this.holder.isClosed()) {
			throw new IllegalStateException("The client is closed because its application context is closed");
		}
		try {
			return call.apply(target.client());
		}
		catch (IllegalStateException ex) {
			ConfiguredClient successor = this.holder.target();
			if (this.holder.isClosed() || successor == target) {
				throw ex;
			}
			return call.apply(successor.client());
		}
	}

	@Override
	public String toString() {
		return this.holder.toString();
	}

}
