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

package io.github.imds.autoconfigure.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.test.ImdsSimulator;

/**
 * Base class of the tests with applications that are really started on a simulated
 * instance.
 */
abstract class AbstractImdsEnvironmentTests {

	static final String INSTANCE_ID = "i-0123456789abcdef0";

	final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	Path config;

	@AfterEach
	void close() {
		this.simulator.close();
	}

	ConfigurableApplicationContext run(Class<?> configuration, String... arguments) {
		return application(configuration).run(arguments(arguments));
	}

	ConfigurableApplicationContext runImporting(String location, String... arguments) throws IOException {
		write("application.yml", "spring.config.import: '%s'".formatted(location));
		return run(WithClient.class, arguments);
	}

	static SpringApplicationBuilder application(Class<?> configuration) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE);
	}

	String[] arguments(String... more) {
		return Stream
			.concat(Stream.of(location(), "--imds.client.endpoint=" + this.simulator.endpoint()), Stream.of(more))
			.toArray(String[]::new);
	}

	String location() {
		return "--spring.config.location=file:" + this.config + "/";
	}

	void write(String file, String content) throws IOException {
		Files.writeString(this.config.resolve(file), content);
	}

	/**
	 * Return an environment that has these environment variables only.
	 */
	static StandardEnvironment environment(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return environment;
	}

	static EnumerablePropertySource<?> snapshot(ConfigurableApplicationContext context, String name) {
		return (EnumerablePropertySource<?>) context.getEnvironment().getPropertySources().get(name);
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class WithClient {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Defaults {

		@Bean
		String instanceId(@Value("${imds.instance-id:local}") String instanceId) {
			return instanceId;
		}

		@Bean
		String region(@Value("${imds.placement.region:none}") String region) {
			return region;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class TagValue {

		@Bean
		String name(@Value("${imds.tags.instance.Name:none}") String name) {
			return name;
		}

	}

}
