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

import java.util.concurrent.atomic.AtomicLong;

import io.github.imds.client.observation.ImdsClientListener;

/**
 * {@link ImdsClientListener} that counts retries and tokens.
 *
 * @since 0.1.0
 */
public final class ImdsClientCounters implements ImdsClientListener {

	private final AtomicLong retries = new AtomicLong();

	private final AtomicLong firstTokens = new AtomicLong();

	private final AtomicLong renewedTokens = new AtomicLong();

	/**
	 * Create counters with the value zero.
	 */
	public ImdsClientCounters() {
	}

	@Override
	public void onRetry() {
		this.retries.incrementAndGet();
	}

	@Override
	public void onTokenIssued(boolean renewal) {
		(renewal ? this.renewedTokens : this.firstTokens).incrementAndGet();
	}

	/**
	 * Return the number of attempts that followed a failed attempt, because the service
	 * was unreachable, throttled or failed.
	 * @return the number of attempts, without the first of each call
	 */
	public long retries() {
		return this.retries.get();
	}

	/**
	 * Return the number of tokens that the service issued to a client without a token for
	 * the address. A token from the store does not count.
	 * @return the number of tokens
	 */
	public long firstTokens() {
		return this.firstTokens.get();
	}

	/**
	 * Return the number of tokens that the service issued to replace a token that was
	 * about to expire, had expired, or was rejected.
	 * @return the number of tokens
	 */
	public long renewedTokens() {
		return this.renewedTokens.get();
	}

}
