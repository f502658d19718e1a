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

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import io.github.imds.autoconfigure.lifecycle.InstanceLifecycle;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsStatus;
import io.github.imds.lifecycle.LifecycleEvent;

/**
 * {@link HealthIndicator} for the metadata service. The indicator reports the result of
 * the last read and sends no request, so a slow service does not delay a health check. It
 * never reports {@link Status#DOWN}, because replacing the application does not bring the
 * service back. While the application refuses traffic because of a notice, the status is
 * {@link Status#OUT_OF_SERVICE}.
 *
 * @since 0.1.0
 */
public class ImdsHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<ImdsClient> client;

	private final Supplier<@Nullable InstanceLifecycle> lifecycle;

	/**
	 * Create a new indicator that does not report lifecycle events.
	 * @param client supplies the client, at the first health check
	 */
	public ImdsHealthIndicator(Supplier<ImdsClient> client) {
		this(client, () -> null);
	}

	/**
	 * Create a new indicator.
	 * @param client supplies the client, at the first health check
	 * @param lifecycle supplies the lifecycle of the instance, or {@code null} if it is
	 * not watched
	 */
	public ImdsHealthIndicator(Supplier<ImdsClient> client, Supplier<@Nullable InstanceLifecycle> lifecycle) {
		super("Health check of the metadata service failed");
		this.client = client;
		this.lifecycle = lifecycle;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ImdsStatus status = this.client.get().status();
		boolean up = status.endpoint().isPresent() && status.failure().isEmpty();
		builder.status(up ? Status.UP : Status.UNKNOWN)
			.withDetail("enabled", status.detection().isEnabled())
			.withDetail("reason", status.detection().reason());
		status.endpoint().ifPresent((endpoint) -> builder.withDetail("endpoint", endpoint));
		status.endpointMode()
			.ifPresent((mode) -> builder.withDetail("endpointMode", mode.name().toLowerCase(Locale.ROOT)));
		status.tokenExpiresAt().ifPresent((expiry) -> builder.withDetail("tokenExpiresAt", expiry));
		status.failure().ifPresent((failure) -> builder.withDetail("failure", String.valueOf(failure.getMessage())));
		InstanceLifecycle lifecycle = this.lifecycle.get();
		if (lifecycle != null) {
			addNotices(builder, lifecycle);
		}
	}

	private static void addNotices(Health.Builder builder, InstanceLifecycle lifecycle) {
		List<LifecycleEvent> standing = lifecycle.standing();
		if (!standing.isEmpty()) {
			builder.withDetail("notices", standing.stream().map(LifecycleEvent::kind).toList());
		}
		lifecycle.refusingTrafficFor()
			.ifPresent((event) -> builder.outOfService().withDetail("refusingTrafficFor", event.kind()));
	}

}
