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

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.imds.category.MetadataCategory;
import io.github.imds.category.MetadataPath;

/**
 * Category of an observed path, which contains nothing of the instance.
 *
 * @since 0.1.0
 */
public final class ObservedCategory {

	private ObservedCategory() {
	}

	/**
	 * Return the category of a path.
	 * @param path the path
	 * @return the path pattern of a value or a directory in the catalogue, or
	 * {@code unknown}
	 */
	public static String of(MetadataPath path) {
		return path.category().map(MetadataCategory::pattern).orElseGet(() -> directory(path));
	}

	private static String directory(MetadataPath path) {
		return MetadataCategory.below(path.value())
			.stream()
			.findFirst()
			.map((category) -> Arrays.stream(category.pattern().split("/"))
				.limit(path.segments().size())
				.collect(Collectors.joining("/", "", "/")))
			.orElse("unknown");
	}

}
