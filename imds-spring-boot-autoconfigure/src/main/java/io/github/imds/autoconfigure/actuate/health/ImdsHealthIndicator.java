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

import java.util.function.Supplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import io.github.imds.client.ImdsClient;

/**
 * {@link HealthIndicator} that tells what the application has seen of the service. It
 * sends nothing, so that it is as fast as ever when the service is slow. It is never
 * down: an application whose metadata cannot be read does not have to be replaced.
 */
class ImdsHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<ImdsClient> client;

	/**
	 * Create an indicator.
	 * @param client supplies the client, which need not be built before somebody asks
	 */
	ImdsHealthIndicator(Supplier<ImdsClient> client) {
		super("The state of the metadata service is not known");
		this.client = client;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ServiceDescriptor status = ServiceDescriptor.of(this.client.get().status());
		boolean answers = status.endpoint() != null && status.failure() == null;
		builder.status(answers ? Status.UP : Status.UNKNOWN).withDetails(status.toMap());
	}

}
