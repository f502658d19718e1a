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

import io.micrometer.observation.Observation;

/**
 * {@link Observation.Context} for a tree of metadata. The requests for its values are not
 * observed one by one.
 *
 * @since 0.1.0
 */
public final class ImdsTreeObservationContext extends Observation.Context {

	private final String category;

	/**
	 * Create a new context.
	 * @param category the path pattern of the directory, or {@code unknown}
	 */
	public ImdsTreeObservationContext(String category) {
		this.category = category;
	}

	/**
	 * Return the category of the directory.
	 * @return the path pattern of a directory in the catalogue, or {@code unknown}
	 */
	public String category() {
		return this.category;
	}

}
