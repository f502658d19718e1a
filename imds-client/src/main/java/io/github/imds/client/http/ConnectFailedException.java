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
import java.net.SocketTimeoutException;

/**
 * Exception thrown when no connection could be made, so that nothing was sent.
 *
 * @since 0.1.0
 */
public final class ConnectFailedException extends IOException {

	/**
	 * Create a new exception.
	 * @param cause the failure of the last attempt
	 */
	public ConnectFailedException(IOException cause) {
		super(cause.getMessage(), cause);
	}

	/**
	 * Return whether nothing came back, not even a refusal.
	 * @return whether the attempt timed out
	 */
	public boolean isTimeout() {
		return getCause() instanceof SocketTimeoutException;
	}

}
