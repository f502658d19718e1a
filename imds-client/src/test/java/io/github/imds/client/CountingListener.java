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

import java.util.concurrent.atomic.AtomicLong;

import io.github.imds.client.observation.ImdsClientListener;

/**
 * Listener that counts.
 *
 * @since 0.1.0
 */
public final class CountingListener implements ImdsClientListener {

	private final AtomicLong retries = new AtomicLong();

	private final AtomicLong firstTokens = new AtomicLong();

	private final AtomicLong renewedTokens = new AtomicLong();

	@Override
	public void onRetry() {
		this.retries.incrementAndGet();
	}

	@Override
	public void onTokenIssued(boolean renewal) {
		(renewal ? this.renewedTokens : this.firstTokens).incrementAndGet();
	}

	public long retries() {
		return this.retries.get();
	}

	public long firstTokens() {
		return this.firstTokens.get();
	}

	public long renewedTokens() {
		return this.renewedTokens.get();
	}

}
