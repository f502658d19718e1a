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

package io.github.imds.autoconfigure.env;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.origin.Origin;

/**
 * Exception thrown when instance metadata cannot be imported. The message states the
 * location, the reason and the remedy.
 */
final class ImdsConfigDataException extends ConfigDataException {

	private final String action;

	ImdsConfigDataException(ConfigDataLocation location, @Nullable String problem, String action,
			@Nullable Throwable cause) {
		super("Could not import '%s'%s: %s".formatted(location, origin(location), problem), cause);
		this.action = action;
	}

	private static String origin(ConfigDataLocation location) {
		Origin origin = location.getOrigin();
		return (origin != null) ? " (%s)".formatted(origin) : "";
	}

	String action() {
		return this.action;
	}

}
