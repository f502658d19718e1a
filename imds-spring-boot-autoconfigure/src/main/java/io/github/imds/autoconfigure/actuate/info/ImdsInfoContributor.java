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

package io.github.imds.autoconfigure.actuate.info;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.metadata.InstanceMetadata;

/**
 * {@link InfoContributor} that tells what instance the application runs on. Where the
 * service does not answer soon, nothing is told for a while; what was read meanwhile is
 * told later.
 */
class ImdsInfoContributor implements InfoContributor {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

	private final InstanceMetadata instance;

	private final Duration patience;

	private final TimedCache<Map<String, Object>> details;

	ImdsInfoContributor(InstanceMetadata instance) {
		this(instance, PATIENCE);
	}

	ImdsInfoContributor(InstanceMetadata instance, Duration patience) {
		this.instance = instance;
		this.patience = patience;
		this.details = new TimedCache<>(this::readInTime, TIME_TO_LIVE);
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = this.details.get();
		if (!details.isEmpty()) {
			builder.withDetail("ec2", details);
		}
	}

	/**
	 * Read in a thread of its own, since what a client may take is more than a visitor
	 * should wait. The facts that come too late are kept by the {@link InstanceMetadata}.
	 */
	private Map<String, Object> readInTime() {
		FutureTask<Map<String, Object>> task = new FutureTask<>(this::read);
		Thread thread = new Thread(task, "imds-info");
		thread.setDaemon(true);
		thread.start();
		try {
			return task.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			return Map.of();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Map.of();
		}
	}

	private Map<String, Object> read() {
		Map<String, Object> details = new LinkedHashMap<>();
		put(details, "id", this.instance::instanceId);
		put(details, "type", this.instance::instanceType);
		put(details, "zone", this.instance::availabilityZone);
		put(details, "region", this.instance::region);
		put(details, "account", this.instance::accountId);
		put(details, "image", this.instance::imageId);
		return details;
	}

	/**
	 * Add a detail, unless the service does not have it, as some look-alikes.
	 * @throws ImdsException if the service does not answer
	 */
	private static void put(Map<String, Object> details, String name, Supplier<String> value) {
		try {
			details.put(name, value.get());
		}
		catch (ImdsResponseException ex) {
			// Left out
		}
	}

}
