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

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names that metadata has as properties, in an application that is really
 * started.
 */
@ExtendWith(OutputCaptureExtension.class)
class ImdsPropertiesTests extends AbstractImdsEnvironmentTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					imds.instance-id                                             | i-0123456789abcdef0
					imds.ami-launch-index                                        | 0
					imds.security-groups                                         | web,ssh from office
					imds.tags.instance[team:cost.Center]                         | 42
					imds.tags.instance.Owner                                     | Zoë Ångström, 東京
					imds.block-device-mapping.ebs1                               | sdb
					imds.block-device-mapping[root]                              | /dev/xvda
					imds.public-keys[1].openssh-key                              | ssh-rsa AAAAB3NzaC1yc2EAAAADAQABFixture team=blue
					imds.network.interfaces.macs[0a:1b:2c:3d:4e:60].local-ipv4s  | 10.0.2.44
					imds.network.primary.subnet-id                               | subnet-0123456789abcdef0
					imds.network.primary.local-ipv4s                             | 10.0.1.36,10.0.1.37
					imds.network.primary.ipv4-associations[203.0.113.25]         | 10.0.1.36
					imds.network.primary.ipv6-prefix                             | -
					imds.iam.info.instance-profile-id                            | AIPAABCDEFGHIJKLMN123
					imds.dynamic.instance-identity.document.account-id           | 123456789012
					imds.dynamic.instance-identity.document.kernel-id            | -
					imds.dynamic.fws.instance-monitoring                         | enabled
					imds.account-id                                              | 123456789012
					imds.region                                                  | eu-west-1
					imds.architecture                                            | arm64
					imds.meta-data.hibernation.configured                        | false
					imds.spot.instance-action.action                             | -
					imds.events.maintenance.scheduled[0].code                    | -
					""")
	void everythingHasAName(String name, String value) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty(name)).isEqualTo(value);
		}
	}

	@Test
	void readsWhatTheCatalogueDoesNotKnow() {
		this.simulator.put("meta-data/new/thing", "value");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty("imds.meta-data.new.thing")).isEqualTo("value");
			assertThat(context.getEnvironment().getProperty("imds.new.thing")).isNull();
		}
	}

	@Test
	void tagKeysAreTakenAsTheyAre() {
		this.simulator.tag("name", "lower case").tag("client.enabled", "a tag").tag("imds.client.enabled", "another");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.tags.instance[Name]")).isEqualTo("orders-7");
			assertThat(environment.getProperty("imds.tags.instance[name]")).isEqualTo("lower case");
			assertThat(environment.getProperty("imds.tags.instance[client.enabled]")).isEqualTo("a tag");
			assertThat(environment.getProperty("imds.tags.instance.client.enabled")).isNull();
			assertThat(environment.getProperty("imds.tags.instance[imds.client.enabled]")).isEqualTo("another");
			assertThat(environment.getProperty("imds.client.enabled")).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "imds.tags.instance.Name, imds.tags.instance[Name]",
			"imds.tags.instance.name, imds.tags.instance[Name]", "imds.tags.instance[Name], imds.tags.instance.Name",
			"imds.instanceId, imds.instance-id", "imds.block-device-mapping.root, imds.block-device-mapping[root]",
			"imds.tags.instance.cost_center, imds.tags.instance[cost_center]" })
	void aValueOfTheUserWinsInEverySpelling(String set, String asked) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getProperty(asked);
			environment.getPropertySources().addFirst(new MapPropertySource("own", Map.of(set, "mine")));
			assertThat(environment.resolvePlaceholders("${" + asked + ":none}")).isEqualTo("mine");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "imds.instanceId | imds.instance-id",
			"imds.placement.regoin | imds.placement.region",
			"imds.tags.instance[aws:ec2:id] | imds.tags.instance[aws\\:ec2\\:id]",
			"imds.network.interfaces.macs[0a:1b:2c:3d:4e:60].subnet-id"
					+ " | imds.network.interfaces.macs[0a\\:1b\\:2c\\:3d\\:4e\\:60].subnet-id",
			"imds.instance_id | imds.instance-id", "imds.InstanceId | imds.instance-id",
			"imds.INSTANCE-ID | imds.instance-id", "imds.placment.region | imds.placement.region",
			"imds.placement/region | imds.placement.region", "imds.meta-data/placement/region | imds.placement.region",
			"imds.meta-data.placment/region | imds.placement.region",
			"imds.meta-data.placment.region | imds.placement.region", "imds.metadata.instance-id | imds.instance-id",
			"imds.dynamic.instance-identity.document.accountId"
					+ " | imds.dynamic.instance-identity.document.account-id",
			"imds.iam.info.InstanceProfileArn | imds.iam.info.instance-profile-arn",
			"imds.tag.instance[Name] | imds.tags.instance[", "imds.instanceid | imds.instance-id",
			"imds.placement.availabilityzone | imds.placement.availability-zone",
			"imds.tags.Name | imds.tags.instance[", "imds.tags.instance.cost.center | imds.tags.instance[" })
	void impossibleNameCausesOneWarning(String name, String meant, CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			for (int i = 0; i < 3; i++) {
				context.getEnvironment().resolvePlaceholders("${" + name + ":local}");
			}
		}
		assertThat(output).containsOnlyOnce("WARN").contains(meant);
	}

	@Test
	void namesMadeUpOutsideAreBounded() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			for (int i = 0; i < 2 * PropertyValues.MAX_SIZE; i++) {
				context.getEnvironment().getProperty("imds.meta-data.foo." + i);
			}
		}
		assertThat(this.simulator.valueRequests()).isEqualTo(PropertyValues.MAX_SIZE);
	}

	@Test
	void namesMadeUpOutsideDoNotTakeThePlaceOfThoseOfTheCatalogue() {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			for (int i = 0; i < PropertyValues.MAX_SIZE; i++) {
				environment.getProperty("imds.tags.instance[" + i + "]");
			}
			assertThat(environment.getProperty("imds.tags.instance[Name]")).isNull();
			assertThat(environment.getProperty("imds.placement.region")).isEqualTo("eu-west-1");
			assertThat(environment.getProperty("imds.account-id")).isEqualTo("123456789012");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "imds.tags.instance[..]", "imds.block-device-mapping[a?b]", "imds.meta-data.x[a#b]" })
	void aNameThatLeadsToNoPathIsAbsentAndSaysNothingOfTheClient(String name, CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().getProperty(name)).isNull();
		}
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(output).doesNotContain("client cannot be used");
	}

}
