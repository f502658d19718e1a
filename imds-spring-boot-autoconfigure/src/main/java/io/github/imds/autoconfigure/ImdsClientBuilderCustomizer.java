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

package io.github.imds.autoconfigure;

import io.github.imds.client.ImdsClientBuilder;

/**
 * Callback interface that can be implemented by beans wishing to customize the
 * {@link ImdsClientBuilder} of the auto-configured client. It is called once for each
 * client, after the settings {@code imds.client.*} have been applied; a change of the
 * settings or a restart of the application builds another client. Properties that are
 * read before the context is refreshed are read without customizers.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImdsClientBuilderCustomizer {

	/**
	 * Customize the builder.
	 * @param builder the builder to customize
	 */
	void customize(ImdsClientBuilder builder);

}
