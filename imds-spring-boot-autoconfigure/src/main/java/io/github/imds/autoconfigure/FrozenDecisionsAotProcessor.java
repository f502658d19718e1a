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

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Warns about decisions that ahead-of-time processing makes without instance metadata and
 * that the application does not make again when it starts: conditions and profiles.
 */
class FrozenDecisionsAotProcessor implements BeanFactoryInitializationAotProcessor {

	private static final Pattern METADATA_PROPERTY = Pattern
		.compile("(?<![\\w.])imds\\.(?!client\\b|lifecycle\\b)[a-z]");

	private static final Pattern METADATA_PLACEHOLDER = Pattern.compile("\\$\\{imds\\.(?!client\\b|lifecycle\\b)[a-z]");

	private static final Log logger = LogFactory.getLog(FrozenDecisionsAotProcessor.class);

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		warnings(beanFactory).forEach(logger::warn);
		return null;
	}

	static Set<String> warnings(ConfigurableListableBeanFactory beanFactory) {
		Set<String> warnings = new TreeSet<>();
		ConditionEvaluationReport.get(beanFactory)
			.getConditionAndOutcomesBySource()
			.forEach((source, outcomes) -> outcomes.forEach((conditionAndOutcome) -> {
				ConditionOutcome outcome = conditionAndOutcome.getOutcome();
				if (conditionAndOutcome.getCondition() instanceof OnEc2Condition) {
					warnings.add(frozen(source, outcome) + ". To decide when the application starts, use "
							+ Ec2BeanRegistrar.class.getSimpleName());
				}
				else if (METADATA_PROPERTY.matcher(outcome.getMessage()).find()) {
					warnings.add(frozen(source, outcome) + ". Properties with instance metadata are absent while an "
							+ "application is processed; to decide when the application starts, use a BeanRegistrar");
				}
			}));
		if (beanFactory.getBean(
				ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME) instanceof ConfigurableEnvironment environment) {
			environment.getPropertySources().forEach((properties) -> addProfiles(properties, warnings));
		}
		return warnings;
	}

	private static String frozen(String source, ConditionOutcome outcome) {
		return "Ahead-of-time processing freezes '%s' as '%s' (%s)".formatted(source,
				outcome.isMatch() ? "matches" : "does not match", outcome.getMessage());
	}

	private static void addProfiles(PropertySource<?> properties, Set<String> warnings) {
		if (properties instanceof EnumerablePropertySource<?> enumerable) {
			for (String name : enumerable.getPropertyNames()) {
				if (name.startsWith("spring.profiles.")
						&& METADATA_PLACEHOLDER.matcher(String.valueOf(enumerable.getProperty(name))).find()) {
					warnings.add("Ahead-of-time processing freezes the profiles of '%s=%s' without instance metadata. "
						.formatted(name, enumerable.getProperty(name))
							+ "Set the profiles of the environment that the application is built for, "
							+ "and activate no profile by instance metadata");
				}
			}
		}
	}

}
