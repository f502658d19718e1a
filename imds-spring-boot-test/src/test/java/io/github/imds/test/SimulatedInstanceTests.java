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

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SimulatedInstance}.
 */
class SimulatedInstanceTests extends AbstractSimulatedInstanceTests {

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

}
