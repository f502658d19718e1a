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

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.client.ImdsDetection;

/**
 * Settings and the client that is built from them on first use.
 */
final class ConfiguredClient {

	static final String NOT_USED = "ImdsClient[not used yet]";

	private final ImdsClientHolder holder;

	private final ClientSettings settings;

	private final ImdsClientBuilder builder;

	private final boolean customized;

	private final ImdsDetection detection;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable ImdsClient client;

	ConfiguredClient(ImdsClientHolder holder, ClientSettings settings, ImdsClientBuilder builder, boolean customized) {
		this.holder = holder;
		this.settings = settings;
		this.builder = builder;
		this.customized = customized;
		this.detection = builder.detect();
	}

	ClientSettings settings() {
		return this.settings;
	}

	ImdsDetection detection() {
		return this.detection;
	}

	ImdsClient client() {
		ImdsClient client = this.client;
		if (client != null) {
			return client;
		}
		this.lock.lock();
		try {
			client = this.client;
			if (client == null) {
				client = this.holder.build(this.builder, this.customized);
				this.client = client;
			}
			return client;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Close the client if it has been built.
	 */
	void close() {
		ImdsClient client = this.client;
		if (client != null) {
			client.close();
		}
	}

	@Override
	public String toString() {
		ImdsClient client = this.client;
		return (client != null) ? client.toString() : NOT_USED;
	}

}
