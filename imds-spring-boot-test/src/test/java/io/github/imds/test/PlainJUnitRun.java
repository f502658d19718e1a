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

package io.github.imds.test;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A virtual machine of its own for {@link PlainJUnitTests}.
 *
 * @since 0.1.0
 */
public final class PlainJUnitRun {

	private PlainJUnitRun() {
	}

	public static void main(String[] args) {
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> Class.forName("org.springframework.core.env.Environment"));
		Events tests = EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(PlainJUnitTests.PlainTestCase.class))
			.execute()
			.testEvents();
		assertThat(tests.failed().stream()).isEmpty();
		System.out.println(tests.succeeded().count() + " tests");
	}

}
