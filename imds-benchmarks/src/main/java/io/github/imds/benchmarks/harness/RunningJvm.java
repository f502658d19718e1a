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

package io.github.imds.benchmarks.harness;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

import software.amazon.awssdk.imds.Ec2MetadataClient;

import io.github.imds.ImdsException;
import io.github.imds.benchmarks.client.UrlConnectionClient;
import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.report.Subjects;
import io.github.imds.client.ImdsClient;

/**
 * Measurements in this JVM that take too long for JMH or count requests: trees, many
 * threads, a cold start of many threads.
 */
final class RunningJvm {

	private static final String PATH = "meta-data/placement/availability-zone";

	private static final int DEFAULT_CONCURRENCY = 8;

	private static final Duration DELAY = Duration.ofMillis(2);

	private final Lab lab;

	private final URI endpoint;

	RunningJvm(Lab lab) {
		this.lab = lab;
		this.endpoint = URI.create(lab.server().endpoint());
	}

	/**
	 * Read all metadata of the simulator's default instance, with the default number of
	 * concurrent requests and with one.
	 */
	void measureEverything() throws IOException {
		for (int concurrency : new int[] { DEFAULT_CONCURRENCY, 1 }) {
			String subject = "%d at once".formatted(concurrency);
			for (Duration delay : List.of(Duration.ZERO, DELAY)) {
				readTree("everything", subject, "%d ms".formatted(delay.toMillis()), concurrency, delay, "instance",
						this.lab.effort().runs());
			}
		}
	}

	void measureTrees() throws IOException {
		for (int size : new int[] { 100, 300, 1_000, 3_000, 10_000 }) {
			int runs = Math.min(this.lab.effort().longRuns(), (size > 1_000) ? 3 : 5);
			for (Duration delay : List.of(Duration.ZERO, DELAY)) {
				readTree("tree", "%d at once at %d ms".formatted(DEFAULT_CONCURRENCY, delay.toMillis()),
						Integer.toString(size), DEFAULT_CONCURRENCY, delay, Integer.toString(size), runs);
			}
			if (size <= 1_000) {
				readTree("tree", "1 at once at 2 ms", Integer.toString(size), 1, DELAY, Integer.toString(size), runs);
			}
		}
		this.lab.server().prepare(Duration.ZERO);
	}

	private void readTree(String figure, String subject, String condition, int concurrency, Duration delay, String tree,
			int runs) throws IOException {
		try (ImdsClient client = ImdsClient.builder()
			.endpoints(this.endpoint)
			.concurrency(concurrency)
			.readTimeout(Duration.ofSeconds(10))
			.timeout(Duration.ofMinutes(1))
			.build()) {
			this.lab.server().prepare(delay, tree);
			for (int i = 0; i < warmUps(concurrency, tree); i++) {
				client.everything();
			}
			for (int i = 0; i < runs; i++) {
				this.lab.server().prepare(delay, tree);
				long start = System.nanoTime();
				client.everything();
				this.lab.results().add(figure, subject, condition, "ms", (System.nanoTime() - start) / 1e6);
				this.lab.results()
					.add(figure + " GET", subject, condition, "requests", this.lab.server().counts().get());
			}
		}
		catch (ImdsException ex) {
			System.out.printf("  %s of %s values: %s%n", figure, tree, ex.getMessage());
			this.lab.results().add(figure + " over the limit", subject, condition, "trees", 1);
		}
	}

	private int warmUps(int concurrency, String tree) {
		if (!tree.equals("instance")) {
			return (tree.length() > 3) ? 1 : 10;
		}
		return (concurrency > 1) ? this.lab.effort().treeWarmUps() : 10;
	}

	void measureThreads() throws IOException {
		try (ImdsClient imds = ImdsClient.builder().endpoints(this.endpoint).build();
				Ec2MetadataClient awsSdk = Ec2MetadataClient.builder().endpoint(this.endpoint).build()) {
			UrlConnectionClient urlConnection = new UrlConnectionClient(this.endpoint.toString());
			Map<String, Callable<?>> reads = new LinkedHashMap<>();
			reads.put(Subjects.IMDS, () -> imds.get(PATH));
			reads.put(Subjects.AWS_SDK, () -> awsSdk.get("/latest/" + PATH).asString());
			reads.put(Subjects.URL_CONNECTION, () -> urlConnection.get(PATH));
			this.lab.server().prepare(DELAY);
			for (int run = 0; run < Math.min(this.lab.effort().longRuns() + 1, 4); run++) {
				for (int threads = 1; threads <= 64; threads *= 2) {
					for (Map.Entry<String, Callable<?>> read : reads.entrySet()) {
						double perSecond = readsPerSecond(threads, Duration.ofMillis(700), read.getValue());
						// The first round warms up
						if (run > 0) {
							this.lab.results()
								.add("threads", read.getKey(), Integer.toString(threads), "reads/s", perSecond);
						}
					}
				}
			}
		}
	}

	private static double readsPerSecond(int threads, Duration duration, Callable<?> read) throws IOException {
		LongSupplier clock = System::nanoTime;
		long start = clock.getAsLong();
		long count = inThreads(threads, () -> {
			long reads = 0;
			while (clock.getAsLong() - start < duration.toNanos()) {
				read.call();
				reads++;
			}
			return reads;
		}).stream().mapToLong(Long::longValue).sum();
		return count * 1e9 / (clock.getAsLong() - start);
	}

	void measureColdStart() throws IOException {
		for (int run = 0; run < this.lab.effort().runs(); run++) {
			try (ImdsClient imds = ImdsClient.builder().endpoints(this.endpoint).build();
					Ec2MetadataClient awsSdk = Ec2MetadataClient.builder().endpoint(this.endpoint).build()) {
				measureColdStart(Subjects.IMDS, () -> imds.get(PATH));
				measureColdStart(Subjects.AWS_SDK, () -> awsSdk.get("/latest/" + PATH).asString());
			}
		}
	}

	private void measureColdStart(String subject, Callable<?> read) throws IOException {
		this.lab.server().prepare(DELAY);
		CyclicBarrier barrier = new CyclicBarrier(16);
		inThreads(barrier.getParties(), () -> {
			barrier.await();
			return read.call();
		});
		this.lab.results().add("cold start PUT", subject, "16 threads", "requests", this.lab.server().counts().put());
	}

	private static <T> List<T> inThreads(int threads, Callable<T> task) throws IOException {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Callable<T>> tasks = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				tasks.add(task);
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : executor.invokeAll(tasks)) {
				results.add(future.get());
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
		catch (ExecutionException ex) {
			throw new IOException(ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

}
