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

import org.springframework.util.Assert;

/**
 * Result of a check, without the network, whether the program runs on an EC2 instance.
 *
 * @param result the result
 * @param reason the reason in one line, such as {@code the system vendor is 'Amazon EC2'}
 * @since 0.1.0
 * @see ImdsClientBuilder#detect()
 */
public record ImdsDetection(Result result, String reason) {

	/**
	 * Create a detection.
	 * @param result the result
	 * @param reason the reason in one line
	 */
	public ImdsDetection {
		Assert.notNull(result, "'result' must not be null");
		Assert.hasText(reason, "'reason' must not be empty");
	}

	/**
	 * Return whether a client sends requests to the service.
	 * @return {@code true} unless the result is {@link Result#ABSENT}
	 */
	public boolean isEnabled() {
		return this.result != Result.ABSENT;
	}

	/**
	 * Presence of the metadata service.
	 */
	public enum Result {

		/**
		 * There is a metadata service, or a setting says so.
		 */
		PRESENT,

		/**
		 * There is no metadata service, or a setting says that it must not be used.
		 */
		ABSENT,

		/**
		 * The machine shows neither. The first read tries the service.
		 */
		UNKNOWN

	}

}
