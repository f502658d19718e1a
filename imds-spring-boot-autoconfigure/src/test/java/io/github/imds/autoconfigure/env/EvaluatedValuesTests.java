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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.ConfigurableEnvironment;

import io.github.imds.client.ImdsClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that values of metadata stay text, also together with each other and with the
 * text around them.
 */
@ExtendWith(OutputCaptureExtension.class)
class EvaluatedValuesTests extends AbstractImdsEnvironmentTests {

	private static final String CODE = "T(java.lang.System).setProperty('imds.evaluated','true')";

	private static final List<String> VALUES = List.of("#{" + CODE + "}", "{" + CODE + "}", "#", "$", "a#", "a$", "{",
			"}", CODE, "{secret}", "${secret}", "a${secret}b", "$\\{secret}", "\\${secret}", "\\", "a\\", "secret}",
			"##", "#$", "$$", "#{", "${", "a #{ b", "'", "\"", "%{secret}", "@secret@", ":secret", "secret:");

	private static final List<String> TEMPLATES = List.of("${A:}", "#${A:}", "$${A:}", "a ${A:} b", "${A:}${B:}",
			"#${A:}${B:}", "$${A:}${B:}", "a ${A:} b ${B:} c", "${A:}{secret}", "\\${A:}${B:}", "${none:${A:}${B:}}");

	@AfterEach
	void clearProperty() {
		System.clearProperty("imds.evaluated");
	}

	@Test
	void nothingIsEvaluatedWhateverStandsAroundIt() {
		for (int i = 0; i < VALUES.size(); i++) {
			this.simulator.tag("value" + i, VALUES.get(i));
		}
		try (ConfigurableApplicationContext context = run()) {
			for (String template : TEMPLATES) {
				for (int a = 0; a < VALUES.size(); a++) {
					for (int b = 0; b < (template.contains("${B") ? VALUES.size() : 1); b++) {
						String text = template.replace("${A", "${imds.tags.instance[value" + a + "]")
							.replace("${B", "${imds.tags.instance[value" + b + "]");
						assertThat(value(context, text)).as("%s with %s and %s", template, VALUES.get(a), VALUES.get(b))
							.isInstanceOfSatisfying(String.class,
									(value) -> assertThat(value).doesNotContain("never shown"));
					}
				}
			}
		}
		assertThat(System.getProperty("imds.evaluated")).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a}b", "T(java.lang.Runtime)", "back\\slash", "'quoted'", "a:b", "#tag", "5$ each", "a { b" })
	void harmlessValueStaysAProperty(String value) {
		this.simulator.tag("value", value);
		try (ConfigurableApplicationContext context = run()) {
			assertThat(value(context, "x ${imds.tags.instance[value]:none} y")).isEqualTo("x " + value + " y");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[value]")).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "#{" + CODE + "}", "${secret}", "a}", "back\\slash", "#", CODE })
	void aKeyIsNeverEvaluated(String key) {
		this.simulator.tag(key, "value").tag("other", "other value");
		try (ConfigurableApplicationContext context = run("--spring.config.import=imds:tags")) {
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[" + key + "]")).isEqualTo("value");
			assertThat(value(context, "${imds.tags.instance[other]:none}")).isEqualTo("other value");
		}
		assertThat(System.getProperty("imds.evaluated")).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "#{T(java.lang.Runtime).getRuntime().exec('true')}", "${user.home}",
			"prefix ${spring.datasource.password:} suffix", "${", "a #{ b" })
	void valueThatSpringWouldEvaluateIsNotAProperty(String value, CapturedOutput output) {
		this.simulator.tag("Name", value);
		try (ConfigurableApplicationContext context = run(TagValue.class)) {
			assertThat(context.getBean("name")).isEqualTo("none");
			assertThat(context.getEnvironment().getProperty("imds.tags.instance[Name]")).isNull();
			assertThat(context.getBean(ImdsClient.class).get("meta-data/tags/instance/Name")).contains(value);
		}
		assertThat(output).containsOnlyOnce("WARN").contains("'meta-data/tags/instance/Name'").doesNotContain(value);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "#{T(java.lang.Runtime).getRuntime().exec('true')}", "${user.home}",
			"prefix ${spring.datasource.password:} suffix", "${", "a #{ b" })
	void importedValueThatSpringWouldEvaluateIsNotAProperty(String value, CapturedOutput output) throws IOException {
		this.simulator.tag("Name", value);
		try (ConfigurableApplicationContext context = runImporting("imds:tags/instance")) {
			assertThat(snapshot(context, "imds:tags/instance").getPropertyNames())
				.contains("imds.tags.instance[Environment]")
				.doesNotContain("imds.tags.instance[Name]");
			assertThat(context.getBean(ImdsClient.class).get("meta-data/tags/instance/Name")).contains(value);
		}
		assertThat(output).containsOnlyOnce("WARN").contains("'meta-data/tags/instance/Name'").doesNotContain(value);
	}

	@Test
	void fieldThatSpringWouldEvaluateIsNotAProperty(CapturedOutput output) {
		this.simulator
			.put("meta-data/iam/info", "{\"InstanceProfileArn\": \"#{1 + 1}\", \"InstanceProfileId\": \"id\"}")
			.put("meta-data/security-groups", "web\n${user.home}");
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.iam.info.instance-profile-arn")).isNull();
			assertThat(environment.getProperty("imds.iam.info.instance-profile-id")).isEqualTo("id");
			assertThat(environment.getProperty("imds.security-groups")).isNull();
		}
		assertThat(output).contains("'meta-data/iam/info'", "'meta-data/security-groups'")
			.doesNotContain("1 + 1", "user.home");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{T(java.lang.System).exit(1)}", "#", "$", "a#", "{" })
	void partOfAnExpressionIsNotAProperty(String value) {
		this.simulator.tag("X", value);
		try (ConfigurableApplicationContext context = run(Empty.class)) {
			assertThat(context.getEnvironment().resolvePlaceholders("build-#${imds.tags.instance[X]:none}"))
				.isEqualTo("build-#none");
		}
	}

	/**
	 * Return what {@code @Value} would inject.
	 */
	private static Object value(ConfigurableApplicationContext context, String text) {
		ConfigurableListableBeanFactory factory = context.getBeanFactory();
		return factory.getBeanExpressionResolver()
			.evaluate(factory.resolveEmbeddedValue(text), new BeanExpressionContext(factory, null));
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return application(Placeholders.class).properties("secret=never shown").run(arguments(arguments));
	}

	@Configuration(proxyBeanMethods = false)
	static class Placeholders {

		@Bean
		static PropertySourcesPlaceholderConfigurer placeholders() {
			PropertySourcesPlaceholderConfigurer placeholders = new PropertySourcesPlaceholderConfigurer();
			placeholders.setIgnoreUnresolvablePlaceholders(true);
			return placeholders;
		}

	}

}
