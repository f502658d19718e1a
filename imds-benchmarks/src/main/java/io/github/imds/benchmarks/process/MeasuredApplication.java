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

package io.github.imds.benchmarks.process;

import java.util.Arrays;
import java.util.Objects;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application without any beans of its own, the same for all that is compared. It
 * reads properties once it runs, since Spring Cloud AWS has none before.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class MeasuredApplication {

	/**
	 * The names of the properties to read, comma-separated, as a system property.
	 */
	private static final String PROPERTIES = "measured.properties";

	/**
	 * Start the application.
	 * @param args arguments of Spring Boot
	 */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(MeasuredApplication.class, args);
		long found = Arrays.stream(System.getProperty(PROPERTIES, "").split(","))
			.filter((name) -> !name.isEmpty())
			.map(context.getEnvironment()::getProperty)
			.filter(Objects::nonNull)
			.count();
		Ready.print(found, context);
	}

}
