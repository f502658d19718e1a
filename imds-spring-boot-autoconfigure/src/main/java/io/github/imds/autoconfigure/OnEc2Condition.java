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

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsDetection;

/**
 * Checks whether the application runs on an EC2 instance.
 *
 * @see ConditionalOnEc2
 */
final class OnEc2Condition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return getMatchOutcome(context.getEnvironment());
	}

	static ConditionOutcome getMatchOutcome(Environment environment) {
		ImdsClientHolder holder = holder(environment);
		if (holder != null) {
			return getMatchOutcome(holder);
		}
		try (ImdsClientHolder ownHolder = new ImdsClientHolder(
				() -> Binder.get(environment).bindOrCreate("imds.client", ImdsProperties.class))) {
			return getMatchOutcome(ownHolder);
		}
	}

	/**
	 * Return the holder of the client behind the properties, which may already have found
	 * the service unreachable.
	 */
	private static @Nullable ImdsClientHolder holder(Environment environment) {
		if (environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				if (source.getSource() instanceof ImdsClientHolder holder) {
					return holder;
				}
			}
		}
		return null;
	}

	private static ConditionOutcome getMatchOutcome(ImdsClientHolder holder) {
		return getMatchOutcome(holder.detection(), () -> holder.client().isAvailable());
	}

	static ConditionOutcome getMatchOutcome(ImdsDetection detection, BooleanSupplier available) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnEc2.class);
		return switch (detection.result()) {
			case PRESENT -> ConditionOutcome.match(message.because(detection.reason()));
			case ABSENT -> ConditionOutcome.noMatch(message.because(detection.reason()));
			case UNKNOWN -> {
				// The machine that builds an application says nothing about the one that
				// runs it
				if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
					yield ConditionOutcome.noMatch(message.because(
							detection.reason() + ", and ahead-of-time processing does not ask the metadata service"));
				}
				boolean match = available.getAsBoolean();
				yield new ConditionOutcome(match, message.because(detection.reason()
						+ (match ? ", and the metadata service answers" : ", and no metadata service answers")));
			}
		};
	}

}
