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

package io.github.imds.autoconfigure.actuate.health;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.autoconfigure.lifecycle.InstanceLifecycle;
import io.github.imds.client.ImdsClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for {@link ImdsHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ImdsAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("imds")
public final class ImdsHealthContributorAutoConfiguration {

	ImdsHealthContributorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnBean(ImdsClient.class)
	@ConditionalOnMissingBean(value = ImdsHealthIndicator.class,
			name = { "imdsHealthIndicator", "imdsHealthContributor" })
	ImdsHealthIndicator imdsHealthContributor(ObjectProvider<ImdsClient> client,
			ObjectProvider<InstanceLifecycle> lifecycle) {
		return new ImdsHealthIndicator(client::getObject, lifecycle::getIfAvailable);
	}

}
