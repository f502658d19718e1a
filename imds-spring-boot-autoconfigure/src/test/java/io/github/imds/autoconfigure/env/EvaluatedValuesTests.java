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

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that values of metadata stay text, also together with each other and with the
 * text around them.
 */
class EvaluatedValuesTests {

	private static final String CODE = "T(java.lang.System).setProperty('imds.evaluated','true')";

	private static final List<String> VALUES = List.of("#{" + CODE + "}", "{" + CODE + "}", "#", "$", "a#", "a$", "{",
			"}", CODE, "{secret}", "${secret}", "a${secret}b", "$\\{secret}", "\\${secret}", "\\", "a\\", "secret}",
			"##", "#$", "$$", "#{", "${", "a #{ b", "'", "\"", "%{secret}", "@secret@", ":secret", "secret:");

	private static final List<String> TEMPLATES = List.of("${A:}", "#${A:}", "$${A:}", "a ${A:} b", "${A:}${B:}",
			"#${A:}${B:}", "$${A:}${B:}", "a ${A:} b ${B:} c", "${A:}{secret}", "\\${A:}${B:}", "${none:${A:}${B:}}");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@TempDir
	private Path config;

	@AfterEach
	void close() {
		System.clearProperty("imds.evaluated");
		this.simulator.close();
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

	/**
	 * Return what {@code @Value} would inject.
	 */
	private static Object value(ConfigurableApplicationContext context, String text) {
		ConfigurableListableBeanFactory factory = context.getBeanFactory();
		return factory.getBeanExpressionResolver()
			.evaluate(factory.resolveEmbeddedValue(text), new BeanExpressionContext(factory, null));
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(Placeholders.class).web(WebApplicationType.NONE)
			.properties("secret=never shown")
			.run(Stream
				.concat(Stream.of("--imds.client.endpoint=" + this.simulator.endpoint(),
						"--spring.config.location=file:" + this.config + "/"), Stream.of(arguments))
				.toArray(String[]::new));
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
