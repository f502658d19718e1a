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

package io.github.imds.integration;

import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the number of series that Prometheus scrapes.
 */
class PrometheusTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.context = SpringApplication.run(Application.class, "--server.port=0",
				"--management.endpoints.web.exposure.include=imds",
				"--imds.client.endpoint=" + this.simulator.endpoint());
	}

	@AfterEach
	void close() {
		this.context.close();
		this.simulator.close();
	}

	@Test
	void allMetadataAddsAHandfulOfSeries() {
		assertThat(series()).hasSize(5);
		RestClient.create()
			.get()
			.uri("http://localhost:{port}/actuator/imds",
					this.context.getEnvironment().getProperty("local.server.port"))
			.retrieve()
			.toBodilessEntity();
		assertThat(series()).hasSizeBetween(6, 40).noneMatch((line) -> line.contains("meta-data"));
	}

	@Test
	void numberOfSeriesDoesNotDependOnTheValuesThatAreRead() {
		ImdsClient client = this.context.getBean(ImdsClient.class);
		client.get("meta-data/instance-id");
		client.get("meta-data/none");
		List<String> names = names();
		for (MetadataCategory category : MetadataCategory.values()) {
			client.get(category.pattern().replace("{", "").replace("}", ""));
		}
		assertThat(names()).isEqualTo(names);
	}

	private List<String> names() {
		return series().stream().map((line) -> line.substring(0, line.lastIndexOf(' '))).toList();
	}

	private List<String> series() {
		return this.context.getBean(PrometheusMeterRegistry.class)
			.scrape()
			.lines()
			.filter((line) -> line.startsWith("imds_"))
			.collect(Collectors.toList());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
