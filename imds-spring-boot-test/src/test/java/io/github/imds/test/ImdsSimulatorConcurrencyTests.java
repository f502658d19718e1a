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

package io.github.imds.test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImdsSimulator} under concurrent requests and changes.
 */
class ImdsSimulatorConcurrencyTests {

	@Test
	void requestsAndChangesOfManyThreadsDoNotDisturbEachOther() throws Exception {
		int threads = 32;
		int rounds = 20;
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			runConcurrently(threads, (thread) -> {
				String token = RawHttp.token(simulator);
				for (int round = 0; round < rounds; round++) {
					String value = thread + "/" + round;
					simulator.tag("thread-" + thread, value);
					assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/thread-" + thread, token).text())
						.isEqualTo(value);
					assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/", token).text().lines())
						.contains("Environment", "thread-" + thread)
						.doesNotHaveDuplicates();
					simulator.remove("meta-data/tags/instance/thread-" + thread);
					assertThat(
							RawHttp.get(simulator, "/latest/meta-data/tags/instance/thread-" + thread, token).status())
						.isEqualTo(404);
				}
				return token;
			});
			assertThat(simulator.tokenRequests()).isEqualTo(threads);
			assertThat(simulator.valueRequests()).isEqualTo(threads * rounds * 3);
			assertThat(RawHttp.get(simulator, "/latest/meta-data/tags/instance/").text())
				.isEqualTo("Environment\nName\nOwner\naws:autoscaling:groupName\nteam:cost.Center");
		}
	}

	@Test
	void manyRequestsAreServedAtOnce() throws Exception {
		int requests = 100;
		CyclicBarrier allInProgress = new CyclicBarrier(requests);
		InstantSource clock = () -> {
			try {
				allInProgress.await(30, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			return Instant.EPOCH;
		};
		try (ImdsSimulator simulator = ImdsSimulator.builder().clock(clock).start()) {
			List<String> tokens = runConcurrently(requests, (thread) -> RawHttp.token(simulator));
			assertThat(tokens).doesNotHaveDuplicates().allMatch((token) -> token.length() == 56);
		}
	}

	private static <T> List<T> runConcurrently(int threads, ThreadTask<T> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Callable<T>> calls = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int thread = i;
				calls.add(() -> task.run(thread));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : executor.invokeAll(calls)) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private interface ThreadTask<T> {

		T run(int thread);

	}

}
