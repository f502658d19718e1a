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

import java.util.Locale;

import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import io.github.imds.client.observation.ImdsObservationDocumentation.RequestDetailKey;
import io.github.imds.client.observation.ImdsObservationDocumentation.RequestKey;

/**
 * Default {@link ImdsRequestObservationConvention}. Names follow those of Spring's own
 * clients.
 *
 * @since 0.1.0
 */
public class DefaultImdsRequestObservationConvention implements ImdsRequestObservationConvention {

	@Override
	public String getName() {
		return "imds.client.requests";
	}

	@Override
	public String getContextualName(ImdsRequestObservationContext context) {
		return "imds " + context.method().name().toLowerCase(Locale.ROOT) + " " + context.category();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ImdsRequestObservationContext context) {
		return KeyValues.of(
				RequestKey.EXCEPTION.withValue((context.exception() != null) ? context.exception() : "none"),
				RequestKey.METHOD.withValue(context.method().name()),
				RequestKey.OUTCOME.withValue(outcome(context.status())), RequestKey.STATUS.withValue(status(context)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ImdsRequestObservationContext context) {
		return KeyValues.of(RequestDetailKey.CATEGORY.withValue(context.category()));
	}

	private static String status(ImdsRequestObservationContext context) {
		if (context.status() != null) {
			return context.status().toString();
		}
		return (context.exception() != null) ? "IO_ERROR" : "UNKNOWN";
	}

	private static String outcome(@Nullable Integer status) {
		return switch ((status != null) ? status / 100 : 0) {
			case 1 -> "INFORMATIONAL";
			case 2 -> "SUCCESS";
			case 3 -> "REDIRECTION";
			case 4 -> "CLIENT_ERROR";
			case 5 -> "SERVER_ERROR";
			default -> "UNKNOWN";
		};
	}

}
