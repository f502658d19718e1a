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

import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;
import org.junit.platform.testkit.engine.Events;
import org.junit.platform.testkit.engine.TestExecutionResultConditions;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SimulatedInstance}.
 */
class SimulatedInstanceTests {

	private static final Map<String, ImdsSimulator> simulators = new LinkedHashMap<>();

	private static final String[] PROPERTIES = { "imds.client.endpoint", "aws.ec2MetadataServiceEndpoint",
			"aws.disableEc2Metadata" };

	@BeforeEach
	void forgetSimulators() {
		simulators.clear();
	}

	@Test
	void systemPropertiesAreLeftAlone() {
		assertSuccessful(1, PlainTestCase.class);
	}

	@Test
	void simulatorRunsUntilTheEndOfTheTestRun() {
		assertSuccessful(2, PlainTestCase.class, EqualTestCase.class);
		assertThat(simulators.get("equal")).isSameAs(simulators.get("plain"));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> RawHttp.token(simulators.get("plain")))
			.withCauseInstanceOf(ConnectException.class);
	}

	@Test
	void differentAnnotationMeansDifferentSimulator() {
		assertSuccessful(2, PlainTestCase.class, CustomizedTestCase.class);
		assertThat(simulators.get("customized")).isNotSameAs(simulators.get("plain"));
	}

	@Test
	void changesLastUntilTheEndOfTheTest() {
		assertSuccessful(2, ChangingTestCase.class);
	}

	@Test
	void simulatorIsResetAfterTheTestsOfOneClassForThoseOfTheNext() {
		assertSuccessful(3, ChangingTestCase.class, PlainTestCase.class);
	}

	@Test
	void simulatorIsThereForConstructorsAndLifecycleMethods() {
		assertSuccessful(2, InjectedTestCase.class, PerClassTestCase.class);
	}

	@Test
	void nestedClassesAreIncluded() {
		assertSuccessful(4, EnclosingTestCase.class);
		assertThat(simulators.get("inheriting")).isSameAs(simulators.get("enclosing"));
		assertThat(simulators.get("overriding")).isNotSameAs(simulators.get("enclosing"));
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
	void declaredFaultIsThereForEachTest() {
		assertSuccessful(2, ThrottledTestCase.class);
	}

	@Test
	void instanceIsReadFromAFile() {
		assertSuccessful(1, FileTestCase.class);
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

	@Test
	void annotationIsInherited() {
		assertSuccessful(1, InheritingTestCase.class);
	}

	@Test
	void annotationMayBeComposed() {
		assertSuccessful(1, ComposedTestCase.class);
	}

	@Test
	void classWithoutAnnotationIsNotAffected() {
		assertSuccessful(3, PlainTestCase.class, UnannotatedTestCase.class, EqualTestCase.class);
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

	private static void assertSuccessful(int tests, Class<?>... testClasses) {
		Events events = run(testClasses);
		assertThat(events.failed().stream()).isEmpty();
		events.assertStatistics((statistics) -> statistics.started(tests).succeeded(tests));
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

	private static Events run(Class<?>... testClasses) {
		return EngineTestKit.engine("junit-jupiter")
			.selectors(Stream.of(testClasses).map(DiscoverySelectors::selectClass).toArray(ClassSelector[]::new))
			.execute()
			.testEvents();
	}

	private static void assertPointsTo(ImdsSimulator simulator) {
		assertThat(System.getProperties()).doesNotContainKeys((Object[]) PROPERTIES);
		assertThat(RawHttp.get(simulator, "/latest/meta-data/instance-id").text()).isEqualTo("i-0123456789abcdef0");
	}

	private static String tag(ImdsSimulator simulator, String key) {
		return RawHttp.get(simulator, "/latest/meta-data/tags/instance/" + key).text();
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
	static class FailingTestCase {

		@Test
		void test() {
			throw new IllegalStateException("as intended");
		}

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

	@SimulatedInstance
	static class InjectedTestCase {

		private static ImdsSimulator atStart;

		private final ImdsSimulator simulator;

		InjectedTestCase(ImdsSimulator simulator) {
			this.simulator = simulator;
			assertPointsTo(simulator);
		}

		@BeforeAll
		static void start(ImdsSimulator simulator) {
			atStart = simulator;
		}

		@Test
		void test() {
			assertThat(this.simulator).isSameAs(atStart);
		}

	}

	@SimulatedInstance
	@TestInstance(Lifecycle.PER_CLASS)
	static class PerClassTestCase {

		private final ImdsSimulator simulator;

		PerClassTestCase(ImdsSimulator simulator) {
			this.simulator = simulator;
			assertPointsTo(simulator);
		}

		@Test
		void test(ImdsSimulator simulator) {
			assertPointsTo(this.simulator);
			assertThat(simulator).isSameAs(this.simulator);
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

	static class InheritingTestCase extends PlainTestCase {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@SimulatedInstance("meta-data/placement/region=us-east-1")
	@interface InVirginia {

	}

	@InVirginia
	static class ComposedTestCase {

		@Test
		void test(ImdsSimulator simulator) {
			assertPointsTo(simulator);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/placement/region").text()).isEqualTo("us-east-1");
		}

	}

	static class UnannotatedTestCase {

		@Test
		void test() {
			assertThat(System.getProperties()).doesNotContainKeys((Object[]) PROPERTIES);
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
