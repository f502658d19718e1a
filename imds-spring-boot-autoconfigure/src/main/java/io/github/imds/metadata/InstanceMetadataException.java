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

package io.github.imds.metadata;

/**
 * The service answered, but not with the metadata that was asked for: with an error in
 * its place, or without what it always has. The message says which metadata and what is
 * wrong with it; it never holds a metadata value. A service that does not answer is an
 * {@link io.github.imds.client.ImdsException}.
 *
 * @since 0.1.0
 */
public final class InstanceMetadataException extends RuntimeException {

	InstanceMetadataException(String message) {
		super(message);
	}

}
