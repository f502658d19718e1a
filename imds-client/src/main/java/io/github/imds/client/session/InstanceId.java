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

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.github.imds.category.MetadataPath;

/**
 * The value that tells the service from others: each instance has one, and it has a form
 * of its own.
 */
final class InstanceId {

	static final MetadataPath PATH = MetadataPath.of("meta-data/instance-id");

	/**
	 * The length of the longest one that is plausible.
	 */
	static final int MAX_LENGTH = 66;

	private static final Pattern PLAUSIBLE = Pattern.compile("i-[\\w-]{1," + (MAX_LENGTH - "i-".length()) + "}");

	private InstanceId() {
	}

	static boolean isPlausible(byte[] body) {
		return PLAUSIBLE.matcher(new String(body, StandardCharsets.UTF_8)).matches();
	}

}
