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

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the attributes of {@link SimulatedInstance}.
 */
class SimulatedInstanceAttributesTests extends AbstractSimulatedInstanceTests {

	@Test
	void declaredFaultIsThereForEachTest() {
		assertSuccessful(2, ThrottledTestCase.class);
	}

	@Test
	void instanceIsReadFromAFile() {
		assertSuccessful(1, FileTestCase.class);
	}

	@ParameterizedTest
	@ValueSource(classes = { LineWithoutSeparatorTestCase.class, PerClassLineWithoutSeparatorTestCase.class })
	void lineOfAnotherFormIsAnError(Class<?> testClass) {
		assertClassFailed(testClass, IllegalArgumentException.class,
				"@SimulatedInstance: 'meta-data/placement/region': "
						+ "neither of the form path=body nor method(arguments)");
	}

	@Test
	void lineWithMalformedPathIsAnError() {
		assertClassFailed(LineWithMalformedPathTestCase.class, IllegalArgumentException.class,
				"@SimulatedInstance: '/meta-data/mac=0a:1b:2c:3d:4e:5f': "
						+ "'/meta-data/mac' is not a path such as 'meta-data/instance-id'");
	}

	private static void assertClassFailed(Class<?> testClass, Class<? extends Throwable> type, String message) {
		EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(testClass))
			.execute()
			.containerEvents()
			.assertThatEvents()
			.haveExactly(1,
					EventConditions.event(EventConditions.container(testClass),
							EventConditions.finishedWithFailure(TestExecutionResultConditions.instanceOf(type),
									TestExecutionResultConditions.message(message))));
	}

	@SimulatedInstance({ "throttle(1)", "remove(iam)", "interruptSpot(stop, PT2M)" })
	static class ThrottledTestCase {

		@RepeatedTest(2)
		void test(ImdsSimulator simulator) {
			assertThat(RawHttp.issueToken(simulator, RawHttp.TTL + ": 60").status()).isEqualTo(503);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/iam/").status()).isEqualTo(404);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/spot/").text()).isEqualTo("instance-action");
		}

	}

	@SimulatedInstance(tree = "classpath:instances/recorded.json", value = "mac=02:00:00:00:00:01")
	static class FileTestCase {

		@Test
		void test(ImdsSimulator simulator) {
			assertThat(RawHttp.get(simulator, "/latest/meta-data/").text()).isEqualTo("instance-id\nmac");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/instance-id").text()).isEqualTo("i-recorded");
			assertThat(RawHttp.get(simulator, "/latest/user-data").body()).containsExactly(0x1f, 0x8b, 0);
		}

	}

	@SimulatedInstance("meta-data/placement/region")
	static class LineWithoutSeparatorTestCase {

		@Test
		void test() {
		}

	}

	@SimulatedInstance("meta-data/placement/region")
	@TestInstance(Lifecycle.PER_CLASS)
	static class PerClassLineWithoutSeparatorTestCase {

		@Test
		void test() {
		}

	}

	@SimulatedInstance("/meta-data/mac=0a:1b:2c:3d:4e:5f")
	static class LineWithMalformedPathTestCase {

		@Test
		void test() {
		}

	}

}
