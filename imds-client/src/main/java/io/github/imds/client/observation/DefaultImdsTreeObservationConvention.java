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

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

import io.github.imds.client.observation.ImdsObservationDocumentation.TreeKey;

/**
 * Default {@link ObservationConvention} for trees of metadata.
 *
 * @since 0.1.0
 */
public class DefaultImdsTreeObservationConvention implements ObservationConvention<ImdsTreeObservationContext> {

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ImdsTreeObservationContext;
	}

	@Override
	public String getName() {
		return "imds.client.trees";
	}

	@Override
	public String getContextualName(ImdsTreeObservationContext context) {
		return "imds tree " + context.category();
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ImdsTreeObservationContext context) {
		return KeyValues.of(TreeKey.CATEGORY.withValue(context.category()));
	}

}
