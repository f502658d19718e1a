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

package io.github.imds.autoconfigure.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of the metadata at a path.
 *
 * @param path the path
 * @param value the value, or the values of a directory by name
 * @param encoding {@code base64} if the value is not text, otherwise {@code null}
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetadataDescriptor(String path, @Nullable Object value,
		@Nullable String encoding) implements OperationResponseBody {

	/**
	 * Return only the path, because web frameworks log response bodies.
	 */
	@Override
	public String toString() {
		return "MetadataDescriptor[path=" + this.path + "]";
	}

}
