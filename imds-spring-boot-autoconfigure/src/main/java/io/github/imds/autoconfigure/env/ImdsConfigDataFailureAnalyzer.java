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

package io.github.imds.autoconfigure.env;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Explains why instance metadata could not be imported. It has precedence over Spring
 * Boot's own analyzer, which would report that a resource was not found.
 */
@Order(0)
final class ImdsConfigDataFailureAnalyzer extends AbstractFailureAnalyzer<ImdsConfigDataException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ImdsConfigDataException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
