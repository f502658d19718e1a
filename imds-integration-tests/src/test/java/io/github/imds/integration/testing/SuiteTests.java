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

package io.github.imds.integration.testing;

import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tests of this package do not depend on their order, on each other, or on
 * running alone.
 */
class SuiteTests {

	private static final Class<?>[] CLASSES = { RegionTests.class, RegionFaultTests.class, OrdersApplicationTests.class,
			OrdersControllerTests.class, OrdersRunnerTests.class, ChangingTests.class, UnannotatedTests.class,
			EarlyPropertiesTests.class, TokenFilesTests.class, NestedTests.class, PerClassTests.class,
			DirtiedContextTests.class, DynamicEndpointTests.class, SliceTests.class };

	@RepeatedTest(2)
	void testsPassInRandomOrderAndInParallel(RepetitionInfo repetition) {
		Properties before = (Properties) System.getProperties().clone();
		Events tests = EngineTestKit.engine("junit-jupiter")
			.configurationParameter("junit.jupiter.testclass.order.default",
					"org.junit.jupiter.api.ClassOrderer$Random")
			.configurationParameter("junit.jupiter.testmethod.order.default",
					"org.junit.jupiter.api.MethodOrderer$Random")
			.configurationParameter("junit.jupiter.execution.order.random.seed",
					Integer.toString(repetition.getCurrentRepetition()))
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
			.selectors(Stream.of(CLASSES).map(DiscoverySelectors::selectClass).toArray(ClassSelector[]::new))
			.execute()
			.testEvents();
		assertThat(tests.failed().stream()).isEmpty();
		assertThat(tests.succeeded().count()).isEqualTo(tests.started().count()).isGreaterThan(12);
		assertThat(System.getProperties().stringPropertyNames()).filteredOn((name) -> name.contains("imds"))
			.allMatch(before::containsKey);
	}

}
