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

package io.github.imds.client.observation;

/**
 * Exception of an observation in place of the one that ended a request, which has a
 * message that can contain an address or a path.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class RequestFailedException extends Exception {

	/**
	 * Create a new exception.
	 * @param cause the exception that ended the request; only its simple name is kept
	 */
	public RequestFailedException(Throwable cause) {
		super(cause.getClass().getSimpleName());
	}

}
