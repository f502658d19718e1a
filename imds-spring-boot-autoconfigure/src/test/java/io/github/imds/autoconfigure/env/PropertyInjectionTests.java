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
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for metadata that is injected, bound, or used in conditions and expressions, in
 * an application that is really started.
 */
@ExtendWith(OutputCaptureExtension.class)
class PropertyInjectionTests extends AbstractImdsEnvironmentTests {

	private static final String MAC = "0a:1b:2c:3d:4e:5f";

	@Test
	void injectsValuesInEveryWay() {
		try (ConfigurableApplicationContext context = run(Values.class)) {
			assertThat(context.getBean(ConstructorValue.class).instanceId()).isEqualTo(INSTANCE_ID);
			assertThat(context.getBean("region")).isEqualTo("eu-west-1");
			assertThat(context.getBean(Settings.class)).isEqualTo(new Settings("nitro", new Settings.Placement(2)));
			assertThat(context.getBean("onEc2")).isEqualTo("yes");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[team:cost.Center]")).isEqualTo("42");
			assertThat(context.getEnvironment().getProperty("imds.ami-launch-index", Integer.class)).isZero();
		}
	}

	@Test
	void bindsRecordsAndLists() {
		try (ConfigurableApplicationContext context = run(Records.class)) {
			assertThat(context.getBean(Instance.class)).isEqualTo(new Instance("i-0123456789abcdef0", 0,
					List.of("web", "ssh from office"), new Instance.Placement("eu-west-1", 2), new Instance.Iam(
							new Instance.Iam.Info("arn:aws:iam::123456789012:instance-profile/orders-service"))));
			Binder binder = Binder.get(context.getEnvironment());
			assertThat(binder.bind("imds.network.primary.security-group-ids", Bindable.listOf(String.class)).get())
				.containsExactly("sg-0aa11bb22cc33dd44", "sg-0ee55ff66aa77bb88");
			assertThat(binder.bind("imds.tags.instance[Name]", String.class).get()).isEqualTo("orders-7");
		}
	}

