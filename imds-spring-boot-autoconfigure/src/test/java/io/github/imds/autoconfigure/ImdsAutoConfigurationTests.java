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

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;

import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.token.ImdsTokenStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ImdsAutoConfiguration}.
 */
class ImdsAutoConfigurationTests extends AbstractImdsAutoConfigurationTests {

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
	void closesTheClientWithTheContext() {
		ImdsClient[] client = new ImdsClient[1];
		this.contextRunner.run((context) -> client[0] = context.getBean(ImdsClient.class));
		assertThatIllegalStateException().isThrownBy(() -> client[0].get("meta-data/mac"));
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

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Empty {

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

}
