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

package io.github.imds.autoconfigure.test;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

import io.github.imds.autoconfigure.client.ImdsClientHolder;

/**
 * {@link TestExecutionListener} that makes the application discard everything that it
 * read from the service in other tests: session tokens, failures, values of properties
 * and facts. This includes applications in the context cache.
 */
final class ImdsTestExecutionListener implements TestExecutionListener, Ordered {

	/**
	 * Run before the listener that injects dependencies.
	 */
	private static final int ORDER = 1900;

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void prepareTestInstance(TestContext testContext) {
		reset(testContext);
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		reset(testContext);
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		reset(testContext);
	}

	private static void reset(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			ApplicationContext context = testContext.getApplicationContext();
			if (context.containsBean(ImdsClientHolder.BEAN_NAME)) {
				context.getBean(ImdsClientHolder.BEAN_NAME, ImdsClientHolder.class).reset();
			}
		}
	}

}