	@Test
	void worksWithExpressionsConditionsLoggingAndMetrics(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Everywhere.class,
				"--logging.pattern.level=%5p [${imds.instance-id:none}]",
				"--management.metrics.tags.zone=${imds.placement.availability-zone:none}")) {
			assertThat(context.getBean("length")).isEqualTo("eu-west-1".length());
			assertThat(context.getBean("escaped")).isEqualTo("42");
			assertThat(context.containsBean("staging")).isTrue();
			assertThat(context.containsBean("production")).isFalse();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.counter("test").getId().getTag("zone")).isEqualTo("eu-west-1b");
		}
		assertThat(output).contains("INFO [i-0123456789abcdef0]");
	}

	@Test
	void probedNamesCauseNoWarning(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Records.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.resolvePlaceholders("${imds.instance-id:local} ${imds.tags.instance[none]:x}");
			environment.getProperty("imds.tags");
			Binder.get(environment).bind("imds.ancestor-ami-ids", Bindable.listOf(String.class));
		}
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void bindsTagsToAMap() throws IOException {
		this.simulator.tag("name", "another").tag("empty", "").tag("client", "mine").tag("a.b", "dots");
		try (ConfigurableApplicationContext context = runImporting("imds:tags/instance")) {
			Map<String, String> tags = Binder.get(context.getEnvironment())
				.bind("imds.tags.instance", Bindable.mapOf(String.class, String.class))
				.get();
			assertThat(tags).containsOnly(Map.entry("Environment", "staging"), Map.entry("Name", "orders-7"),
					Map.entry("name", "another"), Map.entry("Owner", "Zoë Ångström, 東京"), Map.entry("empty", ""),
					Map.entry("client", "mine"), Map.entry("a.b", "dots"),
					Map.entry("aws:autoscaling:groupName", "orders-asg"), Map.entry("team:cost.Center", "42"));
			assertThat(context.getEnvironment().getProperty("imds.tags.instance.name")).isEqualTo("another");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
		}
	}

	@Test
	void bindsNestedRecordsWithLists() throws IOException {
		this.simulator.put("meta-data/events/maintenance/scheduled", """
				[ { "Code": "system-reboot", "EventId": "instance-event-1", "NotBefore": "now" },
				  { "Code": "instance-stop", "EventId": "instance-event-2" } ]""");
		try (ConfigurableApplicationContext context = runImporting("imds:")) {
			ImportedInstance instance = Binder.get(context.getEnvironment()).bind("imds", ImportedInstance.class).get();
			assertThat(instance.securityGroups()).containsExactly("web", "ssh from office");
			assertThat(instance.network().primary().localIpv4s()).containsExactly("10.0.1.36", "10.0.1.37");
			assertThat(instance.network().interfaces().macs()).containsOnlyKeys(MAC, "0a:1b:2c:3d:4e:60");
			assertThat(instance.network().interfaces().macs().get(MAC)).isEqualTo(instance.network().primary());
			assertThat(instance.publicKeys()).extracting(PublicKey::name).containsExactly("ops-key", "team=blue");
			assertThat(instance.events().maintenance().scheduled()).containsExactly(
					new Event("system-reboot", "instance-event-1", "now"),
					new Event("instance-stop", "instance-event-2", null));
			assertThat(instance.events().maintenance().history()).isEmpty();
			assertThat(instance.dynamic().instanceIdentity().document().accountId()).isEqualTo("123456789012");
		}
	}

	@Test
	void servesInjectedValuesAndPlaceholdersOfConfigData() throws IOException {
		write("application.yml", """
				spring.config.import: imds:tags/instance
				spring.application.name: ${imds.tags.instance[Name]}
				spring.profiles.active: ${imds.tags.instance.Environment}
				""");
		write("application-staging.yml", "stage: of ${imds.tags.instance[team:cost.Center]}");
		try (ConfigurableApplicationContext context = run(TagValue.class)) {
			assertThat(context.getId()).isEqualTo("orders-7");
			assertThat(context.getEnvironment().getProperty("stage")).isEqualTo("of 42");
			assertThat(context.getBean("name")).isEqualTo("orders-7");
		}
		assertThat(this.simulator.tokenRequests()).isEqualTo(1);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	@EnableConfigurationProperties(Settings.class)
	@Import(ConstructorValue.class)
	static class Values {

		@Bean
		String region(@Value("${imds.placement.region}") String region) {
			return region;
		}

		@Bean
		@ConditionalOnProperty("imds.instance-id")
		String onEc2() {
			return "yes";
		}

	}

	record ConstructorValue(@Value("${imds.instance-id}") String instanceId) {

	}

	@ConfigurationProperties("imds")
	record Settings(String system, Placement placement) {

		record Placement(int partitionNumber) {

		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Instance.class)
	static class Records {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everywhere {

		@Bean
		Integer length(@Value("#{'${imds.region}'.length()}") Integer length) {
			return length;
		}

		@Bean
		String escaped(@Value("${imds.tags.instance[team\\:cost.Center]:none}") String escaped) {
			return escaped;
		}

		@Bean
		@ConditionalOnProperty(name = "imds.tags.instance[Environment]", havingValue = "staging")
		String staging() {
			return "staging";
		}

		@Bean
		@ConditionalOnProperty(name = "imds.tags.instance[Environment]", havingValue = "production")
		String production() {
			return "production";
		}

	}

	@ConfigurationProperties("imds")
	record Instance(String instanceId, int amiLaunchIndex, List<String> securityGroups, Placement placement, Iam iam) {

		record Placement(String region, int partitionNumber) {

		}

		record Iam(Info info) {

			record Info(String instanceProfileArn) {

			}

		}

	}

	record ImportedInstance(List<String> securityGroups, Network network, List<PublicKey> publicKeys, Events events,
			Dynamic dynamic) {

	}

	record Network(NetworkInterface primary, NetworkInterfaces interfaces) {

	}

	record NetworkInterfaces(Map<String, NetworkInterface> macs) {

	}

	record NetworkInterface(String subnetId, int deviceNumber, List<String> localIpv4s) {

	}

	record PublicKey(String name, String opensshKey) {

	}

	record Events(Maintenance maintenance) {

	}

	record Maintenance(List<Event> scheduled, List<Event> history) {

	}

	record Event(String code, String eventId, String notBefore) {

	}

	record Dynamic(InstanceIdentity instanceIdentity) {

	}

	record InstanceIdentity(Document document) {

	}

	record Document(String accountId) {

	}

}
