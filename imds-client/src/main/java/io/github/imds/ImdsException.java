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

package io.github.imds;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Base class of failures to read instance metadata. The message names the request, its
 * possible causes and a remedy; it never contains a token or a metadata value. Absent
 * metadata yields an empty {@link java.util.Optional}.
 *
 * @since 0.1.0
 */
public abstract class ImdsException extends RuntimeException {

	ImdsException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	@Override
	public String getMessage() {
		return Objects.requireNonNull(super.getMessage());
	}

}
