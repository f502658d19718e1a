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

import io.github.imds.ImdsException;

/**
 * One attempt failed in a way that another one may not.
 */
final class RetryableException extends Exception {

	private final ImdsException failure;

	RetryableException(ImdsException failure) {
		super(failure);
		this.failure = failure;
	}

	/**
	 * Return what the caller gets to see if there is no other attempt.
	 * @return the failure
	 */
	ImdsException failure() {
		return this.failure;
	}

}
