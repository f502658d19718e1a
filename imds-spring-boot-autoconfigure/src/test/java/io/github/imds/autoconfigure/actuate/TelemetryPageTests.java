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

package io.github.imds.autoconfigure.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code docs/telemetry.md}: its configuration is used as it stands there, and
 * its table of meters holds what there is.
 */
class TelemetryPageTests {

	private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	private static final Pattern METER = Pattern.compile("^\\| `(imds[a-z.]+)` \\| ([a-z ]+) \\| (.*?) \\|",
			Pattern.MULTILINE);

	private static final Pattern CODE = Pattern.compile("`(\\w+)`(: `[^|]*)?");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private String page = "";

	@TempDir
	private Path config;

	@BeforeEach
	void usePage() throws IOException {
		this.page = Files.readString(Path.of("../docs/telemetry.md"));
		Files.writeString(this.config.resolve("application.yml"),
				YAML.matcher(this.page).results().map((match) -> match.group(1)).collect(Collectors.joining("---\n")));
	}

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void resourceAttributesTellTheInstance() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(attributes(context)).containsEntry("cloud.provider", "aws")
				.containsEntry("cloud.platform", "aws_ec2")
				.containsEntry("cloud.account.id", "123456789012")
				.containsEntry("cloud.region", "eu-west-1")
				.containsEntry("cloud.availability_zone", "eu-west-1b")
				.containsEntry("host.id", "i-0123456789abcdef0")
				.containsEntry("host.image.id", "ami-0a887e401f7654935")
				.containsEntry("host.name", "ip-10-0-1-36.eu-west-1.compute.internal")
				.containsEntry("host.type", "m7g.large");
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("aws");
		}
	}

	@Test
	void resourceAttributesOmitAwsOffEc2() {
		try (ConfigurableApplicationContext context = start("--imds.client.enabled=false")) {
			assertThat(attributes(context).keySet())
				.noneMatch((name) -> name.startsWith("cloud.") || name.startsWith("host."));
			assertThat(this.simulator.requests()).isEmpty();
		}
	}

	@Test
	void commonTagsAreOnEveryMeter() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(meters(context)).isNotEmpty()
				.allSatisfy((meter) -> assertThat(meter.getId().getTags()).contains(
						Tag.of("instance-id", "i-0123456789abcdef0"), Tag.of("region", "eu-west-1"),
						Tag.of("zone", "eu-west-1b")));
		}
	}

	@Test
	void commonTagsHaveTheirDefaultsElsewhere() {
		try (ConfigurableApplicationContext context = start("--imds.client.enabled=false")) {
			assertThat(meters(context)).isNotEmpty()
				.allSatisfy((meter) -> assertThat(meter.getId().getTags()).contains(Tag.of("instance-id", "local"),
						Tag.of("region", "none"), Tag.of("zone", "none")));
		}
	}

	@Test
	void tableListsEveryMeter() {
		Map<String, Set<String>> actual = new HashMap<>();
		this.simulator.interruptSpot("terminate", Instant.now().plusSeconds(120));
		try (ConfigurableApplicationContext context = start("--imds.lifecycle.enabled=true")) {
			Awaitility.await()
				.until(() -> meters(context).stream()
					.anyMatch((meter) -> meter.getId().getName().equals("imds.lifecycle.events")));
			context.getBean(ImdsClient.class).everything();
			context.getBean(ImdsClient.class).get("meta-data/mac");
			for (Meter meter : meters(context)) {
				if (meter.getId().getName().startsWith("imds.")) {
					Set<String> tags = meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
					tags.removeAll(Set.of("instance-id", "region", "zone"));
					actual.merge(meter.getId().getName(), tags, (some, others) -> {
						assertThat(some).isEqualTo(others);
						return some;
					});
				}
			}
		}
		Map<String, Set<String>> documented = METER.matcher(this.page)
			.results()
			.collect(Collectors.toMap((row) -> row.group(1), TelemetryPageTests::tags));
		assertThat(documented).isEqualTo(actual);
	}

	@Test
	void tableListsEveryTagOfARequest() {
		Set<String> rows = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
			.matcher(this.page)
			.results()
			.map((row) -> row.group(1))
			.collect(Collectors.toSet());
		try (ConfigurableApplicationContext context = start()) {
			context.getBean(ImdsClient.class).get("meta-data/mac");
			Set<String> tags = new TreeSet<>();
			context.getBean(MeterRegistry.class)
				.get("imds.client.requests.active")
				.meter()
				.getId()
				.getTags()
				.forEach((tag) -> tags.add(tag.getKey()));
			tags.removeAll(Set.of("instance-id", "region", "zone"));
			assertThat(rows).isEqualTo(tags);
		}
	}

	private static Set<String> tags(MatchResult row) {
		return CODE.matcher(row.group(3)).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	private static Collection<Meter> meters(ConfigurableApplicationContext context) {
		return context.getBean(MeterRegistry.class).getMeters();
	}

	private static Map<String, Object> attributes(ConfigurableApplicationContext context) {
		return context.getBean(Resource.class)
			.getAttributes()
			.asMap()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> ((AttributeKey<?>) entry.getKey()).getKey(), Map.Entry::getValue));
	}

	private ConfigurableApplicationContext start(String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = "--imds.client.endpoint=" + this.simulator.endpoint();
		all[arguments.length + 1] = "--spring.config.location=file:" + this.config + "/";
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(all);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
