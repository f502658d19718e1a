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

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.AbstractAotProcessor;

import io.github.imds.client.ImdsDetection;
import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Tests for {@link ConditionalOnEc2}.
 */
class ConditionalOnEc2Tests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(OnMethod.class, OnType.class);

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void matchesWhereMetadataIsUsed() {
		this.contextRunner.withPropertyValues("imds.client.endpoint=" + this.simulator.endpoint())
			.run((context) -> assertThat(context).hasBean("onMethod").hasBean("onType"));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void doesNotMatchWhereMetadataIsSwitchedOff() {
		this.contextRunner.withPropertyValues("imds.client.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean("onMethod").doesNotHaveBean("onType");
			assertThat(ConditionEvaluationReport.get(context.getBeanFactory())
				.getConditionAndOutcomesBySource()
				.get(OnMethod.class.getName() + "#onMethod")).singleElement()
				.satisfies((outcome) -> assertThat(outcome.getOutcome().getMessage())
					.isEqualTo("@ConditionalOnEc2 imds.client.enabled=false"));
		});
	}

	@Test
	void followsTheSettingOfAwsTools() {
		this.contextRunner.withSystemProperties("aws.disableEc2Metadata=true")
			.run((context) -> assertThat(context).doesNotHaveBean("onMethod"));
		this.contextRunner.withSystemProperties("aws.ec2MetadataServiceEndpoint=" + this.simulator.endpoint())
			.run((context) -> assertThat(context).hasBean("onMethod"));
	}

	@Test
	void usesTheClientOfTheEnvironment() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(OnMethod.class)
			.web(WebApplicationType.NONE)
			.properties(Map.of("imds.client.endpoint", this.simulator.endpoint()))
			.run()) {
			assertThat(context.containsBean("onMethod")).isTrue();
			assertThat(context.getEnvironment().getProperty("imds.instance-id")).isNotNull();
		}
	}

	@Test
	void knownResultCausesNoRequest() {
		assertThat(outcome(Result.PRESENT, null).isMatch()).isTrue();
		assertThat(outcome(Result.ABSENT, null).isMatch()).isFalse();
	}

	@Test
	void unknownResultIsTakenFromTheService() {
		assertThat(outcome(Result.UNKNOWN, true)).satisfies((outcome) -> {
			assertThat(outcome.isMatch()).isTrue();
			assertThat(outcome.getMessage())
				.isEqualTo("@ConditionalOnEc2 the reason, and the metadata service answers");
		});
		assertThat(outcome(Result.UNKNOWN, false)).satisfies((outcome) -> {
			assertThat(outcome.isMatch()).isFalse();
			assertThat(outcome.getMessage()).isEqualTo("@ConditionalOnEc2 the reason, and no metadata service answers");
		});
	}

	@Test
	void unknownResultDoesNotMatchWhileTheApplicationIsProcessedAheadOfTime() {
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		try {
			assertThat(outcome(Result.UNKNOWN, null)).satisfies((outcome) -> {
				assertThat(outcome.isMatch()).isFalse();
				assertThat(outcome.getMessage())
					.endsWith("the reason, and ahead-of-time processing does not ask the metadata service");
			});
		}
		finally {
			System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
		}
	}

	private static ConditionOutcome outcome(Result result, Boolean available) {
		return OnEc2Condition.getMatchOutcome(new ImdsDetection(result, "the reason"),
				() -> (available != null) ? available : fail("The service must not be asked"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OnMethod {

		@Bean
		@ConditionalOnEc2
		String onMethod() {
			return "on EC2";
		}

	}

	@Configuration("onType")
	@ConditionalOnEc2
	static class OnType {

	}

}
