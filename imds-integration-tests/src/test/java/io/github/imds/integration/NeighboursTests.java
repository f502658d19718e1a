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

import com.github.tomakehurst.wiremock.WireMockServer;
import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import io.awspring.cloud.autoconfigure.imds.ImdsUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.imds.Ec2MetadataClient;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the starter beside libraries that use metadata or are configured by it.
 */
@Timeout(300)
class NeighboursTests {

	private static final String ID = "i-0123456789abcdef0";

	private final ImdsSimulator simulator = ImdsSimulator.builder().tag("Environment", "staging").start();

	private final WireMockServer server = new WireMockServer(options().dynamicPort());

	@AfterEach
	void close() {
		this.server.stop();
		this.simulator.close();
	}

	@Test
	void configServerIsAskedForTheLabelOfTheTag() {
		this.server.start();
		this.server.stubFor(get(anyUrl()).willReturn(okJson("""
				{"name": "orders", "profiles": ["default"], "label": "staging", "propertySources": [
				{"name": "orders.yml", "source": {"orders.name": "orders-${imds.instance-id:local}"}}]}""")));
		try (ConfigurableApplicationContext context = run("spring.cloud.config.enabled=true",
				"spring.application.name=orders", "spring.config.import=configserver:" + this.server.baseUrl(),
				"spring.cloud.config.label=${imds.tags.instance[Environment]:main}")) {
			this.server.verify(getRequestedFor(urlEqualTo("/orders/default/staging")));
			assertThat(context.getEnvironment().getProperty("orders.name")).isEqualTo("orders-" + ID);
			assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		}
	}

	@Test
	void configServerCanSwitchMetadataOff() {
		this.server.start();
		this.server.stubFor(get(anyUrl()).willReturn(okJson("""
				{"name": "orders", "profiles": ["default"], "propertySources": [
				{"name": "orders.yml", "source": {"imds.client.enabled": "false"}}]}""")));
		try (ConfigurableApplicationContext context = run("spring.cloud.config.enabled=true",
				"spring.application.name=orders", "spring.config.import=configserver:" + this.server.baseUrl())) {
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isNull();
			assertThat(context.getBean(ImdsClient.class).status().detection().isEnabled()).isFalse();
			assertThat(this.simulator.requests()).isEmpty();
		}
	}

	@Test
	void eurekaRegistersTheInstanceWithItsZone() {
		this.server.start();
		this.server.stubFor(get(anyUrl()).willReturn(okJson("""
				{"applications": {"versions__delta": "1", "apps__hashcode": "", "application": []}}""")));
		this.server.stubFor(post(anyUrl()).willReturn(ok()));
		try (ConfigurableApplicationContext context = run("eureka.client.enabled=true",
				"spring.application.name=orders",
				"eureka.client.service-url.defaultZone=" + this.server.baseUrl() + "/eureka/",
				"eureka.instance.instance-id=orders:${imds.instance-id:local}",
				"eureka.instance.metadata-map.zone=${imds.placement.availability-zone:defaultZone}",
				"eureka.instance.metadata-map.instance-type=${imds.instance-type:none}")) {
			InstanceInfo registration = context.getBean(ApplicationInfoManager.class).getInfo();
			assertThat(registration.getInstanceId()).isEqualTo("orders:" + ID);
			assertThat(registration.getMetadata()).containsEntry("zone", "eu-west-1b")
				.containsEntry("instance-type", "m7g.large");
			assertThat(this.simulator.tokenRequests()).isEqualTo(1);
		}
	}

	@Test
	void loadBalancerPrefersTheZoneOfTheInstance() {
		try (ConfigurableApplicationContext context = run(BackendsApplication.class,
				"spring.cloud.loadbalancer.enabled=true", "spring.cloud.loadbalancer.cache.enabled=false",
				"spring.cloud.loadbalancer.zone=${imds.placement.availability-zone:none}",
				"spring.cloud.loadbalancer.configurations=zone-preference")) {
			List<ServiceInstance> instances = context.getBean(LoadBalancerClientFactory.class)
				.getInstance("stock", ServiceInstanceListSupplier.class)
				.get()
				.blockFirst();
			assertThat(instances).extracting(ServiceInstance::getInstanceId).containsExactly("eu-west-1b");
		}
	}

	@Test
	void springCloudAwsReadsMetadataBesideThisStarter() {
		System.setProperty("aws.ec2MetadataServiceEndpoint", this.simulator.endpoint().toString());
		try (ConfigurableApplicationContext context = run("spring.cloud.aws.imds.enabled=true",
				"spring.cloud.aws.region.static=${imds.region:us-east-1}")) {
			assertThat(context.getBean(Ec2MetadataClient.class).get("/latest/meta-data/instance-id").asString())
				.isEqualTo(ID);
			assertThat(context.getBean(ImdsUtils.class).getEc2InstanceMetadata()).containsValue(ID);
			assertThat(context.getBean(ImdsClient.class).get("meta-data/instance-id")).contains(ID);
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isEqualTo(ID);
			assertThat(context.getEnvironment().getPropertySources().stream()).extracting((source) -> source.getName())
				.contains("imds", "Ec2InstanceMetadata");
		}
		finally {
			System.clearProperty("aws.ec2MetadataServiceEndpoint");
		}
	}

	private ConfigurableApplicationContext run(String... settings) {
		return run(Application.class, settings);
	}

	private ConfigurableApplicationContext run(Class<?> source, String... settings) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "imds.client.endpoint=" + this.simulator.endpoint());
		return application.run(List.of(settings).stream().map((setting) -> "--" + setting).toArray(String[]::new));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class BackendsApplication {

		@Bean
		DiscoveryClient backends() {
			return new Backends();
		}

	}

	static class Backends implements DiscoveryClient {

		@Override
		public String description() {
			return "one instance in each zone";
		}

		@Override
		public List<ServiceInstance> getInstances(String service) {
			return List.of(instance(service, "eu-west-1a"), instance(service, "eu-west-1b"));
		}

		@Override
		public List<String> getServices() {
			return List.of("stock");
		}

		private static ServiceInstance instance(String service, String zone) {
			DefaultServiceInstance instance = new DefaultServiceInstance(zone, service, "127.0.0.1", 80, false);
			instance.getMetadata().put("zone", zone);
			return instance;
		}

	}

}
