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

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Runs the tests of a class, and of its {@code @Nested} classes, on a simulated EC2
 * instance.
 * <p>
 * An {@link ImdsSimulator} is started, and the application context of the test is pointed
 * to it before anything reads properties:
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;SimulatedInstance("placement/region=us-east-1")
 * class OrdersApplicationTests {
 *
 *     &#064;Test
 *     void tagChanges(ImdsSimulator simulator) {
 *         simulator.tag("Environment", "production");
 *         ...
 *     }
 *
 * }
 * </pre>
 *
 * Test methods, life cycle methods and constructors may take the {@link ImdsSimulator} as
 * a parameter; in the application context it is a bean. A change by a test ends with the
 * test, a change by a {@code @BeforeAll} method ends with the class.
 * <p>
 * Classes with equal annotations share one simulator, which runs until the end of the
 * test run, and Spring's cached contexts. If tests run in parallel, such classes run one
 * after another, beside all others. Classes that are not annotated are not affected.
 * <p>
 * Without Spring, tests pass {@link ImdsSimulator#endpoint()} to their client. On a
 * configuration class that is a source of a {@code SpringApplication}, the annotation
 * gives the application a simulator of its own.
 *
 * @since 0.1.0
 * @see SimulatedInstanceConfiguration
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SimulatedInstanceExtension.class)
@ResourceLock(providers = SimulatedInstanceLocks.class)
@ImportAutoConfiguration
public @interface SimulatedInstance {

	/**
	 * Changes of the instance, in order. Each is {@code path=body}, where the path ends
	 * at the first {@code =}, or the call of a method of {@link SimulatedState} with
	 * arguments of text, for example {@code remove(iam)},
	 * {@code interruptSpot(terminate, PT2M)} or {@code throttle(3)}. Times are ISO
	 * instants, or durations from now.
	 * @return the lines, none by default
	 */
	String[] value() default {};

	/**
	 * Location of a file with the metadata of the instance, in place of the default
	 * instance.
	 * @return the location, for example {@code classpath:instances/spot.json}
	 * @see ImdsSimulator.Builder#tree(String)
	 */
	String tree() default "";

}
