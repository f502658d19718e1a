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

package io.github.imds.sample;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataPath;
import io.github.imds.client.ImdsClient;

/**
 * Reads any path that a visitor asks for, except for secrets.
 */
@Component
class MetadataBrowser {

	private final ImdsClient imds;

	MetadataBrowser(ImdsClient imds) {
		this.imds = imds;
	}

	Metadata read(String requestedPath) {
		String path = requestedPath.strip();
		try {
			MetadataPath metadataPath = MetadataPath.of(path);
			path = metadataPath.value();
			if (metadataPath.isSensitive()) {
				return Metadata.ofNothing(path, HttpStatus.FORBIDDEN, "Hidden, because it may hold secrets.");
			}
			boolean known = metadataPath.category().isPresent();
			List<String> names = (!known) ? this.imds.list(path) : List.of();
			return (!names.isEmpty()) ? Metadata.ofDirectory(path, names) : readValue(path);
		}
		catch (IllegalArgumentException ex) {
			return Metadata.ofNothing(path, HttpStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
		}
		catch (ImdsException ex) {
			return Metadata.ofNothing(path, HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage());
		}
	}

	private Metadata readValue(String path) {
		return this.imds.get(path)
			.map((value) -> Metadata.ofValue(path, value))
			.orElseGet(() -> Metadata.ofNothing(path, HttpStatus.NOT_FOUND, "The instance has no such metadata."));
	}

}
