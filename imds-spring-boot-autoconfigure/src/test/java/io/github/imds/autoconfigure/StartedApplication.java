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

package io.github.imds.autoconfigure;

import java.lang.management.ManagementFactory;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.env.Environment;

/**
 * An application that reads the properties its arguments name, tells how many it found
 * and how many threads were started, and ends.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartedApplication {

	/**
	 * Start the application.
	 * @param args the names of the properties
	 */
	public static void main(String[] args) {
		Environment environment = SpringApplication.run(StartedApplication.class).getEnvironment();
		long found = Stream.of(args).filter(environment::containsProperty).count();
		System.out.printf("found %d threads %d%n", found,
				ManagementFactory.getThreadMXBean().getTotalStartedThreadCount());
		Runtime.getRuntime().halt(0);
	}

}
