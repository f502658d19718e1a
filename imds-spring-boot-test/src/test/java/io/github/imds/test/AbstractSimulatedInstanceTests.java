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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of the tests for {@link SimulatedInstance}: runs test cases, some of them
 * shared.
 */
abstract class AbstractSimulatedInstanceTests {

	static final Map<String, ImdsSimulator> simulators = new LinkedHashMap<>();

	private static final String[] PROPERTIES = { "imds.client.endpoint", "aws.ec2MetadataServiceEndpoint",
			"aws.disableEc2Metadata" };

	@BeforeEach
	void forgetSimulators() {
		simulators.clear();
	}

	static void assertSuccessful(int tests, Class<?>... testClasses) {
		Events events = run(testClasses);
		assertThat(events.failed().stream()).isEmpty();
		events.assertStatistics((statistics) -> statistics.started(tests).succeeded(tests));
	}

	private static Events run(Class<?>... testClasses) {
		return EngineTestKit.engine("junit-jupiter")
			.selectors(Stream.of(testClasses).map(DiscoverySelectors::selectClass).toArray(ClassSelector[]::new))
			.execute()
			.testEvents();
	}

	static void assertPointsTo(ImdsSimulator simulator) {
		assertThat(System.getProperties()).doesNotContainKeys((Object[]) PROPERTIES);
		assertThat(RawHttp.get(simulator, "/latest/meta-data/instance-id").text()).isEqualTo("i-0123456789abcdef0");
	}

	@SimulatedInstance
	static class PlainTestCase {

		@Test
		void test(ImdsSimulator simulator) {
			assertPointsTo(simulator);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/placement/region").text()).isEqualTo("eu-west-1");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/Environment").text())
				.isEqualTo("staging");
			simulators.put("plain", simulator);
		}

	}

	@SimulatedInstance
	static class EqualTestCase {

		@Test
		void test(ImdsSimulator simulator) {
			assertPointsTo(simulator);
			simulators.put("equal", simulator);
		}

	}

	@SimulatedInstance({ "meta-data/placement/region=us-east-1", "meta-data/tags/instance/equation=a=b" })
	static class CustomizedTestCase {

		@Test
		void test(ImdsSimulator simulator) {
			assertPointsTo(simulator);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/placement/region").text()).isEqualTo("us-east-1");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/equation").text()).isEqualTo("a=b");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/Name").text()).isEqualTo("orders-7");
			simulators.put("customized", simulator);
		}

	}

	@SimulatedInstance
	static class EnclosingTestCase {

		@BeforeEach
		void setUp(ImdsSimulator simulator) {
			assertPointsTo(simulator);
		}

		@Test
		void test(ImdsSimulator simulator) {
			assertPointsTo(simulator);
			simulators.put("enclosing", simulator);
		}

		@Nested
		class Inheriting {

			@Test
			void test(ImdsSimulator simulator) {
				assertPointsTo(simulator);
				simulators.put("inheriting", simulator);
			}

		}

		@Nested
		@SimulatedInstance("meta-data/placement/region=us-east-1")
		class Overriding {

			@Test
			void test(ImdsSimulator simulator) {
				assertPointsTo(simulator);
				assertThat(RawHttp.get(simulator, "/latest/meta-data/placement/region").text()).isEqualTo("us-east-1");
				simulators.put("overriding", simulator);
			}

		}

		@Nested
		@TestInstance(Lifecycle.PER_CLASS)
		@SimulatedInstance("meta-data/placement/region=us-east-1")
		class OverridingPerClass {

			OverridingPerClass(ImdsSimulator simulator) {
				assertPointsTo(simulator);
			}

			@Test
			void test(ImdsSimulator simulator) {
				assertPointsTo(simulator);
				assertThat(RawHttp.get(simulator, "/latest/meta-data/placement/region").text()).isEqualTo("us-east-1");
			}

		}

	}

	static class UnannotatedTestCase {

		@Test
		void test() {
			assertThat(System.getProperties()).doesNotContainKeys((Object[]) PROPERTIES);
		}

	}

}
