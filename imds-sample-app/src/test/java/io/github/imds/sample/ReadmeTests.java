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

package io.github.imds.sample;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names, types and reads that {@code README.md} and
 * {@code docs/properties.md} describe.
 */
@SpringBootTest(properties = { "spring.profiles.active=${imds.placement.region:none}",
		"spring.config.import=classpath:readme.yml,classpath:readme.properties" })
@SimulatedInstance
class ReadmeTests {

	@Autowired
	private Environment environment;

	@Autowired
	private ImdsClient imds;

	@Test
	void profileIsTakenFromTheInstance() {
		assertThat(this.environment.getActiveProfiles()).containsExactly("eu-west-1");
	}

	@Test
	void beanDependsOnTheInstance(@Autowired ApplicationContext context) {
		assertThat(context.containsBean("onlyOnEc2")).isTrue();
		assertThat(context.containsBean("onlyOnDedicatedHost")).isFalse();
	}

	@Test
	void metadataBindsToRecord(@Autowired Placement placement) {
		assertThat(placement).isEqualTo(new Placement("eu-west-1", "eu-west-1b", 2, "none"));
	}

	@Test
	void typedViewIsABean(@Autowired InstanceMetadata instance) {
		assertThat(instance.availabilityZone()).isEqualTo("eu-west-1b");
		assertThat(instance.networkInterfaces().get(0).subnetId()).contains("subnet-0123456789abcdef0");
		assertThat(instance.tags()).containsEntry("Environment", "staging");
	}

	@Test
	void colonInTagKeyIsEscaped(@Value("${imds.tags.instance[team\\:cost.Center]:dev}") String inJava) {
		assertThat(inJava).isEqualTo("42");
		assertThat(this.environment.getProperty("readme.yaml")).isEqualTo("42");
		assertThat(this.environment.getProperty("readme.properties")).isEqualTo("42");
		assertThat(this.environment.getProperty("readme.absent")).isEqualTo("dev");
	}

	@Test
	void colonInMacAddressIsEscaped(
			@Value("${imds.network.interfaces.macs[0a\\:1b\\:2c\\:3d\\:4e\\:5f].subnet-id:none}") String subnetId) {
		assertThat(subnetId).isEqualTo("subnet-0123456789abcdef0");
	}

	@Test
	void unescapedColonStartsTheDefault(@Value("${imds.tags.instance[team:cost.Center]:dev}") String value) {
		assertThat(value).isEqualTo("cost.Center]:dev");
	}

	@Test
	void plainTagKeyNeedsNoBrackets(@Value("${imds.tags.instance.Name}") String name) {
		assertThat(name).isEqualTo("orders-7");
	}

	@Test
	void camelCaseIsNotAName(@Value("${imds.instanceId:none}") String value) {
		assertThat(value).isEqualTo("none");
	}

	@Test
	void clientReadsJsonListsAndTrees() {
		assertThat(this.imds.get("dynamic/instance-identity/document", IdentityDocument.class))
			.contains(new IdentityDocument("123456789012", "arm64"));
		assertThat(this.imds.list("meta-data/tags/instance")).contains("Name", "team:cost.Center");
		assertThat(this.imds.tree("meta-data/network")).containsOnlyKeys("interfaces");
	}

	record IdentityDocument(String accountId, String architecture) {

	}

	@ConfigurationProperties("imds.placement")
	record Placement(String region, String availabilityZone, @Nullable Integer partitionNumber,
			@DefaultValue("none") String hostId) {

	}

	@TestConfiguration
	@EnableConfigurationProperties(Placement.class)
	static class Configuration {

		@Bean
		@ConditionalOnProperty("imds.instance-id")
		String onlyOnEc2() {
			return "here";
		}

		@Bean
		@ConditionalOnProperty("imds.placement.host-id")
		String onlyOnDedicatedHost() {
			return "there";
		}

	}

}
