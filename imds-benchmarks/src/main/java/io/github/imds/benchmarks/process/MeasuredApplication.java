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

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.imds.Ec2MetadataClient;

import io.github.imds.benchmarks.client.UrlConnectionClient;

/**
 * Application without beans of its own, the same for all starters. It reads properties
 * once it runs, since Spring Cloud AWS provides none before.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class MeasuredApplication {

	/**
	 * System property with the reader of the values: {@code environment} by default,
	 * {@code aws-sdk} or {@code jdk}.
	 */
	private static final String READER = "measured.reader";

	/**
	 * System property with the comma-separated names or paths of the values.
	 */
	private static final String VALUES = "measured.values";

	/**
	 * Start the application.
	 * @param args the arguments of Spring Boot
	 * @throws IOException if a value cannot be read
	 */
	public static void main(String[] args) throws IOException {
		Environment environment = SpringApplication.run(MeasuredApplication.class, args).getEnvironment();
		String[] values = Arrays.stream(System.getProperty(VALUES, "").split(","))
			.filter((value) -> !value.isEmpty())
			.toArray(String[]::new);
		Ready.print(read(environment, values), environment);
	}

	private static long read(Environment environment, String[] values) throws IOException {
		return switch (System.getProperty(READER, "environment")) {
			case "aws-sdk" -> AwsSdkProgram.read(Ec2MetadataClient.create(), values);
			case "jdk" -> UrlConnectionProgram.read(new UrlConnectionClient(), values);
			default -> Arrays.stream(values).map(environment::getProperty).filter(Objects::nonNull).count();
		};
	}

}
