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

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsDetection;
import io.github.imds.client.ImdsStatus;
import io.github.imds.client.ReadOption;
import io.github.imds.metadata.InstanceMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsAutoConfiguration} in applications with a client of their own.
 */
class ImdsAutoConfigurationOwnClientTests extends AbstractImdsAutoConfigurationTests {

	@Test
	void backsOffWhenTheApplicationHasATypedView() {
		InstanceMetadata own = InstanceMetadata.of(OwnClient.CLIENT);
		this.contextRunner.withBean("own", InstanceMetadata.class, () -> own)
			.run((context) -> assertThat(context).getBean(InstanceMetadata.class).isSameAs(own));
	}

	@Test
	void backsOffWhenTheApplicationHasAClient() {
		this.contextRunner.withUserConfiguration(OwnClient.class)
			.run((context) -> assertThat(context).getBean(ImdsClient.class).isSameAs(OwnClient.CLIENT));
	}

	@Test
	void propertiesUseTheClientOfTheApplicationOnceTheContextIsRefreshed() {
		try (ConfigurableApplicationContext context = start(OwnClient.class)) {
			assertThat(context.getBean(ImdsClient.class)).isSameAs(OwnClient.CLIENT);
			assertThat(context.getId()).isEqualTo("orders-7");
			assertThat(context.getEnvironment().getProperty("imds.instance-type")).isEqualTo("own");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isEqualTo("own");
		}
		assertThat(OwnClient.CLIENT.closed).hasValue(1);
	}

	@Test
	void settingsThatCannotBeDoNotKeepPropertiesFromTheClientOfTheApplication() {
		try (ConfigurableApplicationContext context = start(OwnClient.class)) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("late", Map.of("imds.client.max-attempts", "0")));
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Owner]")).isEqualTo("own");
		}
	}

	@Test
	void propertiesUseThePrimaryClientOfTheApplication() {
		try (ConfigurableApplicationContext context = start(TwoClients.class)) {
			assertThat(context.getEnvironment().getProperty("imds.instance-type")).isEqualTo("primary");
		}
	}

	@Test
	void aClientOfTheApplicationCanTakePropertiesInOrderToBeCreated() {
		try (ConfigurableApplicationContext context = start(AskingClient.class)) {
			assertThat(context.getEnvironment().getProperty("imds.instance-type")).isEqualTo("m7g.large in eu-west-1");
		}
	}

	@Test
	void aClientOfTheApplicationCanLookForWhatItReads() {
		try (ConfigurableApplicationContext context = start(CircularClient.class)) {
			assertThat(context.getEnvironment().getProperty("imds.instance-type")).startsWith("own");
		}
	}

	private static ImdsClient client(UnaryOperator<String> values) {
		return (ImdsClient) Proxy.newProxyInstance(ImdsClient.class.getClassLoader(),
				new Class<?>[] { ImdsClient.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "get" -> Optional.of(values.apply((String) arguments[0]));
					case "hashCode" -> 1;
					case "equals" -> proxy == arguments[0];
					default -> null;
				});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class OwnClient {

		static final CountingClient CLIENT = new CountingClient();

		@Bean
		ImdsClient ownClient() {
			CLIENT.closed.set(0);
			return CLIENT;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class TwoClients {

		@Bean
		@Primary
		ImdsClient primaryClient() {
			return client((path) -> "primary");
		}

		@Bean
		ImdsClient secondClient() {
			return client((path) -> "second");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class AskingClient {

		@Bean
		@Lazy
		ImdsClient askingClient(@Value("${imds.placement.region}") String region,
				@Value("${imds.instance-type}") String type) {
			return client((path) -> type + " in " + region);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class CircularClient {

		@Bean
		ImdsClient circularClient(Environment environment) {
			return client((path) -> "own, of " + environment.getProperty("imds.instance-type"));
		}

	}

	static final class CountingClient implements ImdsClient {

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public Optional<String> get(String path) {
			return Optional.of("own");
		}

		@Override
		public <T> Optional<T> get(String path, Class<T> type) {
			return Optional.empty();
		}

		@Override
		public Optional<byte[]> getBytes(String path) {
			return Optional.empty();
		}

		@Override
		public Optional<InputStream> stream(String path) {
			return Optional.empty();
		}

		@Override
		public List<String> list(String path) {
			return List.of();
		}

		@Override
		public Optional<Object> read(String path, ReadOption... options) {
			return Optional.empty();
		}

		@Override
		public Map<String, @Nullable Object> tree(String path, ReadOption... options) {
			return Map.of();
		}

		@Override
		public Map<String, @Nullable Object> everything(ReadOption... options) {
			return Map.of();
		}

		@Override
		public Map<String, @Nullable Object> match(Pattern pattern, ReadOption... options) {
			return Map.of();
		}

		@Override
		public boolean isAvailable() {
			return true;
		}

		@Override
		public ImdsStatus status() {
			return new ImdsStatus(new ImdsDetection(ImdsDetection.Result.PRESENT, "counting"), Optional.empty(),
					Optional.empty(), Optional.empty(), Optional.empty());
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
