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
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;

import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsDetection;
import io.github.imds.client.ImdsStatus;
import io.github.imds.client.ReadOption;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.FileImdsTokenStore;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ImdsAutoConfiguration}.
 */
class ImdsAutoConfigurationTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ImdsAutoConfiguration.class))
		.withPropertyValues("imds.client.endpoint=" + this.simulator.endpoint());

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void providesAClientThatSendsNothingUntilItIsUsed() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(ImdsClient.class).hasSingleBean(ImdsTokenStore.class);
			assertThat(this.simulator.requests()).isEmpty();
			assertThat(context.getBean(ImdsClient.class).get("meta-data/instance-id")).contains("i-0123456789abcdef0");
		});
	}

	@Test
	void providesTheTypedViewOfTheClientsInstance() {
		this.contextRunner.run((context) -> assertThat(context.getBean(InstanceMetadata.class).tags())
			.containsEntry("Name", "orders-7"));
	}

	@Test
	void backsOffWhenTheApplicationHasATypedView() {
		InstanceMetadata own = InstanceMetadata.of(OwnClient.CLIENT);
		this.contextRunner.withBean("own", InstanceMetadata.class, () -> own)
			.run((context) -> assertThat(context).getBean(InstanceMetadata.class).isSameAs(own));
	}

	@Test
	void closesTheClientWithTheContext() {
		ImdsClient[] client = new ImdsClient[1];
		this.contextRunner.run((context) -> client[0] = context.getBean(ImdsClient.class));
		assertThatIllegalStateException().isThrownBy(() -> client[0].get("meta-data/mac"));
	}

	@Test
	void backsOffWhenTheApplicationHasAClient() {
		this.contextRunner.withUserConfiguration(OwnClient.class)
			.run((context) -> assertThat(context).getBean(ImdsClient.class).isSameAs(OwnClient.CLIENT));
	}

	@Test
	void usesTheTokenStoreOfTheApplication() {
		this.contextRunner.withUserConfiguration(OwnStore.class).run((context) -> {
			context.getBean(ImdsClient.class).get("meta-data/mac");
			assertThat(context.getBean(ImdsTokenStore.class).load(this.simulator.endpoint())).isPresent();
		});
	}

	@Test
	void keepsTokensInMemoryByDefault() {
		this.contextRunner.run((context) -> assertThat(context).getBean(ImdsTokenStore.class)
			.isInstanceOf(InMemoryImdsTokenStore.class));
	}

	@Test
	void keepsTokensInFilesOnRequest(@TempDir Path directory) {
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("imds.client.token.store=file",
				"imds.client.token.directory=" + directory.resolve("tokens"));
		runner.run((context) -> {
			assertThat(context).getBean(ImdsTokenStore.class).isInstanceOf(FileImdsTokenStore.class);
			context.getBean(ImdsClient.class).get("meta-data/mac");
		});
		assertThat(directory.resolve("tokens")).isDirectoryContaining("glob:**.token");
		runner.run((context) -> context.getBean(ImdsClient.class).get("meta-data/mac"));
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void theClientOfTheEnvironmentIsTheClientOfTheContext() {
		ImdsClient client;
		try (ConfigurableApplicationContext context = start(Empty.class)) {
			client = context.getBean(ImdsClient.class);
			client.get("meta-data/mac");
			assertThat(context.getId()).isEqualTo("orders-7");
			assertThat(context.getBean(ImdsTokenStore.class).load(this.simulator.endpoint())).isPresent();
		}
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
				"GET /latest/meta-data/tags/instance/Name", "GET /latest/meta-data/mac");
		assertThatIllegalStateException().isThrownBy(() -> client.get("meta-data/mac"));
	}

	@Test
	void defaultSettingsEqualBoundSettings() {
		assertThat(new Binder().bindOrCreate("imds.client", ImdsProperties.class)).isEqualTo(ImdsProperties.DEFAULTS);
	}

	@Test
	void anApplicationThatUsesNoMetadataHasNoClient() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Empty.class)
			.web(WebApplicationType.NONE)
			.run()) {
			assertThat(context.getBeanNamesForType(ImdsClient.class)).hasSize(1)
				.noneMatch(context.getBeanFactory()::containsSingleton);
			assertThat(context.getBeanNamesForType(InstanceMetadata.class)).hasSize(1)
				.noneMatch(context.getBeanFactory()::containsSingleton);
		}
	}

	@Test
	void theTokenThatTheEnvironmentGotIsHandedToTheTokenStoreOfTheApplication() {
		try (ConfigurableApplicationContext context = start(OwnStore.class)) {
			assertThat(this.simulator.tokenRequests()).isEqualTo(1);
			ImdsTokenStore store = context.getBean(ImdsTokenStore.class);
			assertThat(store.load(this.simulator.endpoint())).isPresent();
			ImdsClient client = context.getBean(ImdsClient.class);
			client.get("meta-data/mac");
			assertThat(this.simulator.tokenRequests()).isEqualTo(1);
			this.simulator.revokeTokens();
			Optional<ImdsToken> revoked = store.load(this.simulator.endpoint());
			client.get("meta-data/mac");
			assertThat(store.load(this.simulator.endpoint())).isPresent().isNotEqualTo(revoked);
		}
	}

	@Test
	void aTokenStoreThatRefusesTheTokenDoesNotStopTheStart() {
		try (ConfigurableApplicationContext context = start(BrokenStore.class)) {
			assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
		}
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

	@Test
	void aCustomizerIsCalledOnceForEachClient() {
		AtomicInteger calls = new AtomicInteger();
		this.contextRunner.withBean(ImdsClientBuilderCustomizer.class, () -> (builder) -> calls.incrementAndGet())
			.run((context) -> {
				assertThat(context.getBean(ImdsClient.class).get("meta-data/instance-id")).isPresent();
				assertThat(context.getBean(ImdsClient.class).get("meta-data/ami-id")).isPresent();
				assertThat(calls).hasValue(1);
				context.getBean(ImdsClientHolder.class).reset();
				assertThat(context.getBean(ImdsClient.class).get("meta-data/instance-id")).isPresent();
				assertThat(calls).hasValue(2);
			});
	}

	@Test
	void customizersApplyToTheClientAndSeeTheSettingsFirst() {
		try (ConfigurableApplicationContext context = start(Customized.class)) {
			assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
			assertThat(context.getEnvironment().getProperty("imds.instance-type")).isEqualTo("m7g.large");
		}
		assertThat(this.simulator.requests()).contains("GET /2021-07-15/meta-data/mac",
				"GET /2021-07-15/meta-data/instance-type");
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Test
	void settingsAreALazyBean() {
		this.contextRunner.withPropertyValues("imds.client.timeout=7s").run((context) -> {
			assertThat(context.getSourceApplicationContext()
				.getBeanFactory()
				.containsSingleton(context.getBeanNamesForType(ImdsProperties.class)[0])).isFalse();
			assertThat(context.getBean(ImdsProperties.class).timeout()).hasSeconds(7);
		});
	}

	@Test
	void doesNotTakePartInWhatTheApplicationDoesToItsOwnClients() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class))
			.withUserConfiguration(HostileCustomizer.class)
			.run((context) -> {
				assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
				assertThat(HostileCustomizer.CALLED).hasValue(0);
				context.getBean(RestClient.Builder.class);
				assertThat(HostileCustomizer.CALLED).hasValue(1);
			});
	}

	@Test
	void isNotBlockedByAnAddressFilterOfTheApplication() throws ClassNotFoundException {
		String filter = "org.springframework.boot.http.client.InetAddressFilter";
		Assumptions.assumeTrue(ClassUtils.isPresent(filter, null), "Spring Boot 4.1 is needed");
		Class<?> type = ClassUtils.forName(filter, null);
		Object blocksAll = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> false);
		this.contextRunner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("addressFilter", blocksAll))
			.run((context) -> {
				assertThat(context).hasSingleBean(type);
				assertThat(context.getBean(ImdsClient.class).get("meta-data/mac")).isPresent();
			});
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

	private ConfigurableApplicationContext start(Class<?> configuration) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE)
			.run("--imds.client.endpoint=" + this.simulator.endpoint(),
					"--spring.application.name=${imds.tags.instance[Name]}");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class OwnStore {

		@Bean
		ImdsTokenStore ownStore() {
			return new InMemoryImdsTokenStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class BrokenStore {

		@Bean
		ImdsTokenStore brokenStore() {
			return new ImdsTokenStore() {

				@Override
				public Optional<ImdsToken> load(URI endpoint) {
					throw new IllegalStateException("broken");
				}

				@Override
				public void save(URI endpoint, ImdsToken token) {
					throw new IllegalStateException("broken");
				}

				@Override
				public void remove(URI endpoint, ImdsToken token) {
					throw new IllegalStateException("broken");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Customized {

		@Bean
		ImdsClientBuilderCustomizer version() {
			return (builder) -> builder.version("2021-07-15");
		}

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

	@Configuration(proxyBeanMethods = false)
	static class HostileCustomizer {

		static final AtomicInteger CALLED = new AtomicInteger();

		@Bean
		RestClientCustomizer hostileCustomizer() {
			CALLED.set(0);
			return (builder) -> {
				CALLED.incrementAndGet();
				builder.baseUrl("http://other.example").requestInterceptor((request, body, execution) -> {
					throw new IllegalStateException("intercepted");
				});
			};
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
