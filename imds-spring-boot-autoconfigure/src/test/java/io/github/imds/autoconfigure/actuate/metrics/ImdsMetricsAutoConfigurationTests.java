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

package io.github.imds.autoconfigure.actuate.metrics;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.autoconfigure.actuate.observation.ImdsObservationAutoConfiguration;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.observation.DefaultImdsRequestObservationConvention;
import io.github.imds.client.observation.ImdsRequestObservationContext;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsMetricsAutoConfiguration} and
 * {@link ImdsObservationAutoConfiguration}.
 */
class ImdsMetricsAutoConfigurationTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImdsAutoConfiguration.class, ImdsMetricsAutoConfiguration.class,
				ImdsObservationAutoConfiguration.class))
		.withPropertyValues("imds.client.endpoint=" + this.simulator.endpoint());

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void metersIncludeReadsBeforeTheContext() {
		try (ConfigurableApplicationContext context = start(Boot.class)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
					"GET /latest/meta-data/instance-id");
			assertThat(count(registry, "imds.properties.gets", "result", "miss")).isEqualTo(1);
			assertThat(count(registry, "imds.properties.gets", "result", "hit")).isPositive();
			assertThat(count(registry, "imds.client.tokens", "type", "first")).isEqualTo(1);
			assertThat(count(registry, "imds.client.tokens", "type", "renewal")).isZero();
			assertThat(count(registry, "imds.client.retries")).isZero();
		}
	}

	@Test
	void requestsOfTheClientAreTimed() {
		try (ConfigurableApplicationContext context = start(Boot.class)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			ImdsClient client = context.getBean(ImdsClient.class);
			client.get("meta-data/tags/instance/Name");
			client.get("meta-data/tags/instance/Owner");
			client.get("meta-data/spot/instance-action");
			assertThat(registry.get("imds.client.requests")
				.tags("outcome", "SUCCESS", "status", "200", "method", "GET", "exception", "none", "error", "none")
				.timer()
				.count()).isEqualTo(2);
			assertThat(registry.get("imds.client.requests")
				.tags("outcome", "CLIENT_ERROR", "status", "404")
				.timer()
				.count()).isEqualTo(1);
		}
	}

	@Test
	void lookUpsOfPropertiesAreCounted() {
		try (ConfigurableApplicationContext context = start(Boot.class)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			double hits = count(registry, "imds.properties.gets", "result", "hit");
			context.getEnvironment().getProperty("imds.mac");
			assertThat(count(registry, "imds.properties.gets", "result", "miss")).isEqualTo(2);
			context.getEnvironment().getProperty("imds.mac");
			context.getEnvironment().getProperty("imds.unknown");
			assertThat(count(registry, "imds.properties.gets", "result", "miss")).isEqualTo(2);
			assertThat(count(registry, "imds.properties.gets", "result", "hit")).isEqualTo(hits + 1);
		}
	}

	@Test
	void noLookUpIsCountedWhileMetadataIsDisabled() {
		try (ConfigurableApplicationContext context = start(Boot.class, "--imds.client.enabled=false")) {
			context.getEnvironment().getProperty("imds.mac");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(count(registry, "imds.properties.gets", "result", "miss")).isZero();
			assertThat(count(registry, "imds.properties.gets", "result", "hit")).isZero();
			assertThat(registry.find("imds.client.requests").timers()).isEmpty();
		}
	}

	@Test
	void customizersOfMetersCanReadMetadata() {
		try (ConfigurableApplicationContext context = start(ZoneAsCommonTag.class)) {
			context.getBean(ImdsClient.class).get("meta-data/mac");
			assertThat(context.getBean(MeterRegistry.class)
				.get("imds.client.requests")
				.tags("method", "GET", "zone", "eu-west-1b")
				.timer()
				.count()).isEqualTo(1);
		}
	}

	@Test
	void requestsAreObservedWithLazyBeans() {
		try (ConfigurableApplicationContext context = start(Boot.class, "--spring.main.lazy-initialization=true")) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(ImdsClient.class).get("meta-data/mac");
			assertThat(registry.get("imds.client.requests").tags("method", "GET").timer().count()).isEqualTo(1);
		}
	}

	@Test
	void operatorsCanSwitchBothOff() {
		try (ConfigurableApplicationContext context = start(Boot.class, "--management.observations.enable.imds=false",
				"--management.metrics.enable.imds=false")) {
			context.getBean(ImdsClient.class).get("meta-data/mac");
			assertThat(context.getBean(MeterRegistry.class).getMeters())
				.noneMatch((meter) -> meter.getId().getName().startsWith("imds"));
		}
	}

	@Test
	void requestsBelongToWhatTheApplicationIsDoing() {
		try (ConfigurableApplicationContext context = start(Recorded.class)) {
			ImdsClient client = context.getBean(ImdsClient.class);
			Observation work = Observation.createNotStarted("work", context.getBean(ObservationRegistry.class));
			work.observe(() -> client.get("meta-data/mac"));
			client.get("meta-data/mac");
			assertThat(context.getBean(Recorder.class).stopped)
				.filteredOn((stopped) -> stopped.getName().equals("imds.client.requests"))
				.extracting(Observation.Context::getParentObservation)
				.containsExactly(work, null);
		}
	}

	@Test
	void customConventionReplacesConvention() {
		try (ConfigurableApplicationContext context = start(CustomConvention.class)) {
			context.getBean(ImdsClient.class).get("meta-data/mac");
			assertThat(context.getBean(MeterRegistry.class)
				.get("imds.client.requests")
				.tags("category", "meta-data/mac")
				.timer()
				.count()).isEqualTo(1);
		}
	}

	@Test
	void observesOnlyWithARegistry() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean("imdsObservation"));
		this.contextRunner.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("imdsObservation"));
		this.contextRunner.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("imdsObservation"));
	}

	@Test
	void hasNoMetersWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MeterBinder.class));
	}

	@Test
	void hasNoMetersWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("imdsMetrics")
				.hasSingleBean(ImdsClient.class));
	}

	@Test
	void countsNoPropertiesInAContextWithoutTheEnvironmentOfAnApplication() {
		this.contextRunner.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(ImdsMetrics.class).bindTo(registry);
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.containsExactlyInAnyOrder("imds.client.retries", "imds.client.tokens", "imds.client.tokens");
		});
	}

	private ConfigurableApplicationContext start(Class<?> configuration, String... arguments) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE)
			.properties("spring.application.name=orders-${imds.instance-id:local}")
			.run(Stream.concat(Stream.of("--imds.client.endpoint=" + this.simulator.endpoint()), Stream.of(arguments))
				.toArray(String[]::new));
	}

	private static double count(MeterRegistry registry, String name, String... tags) {
		return registry.get(name).tags(tags).functionCounter().count();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Boot {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ZoneAsCommonTag {

		@Bean
		MeterRegistryCustomizer<MeterRegistry> zoneAsCommonTag(InstanceMetadata instance) {
			return (registry) -> registry.config().commonTags("zone", instance.availabilityZone());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnClient {

		@Bean
		ImdsClient ownClient(@Value("${imds.client.endpoint}") URI endpoint) {
			return ImdsClient.builder().endpoints(endpoint).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(CategoryConvention.class)
	static class CustomConvention {

	}

	static class CategoryConvention extends DefaultImdsRequestObservationConvention
			implements GlobalObservationConvention<ImdsRequestObservationContext> {

		@Override
		public KeyValues getLowCardinalityKeyValues(ImdsRequestObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("category", context.category());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Recorder.class)
	static class Recorded {

	}

	static final class Recorder implements ObservationHandler<Observation.Context> {

		private final Queue<Observation.Context> stopped = new ConcurrentLinkedQueue<>();

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
