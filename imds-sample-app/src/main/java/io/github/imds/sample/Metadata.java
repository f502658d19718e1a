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

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriUtils;

/**
 * Content of a path: a value, or the entries of a directory, or a message that explains
 * the absence of both.
 *
 * @param path the path, relative to the version of the service
 * @param status the status of the answer
 * @param value the value
 * @param entries the entries of the directory
 * @param message why nothing is shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Metadata(String path, @JsonIgnore HttpStatus status, @Nullable String value, @Nullable List<Entry> entries,
		@Nullable String message) {

	static Metadata ofValue(String path, String value) {
		return new Metadata(path, HttpStatus.OK, value, null, null);
	}

	static Metadata ofDirectory(String path, List<String> names) {
		return new Metadata(path, HttpStatus.OK, null, names.stream().map((name) -> Entry.of(path, name)).toList(),
				null);
	}

	static Metadata ofNothing(String path, HttpStatus status, String message) {
		return new Metadata(path, status, null, null, message);
	}

	/**
	 * One entry of a directory.
	 *
	 * @param name the name as listed
	 * @param path the path of the entry
	 */
	record Entry(String name, String path) {

		private static final String PUBLIC_KEYS = "meta-data/public-keys";

		static Entry of(String directory, String name) {
			// A public key is listed as 0=my-key and found at public-keys/0
			String segment = directory.equals(PUBLIC_KEYS) ? name.split("=", 2)[0] : name;
			return new Entry(name, directory.isEmpty() ? segment : directory + "/" + segment);
		}

		String href() {
			return "?path=" + UriUtils.encode(this.path, StandardCharsets.UTF_8);
		}

	}

}
