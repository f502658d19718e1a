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

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the time that changes of a {@link SimulatedInstance} last.
 */
class SimulatedInstanceChangesTests extends AbstractSimulatedInstanceTests {

	@Test
	void changesLastUntilTheEndOfTheTest() {
		assertSuccessful(2, ChangingTestCase.class);
	}

	@Test
	void simulatorIsResetAfterTheTestsOfOneClassForThoseOfTheNext() {
		assertSuccessful(3, ChangingTestCase.class, PlainTestCase.class);
	}

	@Test
	void changesBeforeAllTestsLastUntilTheEndOfTheClass() {
		assertSuccessful(6, ChangingBeforeAllTestCase.class, PlainTestCase.class);
	}

	@Test
	void changesOfTheOnlyInstanceOfAClassLastUntilTheEndOfTheClass() {
		assertSuccessful(3, ChangingPerClassTestCase.class, PlainTestCase.class);
	}

	@Test
	void changesOfAConstructorLastUntilTheEndOfTheTest() {
		assertSuccessful(2, ChangingConstructorTestCase.class);
	}

	@Test
	void classesInParallelDoNotDisturbEachOther() {
		Events events = EngineTestKit.engine("junit-jupiter")
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8")
			.selectors(Stream
				.of(ChangingTestCase.class, PlainTestCase.class, EqualTestCase.class, ChangingBeforeAllTestCase.class,
						EnclosingTestCase.class, CustomizedTestCase.class, UnannotatedTestCase.class,
						ChangingPerClassTestCase.class)
				.map(DiscoverySelectors::selectClass)
				.toArray(ClassSelector[]::new))
			.execute()
			.testEvents();
		assertThat(events.failed().stream()).isEmpty();
		events.assertStatistics((statistics) -> statistics.started(17).succeeded(17));
	}

	private static String tag(ImdsSimulator simulator, String key) {
		return RawHttp.get(simulator, "/latest/meta-data/tags/instance/" + key).text();
	}

	@SimulatedInstance
	@TestMethodOrder(MethodName.class)
	static class ChangingTestCase {

		@Test
		void first(ImdsSimulator simulator) {
			simulator.tag("Environment", "production");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/Environment").text())
				.isEqualTo("production");
		}

		@Test
		void second(ImdsSimulator simulator) {
			assertThat(simulator.requests()).isEmpty();
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/Environment").text())
				.isEqualTo("staging");
			simulator.tag("Environment", "production");
		}

	}

	@SimulatedInstance
	static class ChangingBeforeAllTestCase {

		@BeforeAll
		static void change(ImdsSimulator simulator) {
			assertThat(tag(simulator, "Environment")).isEqualTo("staging");
			simulator.tag("Environment", "of the class");
			simulator.wireMock().stubFor(get("/latest/meta-data/mac").willReturn(ok("of the class")));
		}

		@RepeatedTest(2)
		void test(ImdsSimulator simulator) {
			assertThat(tag(simulator, "Environment")).isEqualTo("of the class");
			assertThat(RawHttp.get(simulator, "/latest/meta-data/mac").text()).isEqualTo("of the class");
			simulator.tag("Environment", "of the test");
			simulator.wireMock().resetMappings();
		}

		@Nested
		class Inside {

			@BeforeAll
			static void change(ImdsSimulator simulator) {
				assertThat(tag(simulator, "Environment")).isEqualTo("of the class");
				simulator.tag("Environment", "of the nested class");
			}

			@RepeatedTest(2)
			void test(ImdsSimulator simulator) {
				assertThat(tag(simulator, "Environment")).isEqualTo("of the nested class");
				simulator.tag("Environment", "of the test");
			}

		}

		@Nested
		class Beside {

			@Test
			void test(ImdsSimulator simulator) {
				assertThat(tag(simulator, "Environment")).isEqualTo("of the class");
			}

		}

	}

	@SimulatedInstance
	@TestInstance(Lifecycle.PER_CLASS)
	static class ChangingPerClassTestCase {

		ChangingPerClassTestCase(ImdsSimulator simulator) {
			simulator.tag("Environment", "of the constructor");
		}

		@BeforeAll
		void change(ImdsSimulator simulator) {
			simulator.tag("Name", "of the class");
		}

		@RepeatedTest(2)
		void test(ImdsSimulator simulator) {
			assertThat(tag(simulator, "Environment")).isEqualTo("of the constructor");
			assertThat(tag(simulator, "Name")).isEqualTo("of the class");
			simulator.tag("Environment", "of the test").tag("Name", "of the test");
		}

	}

	@SimulatedInstance
	static class ChangingConstructorTestCase {

		ChangingConstructorTestCase(ImdsSimulator simulator) {
			assertThat(tag(simulator, "Environment")).isEqualTo("staging");
			simulator.tag("Environment", "of the constructor");
		}

		@RepeatedTest(2)
		void test(ImdsSimulator simulator) {
			assertThat(tag(simulator, "Environment")).isEqualTo("of the constructor");
		}

	}

}
