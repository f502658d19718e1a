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

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of the metadata service and of the metadata.
 *
 * @param service the service
 * @param notices the lifecycle events of the instance whose subject is still announced,
 * or {@code null} if there are none or they are not watched
 * @param metadata the values by name, or {@code null} if they cannot be read
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImdsDescriptor(ServiceDescriptor service, @Nullable List<NoticeDescriptor> notices,
		@Nullable Object metadata) implements OperationResponseBody {

	/**
	 * Return only the service, because web frameworks log response bodies.
	 */
	@Override
	public String toString() {
		return "ImdsDescriptor[service=" + this.service + "]";
	}

}
