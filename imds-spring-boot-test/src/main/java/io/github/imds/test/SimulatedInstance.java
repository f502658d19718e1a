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
import org.junit.jupiter.api.parallel.Resources;

/**
 * Runs the tests of a class, and of its {@code @Nested} classes, on a simulated EC2
 * instance.
 * <p>
 * An {@link ImdsSimulator} is started, and the application under test is pointed to it
 * with system properties that this project's client and AWS's own tools understand,
 * before a test instance or a Spring environment is made:
 *
 * <pre class="code">
 * &#064;SpringBootTest
 * &#064;SimulatedInstance("meta-data/placement/region=us-east-1")
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
 * a parameter. What they change lasts until the end of the test, when the simulator is
 * {@linkplain ImdsSimulator#reset() reset}. Classes with equal annotations share one
 * simulator, which runs until the end of the test run, so that Spring's cached contexts
 * stay usable.
 * <p>
 * The properties are those of the virtual machine. They are restored after the class, and
 * locked for the time between if tests run in parallel. A class that is not annotated is
 * not affected.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SimulatedInstanceExtension.class)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
public @interface SimulatedInstance {

	/**
	 * Values put on top of the default instance, each as {@code path=body}. The path ends
	 * at the first {@code =}.
	 * @return the lines, none by default
	 */
	String[] value() default {};

}
