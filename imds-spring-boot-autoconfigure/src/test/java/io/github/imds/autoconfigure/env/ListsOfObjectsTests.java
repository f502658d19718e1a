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

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that lists of objects bind as a whole or not at all.
 */
@ExtendWith(OutputCaptureExtension.class)
class ListsOfObjectsTests {

	private static final String PREFIX = "imds.events.maintenance";

	private static final String SCHEDULED = PREFIX + ".scheduled";

	private static final Instant SOON = Instant.parse("2030-01-01T00:00:00Z");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void anImportBindsAllElements() {
		schedule("one", "two");
		try (ConfigurableApplicationContext context = run("--spring.config.import=imds:meta-data/events")) {
			assertThat(context.getBean(Maintenance.class)).isEqualTo(new Maintenance(List.of(),
					List.of(new Event("one", "system-reboot"), new Event("two", "system-reboot"))));
		}
	}

	@Test
	void importOfAnEmptyListBindsNoElement() {
		this.simulator.put("meta-data/events/maintenance/scheduled", "[]");
		try (ConfigurableApplicationContext context = run("--spring.config.import=imds:meta-data/events")) {
			assertThat(context.getBean(Maintenance.class).scheduled()).isEmpty();
		}
	}

	/**
	 * Spring Boot would take the elements that were read for the whole list, or fail over
	 * the first one that was not.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void withoutAnImportAnElementThatWasReadIsNotTakenForTheList(int index) {
		schedule("one", "two");
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.getEnvironment().getProperty("%s[%d].code".formatted(SCHEDULED, index)))
				.isEqualTo("system-reboot");
			assertThat(context.getEnvironment().getProperty("imds.public-keys[%d].openssh-key".formatted(index)))
				.startsWith("ssh-");
			Binder binder = Binder.get(context.getEnvironment());
			assertThat(binder.bindOrCreate(PREFIX, Maintenance.class).scheduled()).isEmpty();
			assertThat(binder.bindOrCreate("imds", Keys.class).publicKeys()).isEmpty();
		}
	}

	@Test
	void listThatIsNotImportedCausesOneWarning(CapturedOutput output) {
		schedule("one");
		try (ConfigurableApplicationContext context = run()) {
			Binder.get(context.getEnvironment()).bindOrCreate(PREFIX, Maintenance.class);
		}
		assertThat(output).containsOnlyOnce("WARN").contains("'optional:imds:meta-data/events/maintenance/scheduled'");
	}

	@Test
	void importedOrEmptyListCausesNoWarning(CapturedOutput output) {
		run().close();
		schedule("one", "two");
		run("--spring.config.import=optional:imds:meta-data/events/maintenance/scheduled").close();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void anImportBindsAllPublicKeys() {
		try (ConfigurableApplicationContext context = run("--spring.config.import=imds:public-keys")) {
			assertThat(context.getEnvironment().getProperty("imds.public-keys[0].openssh-key")).startsWith("ssh-");
			assertThat(Binder.get(context.getEnvironment()).bindOrCreate("imds", Keys.class).publicKeys()).hasSize(2)
				.allSatisfy((key) -> assertThat(key.opensshKey()).startsWith("ssh-"));
		}
	}

	@Test
	void aPublicKeyThatIsMissingIsAbsent(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(context.getEnvironment().getProperty("imds.public-keys[7].openssh-key", "none"))
				.isEqualTo("none");
		}
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void aListOfTheUserWins() {
		schedule("one", "two");
		try (ConfigurableApplicationContext context = run("--" + SCHEDULED + "[0].event-id=mine",
				"--" + SCHEDULED + "[0].code=none")) {
			assertThat(context.getBean(Maintenance.class).scheduled()).containsExactly(new Event("mine", "none"));
		}
		assertThat(this.simulator.requests()).noneMatch((request) -> request.endsWith("scheduled"));
	}

	private void schedule(String... ids) {
		for (String id : ids) {
			this.simulator.scheduleMaintenance(id, "system-reboot", SOON, SOON.plusSeconds(3600));
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(Stream.concat(Stream.of("--imds.client.endpoint=" + this.simulator.endpoint()), Stream.of(arguments))
				.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Maintenance.class)
	static class Application {

	}

	@ConfigurationProperties(PREFIX)
	record Maintenance(@DefaultValue List<Event> history, @DefaultValue List<Event> scheduled) {

	}

	record Event(String eventId, @DefaultValue("none") String code) {

	}

	record Keys(@DefaultValue List<Key> publicKeys) {

		record Key(String opensshKey) {

		}

	}

}
