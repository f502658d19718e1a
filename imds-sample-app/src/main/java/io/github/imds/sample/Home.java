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

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Content of the home page.
 *
 * @param application the name of this application
 * @param source where the metadata comes from
 * @param instanceId a value injected with {@code @Value}
 * @param sample values bound with {@code @ConfigurationProperties}
 * @param instanceType a value read with the client
 * @param metadata what the visitor asked for, if anything
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Home(String application, String source, String instanceId, SampleProperties sample, String instanceType,
		@Nullable Metadata metadata) {

	HttpStatus status() {
		return (this.metadata != null) ? this.metadata.status() : HttpStatus.OK;
	}

}
