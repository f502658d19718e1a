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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.metadata.InstanceMetadata;

/**
 * {@link InfoContributor} that describes the instance of the application. If the service
 * does not answer within a second, the description is omitted until it has been read.
 *
 * @since 0.1.0
 */
public class ImdsInfoContributor implements InfoContributor {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

	private final InstanceMetadata instance;

	private final Duration timeout;

	private final Lock lock = new ReentrantLock();

	private @Nullable Read read;

	/**
	 * Create a new contributor.
	 * @param instance the instance to describe
	 */
	public ImdsInfoContributor(InstanceMetadata instance) {
		this(instance, TIMEOUT);
	}

	ImdsInfoContributor(InstanceMetadata instance, Duration timeout) {
		this.instance = instance;
		this.timeout = timeout;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = current().await(this.timeout);
		if (!details.isEmpty()) {
			builder.withDetail("ec2", details);
		}
	}

	private Read current() {
		this.lock.lock();
		try {
			Read read = this.read;
			if (read == null || read.isExpired()) {
				read = Read.start(this::describe);
				this.read = read;
			}
			return read;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Map<String, Object> describe() {
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
	 * Add a detail unless the service lacks it, as services that imitate IMDS may.
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

	/**
	 * Read in a separate thread, because a read may take longer than a user of the
	 * endpoint should wait.
	 */
	private record Read(FutureTask<Map<String, Object>> task, long startedAt) {

		static Read start(Supplier<Map<String, Object>> source) {
			FutureTask<Map<String, Object>> task = new FutureTask<>(source::get);
			Thread thread = new Thread(task, "imds-info");
			thread.setDaemon(true);
			thread.start();
			return new Read(task, System.nanoTime());
		}

		boolean isExpired() {
			return this.task.isDone() && age() >= TIME_TO_LIVE.toNanos();
		}

		Map<String, Object> await(Duration timeout) {
			try {
				return this.task.get(Math.max(0, timeout.toNanos() - age()), TimeUnit.NANOSECONDS);
			}
			catch (ExecutionException | TimeoutException ex) {
				return Map.of();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return Map.of();
			}
		}

		private long age() {
			return System.nanoTime() - this.startedAt;
		}

	}

}
