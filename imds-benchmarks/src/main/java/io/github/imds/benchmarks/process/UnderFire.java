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

package io.github.imds.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.Environment;

/**
 * Program whose threads look up the same property all the time, while its value is due
 * and the service has a fault.
 *
 * @since 0.1.0
 */
public final class UnderFire {

	private static final long PAUSE_MILLIS = 10;

	private UnderFire() {
	}

	/**
	 * Look up a property, print {@code ready}, wait for a line on the standard input, and
	 * print the percentiles of the time of each later look-up, in microseconds.
	 * @param args the name of the property, the number of threads, the number of seconds
	 * @throws IOException if there is no standard input
	 * @throws InterruptedException if interrupted
	 * @throws ExecutionException if a look-up fails
	 */
	public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
		Environment environment = SpringApplication.run(MeasuredApplication.class).getEnvironment();
		String name = args[0];
		String value = environment.getRequiredProperty(name);
		warmUp(environment, name);
		System.out.println("ready 1");
		System.in.read();
		long end = System.nanoTime() + Long.parseLong(args[2]) * 1_000_000_000;
		long[] nanos = inThreads(Integer.parseInt(args[1]), () -> lookUp(environment, name, value, end));
		Arrays.sort(nanos);
		System.out.printf("look-ups %d %d %d %d %d%n", nanos.length, percentile(nanos, 0.5), percentile(nanos, 0.99),
				percentile(nanos, 0.999), percentile(nanos, 1));
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static void warmUp(Environment environment, String name) {
		for (int i = 0; i < 20_000; i++) {
			environment.getProperty(name);
		}
	}

	private static long[] lookUp(Environment environment, String name, String value, long end)
			throws InterruptedException {
		List<Long> nanos = new ArrayList<>();
		while (System.nanoTime() < end) {
			long start = System.nanoTime();
			String found = environment.getProperty(name);
			nanos.add(System.nanoTime() - start);
			if (!value.equals(found)) {
				throw new IllegalStateException("The last known value is lost");
			}
			Thread.sleep(PAUSE_MILLIS);
		}
		return nanos.stream().mapToLong(Long::longValue).toArray();
	}

	private static long[] inThreads(int threads, Callable<long[]> task)
			throws InterruptedException, ExecutionException {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		List<Callable<long[]>> tasks = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			tasks.add(task);
		}
		List<long[]> results = new ArrayList<>();
		for (Future<long[]> future : executor.invokeAll(tasks)) {
			results.add(future.get());
		}
		return results.stream().flatMapToLong(Arrays::stream).toArray();
	}

	private static long percentile(long[] sorted, double part) {
		return sorted[(int) Math.min(part * sorted.length, sorted.length - 1)] / 1000;
	}

}
