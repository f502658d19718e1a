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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatedInstance} on applications of Spring Boot.
 */
class SimulatedInstanceSpringTests {

	private static final Map<String, Application> applications = new LinkedHashMap<>();

	@BeforeEach
	void forgetApplications() {
		applications.clear();
	}

	@ParameterizedTest
	@ValueSource(classes = { AboveTestCase.class, BelowTestCase.class, PerClassAboveTestCase.class,
			PerClassBelowTestCase.class, ConstructorTestCase.class, PerClassConstructorTestCase.class })
	void environmentIsPreparedWithTheEndpoint(Class<?> testClass) {
		assertSuccessful(1, testClass);
	}

	@Test
	void nestedClassesAreIncluded() {
		assertSuccessful(4, EnclosingTestCase.class);
		assertThat(applications.get("inheriting")).isSameAs(applications.get("enclosing"));
		assertThat(applications.get("overriding")).isNotSameAs(applications.get("enclosing"));
	}

	@Test
	void contextIsSharedByClassesWithEqualAnnotations() {
		assertSuccessful(2, FirstTestCase.class, SecondTestCase.class);
		assertThat(applications.get("second")).isSameAs(applications.get("first"));
	}

	@Test
	void contextIsNotSharedByClassesWithDifferentOrNoAnnotation() {
		assertSuccessful(3, FirstTestCase.class, UnannotatedTestCase.class, CustomizedTestCase.class);
		assertThat(applications.values()).hasSize(3).doesNotHaveDuplicates();
	}

	@Test
	void staticClassInsideAnAnnotatedOneIsNotAffected() {
		assertSuccessful(2, UnannotatedTestCase.class, OutsideTestCase.InsideTestCase.class);
		assertThat(applications.get("inside")).isSameAs(applications.get("unannotated"));
	}

	@Test
	void contextOfAnEarlierRunIsNotUsedAgain() {
		assertSuccessful(1, FirstTestCase.class);
		Application earlier = applications.get("first");
		assertSuccessful(1, FirstTestCase.class);
		assertThat(applications.get("first")).isNotSameAs(earlier);
	}

	private static void assertSuccessful(int tests, Class<?>... testClasses) {
		Events events = EngineTestKit.engine("junit-jupiter")
			.selectors(Stream.of(testClasses).map(DiscoverySelectors::selectClass).toArray(ClassSelector[]::new))
			.execute()
			.testEvents();
		assertThat(events.failed().stream()).isEmpty();
		events.assertStatistics((statistics) -> statistics.started(tests).succeeded(tests));
	}

	@SpringBootConfiguration
	static class Application {

		private final String endpoint;

		Application(@Value("${early.endpoint}") String endpoint) {
			this.endpoint = endpoint;
		}

		void assertPointsTo(ImdsSimulator simulator) {
			assertThat(this.endpoint).isEqualTo(simulator.endpoint().toString());
		}

	}

	@SimulatedInstance
	@SpringBootTest(classes = Application.class)
	static class AboveTestCase {

		@Test
		void test(ImdsSimulator simulator, @Autowired Application application) {
			application.assertPointsTo(simulator);
		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance
	static class BelowTestCase {

		@Test
		void test(ImdsSimulator simulator, @Autowired Application application) {
			application.assertPointsTo(simulator);
		}

	}

	@SimulatedInstance("meta-data/mac=1")
	@SpringBootTest(classes = Application.class)
	@TestInstance(Lifecycle.PER_CLASS)
	static class PerClassAboveTestCase {

		@Autowired
		private Application application;

		@Test
		void test(ImdsSimulator simulator) {
			this.application.assertPointsTo(simulator);
		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance("meta-data/mac=2")
	@TestInstance(Lifecycle.PER_CLASS)
	static class PerClassBelowTestCase {

		@Autowired
		private Application application;

		@Test
		void test(ImdsSimulator simulator) {
			this.application.assertPointsTo(simulator);
		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance
	static class ConstructorTestCase {

		private final Application application;

		@Autowired
		ConstructorTestCase(Application application) {
			this.application = application;
		}

		@Test
		void test(ImdsSimulator simulator) {
			this.application.assertPointsTo(simulator);
		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance
	@TestInstance(Lifecycle.PER_CLASS)
	static class PerClassConstructorTestCase {

		private final Application application;

		@Autowired
		PerClassConstructorTestCase(Application application) {
			this.application = application;
		}

		@Test
		void test(ImdsSimulator simulator) {
			this.application.assertPointsTo(simulator);
		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance
	static class EnclosingTestCase {

		@Autowired
		private Application application;

		@Test
		void test(ImdsSimulator simulator) {
			applications.put("enclosing", this.application);
		}

		@Nested
		class Inheriting {

			@Test
			void test(ImdsSimulator simulator, @Autowired Application application) {
				application.assertPointsTo(simulator);
				applications.put("inheriting", application);
			}

		}

		@Nested
		@SimulatedInstance("meta-data/placement/region=us-east-1")
		class Overriding {

			@Test
			void test(ImdsSimulator simulator, @Autowired Application application) {
				application.assertPointsTo(simulator);
				applications.put("overriding", application);
			}

		}

		@Nested
		@NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
		@SpringBootTest(classes = Application.class)
		class WithConfigurationOfItsOwn {

			@Test
			void test(ImdsSimulator simulator, @Autowired Application application) {
				application.assertPointsTo(simulator);
			}

		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance
	static class FirstTestCase {

		@Test
		void test(ImdsSimulator simulator, @Autowired Application application) {
			application.assertPointsTo(simulator);
			applications.put("first", application);
		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance
	static class SecondTestCase {

		@Test
		void test(ImdsSimulator simulator, @Autowired Application application) {
			application.assertPointsTo(simulator);
			applications.put("second", application);
		}

	}

	@SpringBootTest(classes = Application.class)
	@SimulatedInstance("meta-data/placement/region=us-east-1")
	static class CustomizedTestCase {

		@Test
		void test(ImdsSimulator simulator, @Autowired Application application) {
			application.assertPointsTo(simulator);
			applications.put("customized", application);
		}

	}

	@SpringBootTest(classes = Application.class)
	static class UnannotatedTestCase {

		@Test
		void test(@Autowired Application application) {
			assertThat(application.endpoint).isEqualTo("none");
			applications.put("unannotated", application);
		}

	}

	@SimulatedInstance
	static class OutsideTestCase {

		@SpringBootTest(classes = Application.class)
		static class InsideTestCase {

			@Test
			void test(@Autowired Application application) {
				assertThat(application.endpoint).isEqualTo("none");
				applications.put("inside", application);
			}

		}

	}

}
