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

package io.github.imds.sample.loadbalancer;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Steady load on a URL that counts every request and its outcome, until a file appears.
 *
 * @since 0.1.0
 */
public final class SteadyLoad {

	private static final int CLIENTS = 8;

	private static final int PAUSE_MILLIS = 40;

	private static final int TIMEOUT_MILLIS = 10_000;

	private final URL url;

	private final Path stop;

	private final AtomicInteger requests = new AtomicInteger();

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	private SteadyLoad(URL url, Path stop) {
		this.url = url;
		this.stop = stop;
	}

	/**
	 * Send requests and print the number of requests and failures.
	 * @param args the URL and the file that ends the load
	 * @throws Exception if the load is interrupted
	 */
	public static void main(String[] args) throws Exception {
		SteadyLoad load = new SteadyLoad(URI.create(args[0]).toURL(), Path.of(args[1]));
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		for (int i = 0; i < CLIENTS; i++) {
			clients.submit(load::run);
		}
		clients.shutdown();
		clients.awaitTermination(10, TimeUnit.MINUTES);
		System.out.println("requests: " + load.requests + ", failures: " + load.failures());
		new TreeMap<>(load.failures).forEach((outcome, count) -> System.out.println("  " + outcome + ": " + count));
	}

	private long failures() {
		return this.failures.values().stream().mapToLong(LongAdder::sum).sum();
	}

	private Void run() throws InterruptedException {
		while (!Files.exists(this.stop)) {
			this.requests.incrementAndGet();
			String outcome = request();
			if (!outcome.equals("200")) {
				this.failures.computeIfAbsent(outcome, (key) -> new LongAdder()).increment();
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		return null;
	}

	/**
	 * Make one request on a connection of its own, which the JDK does not repeat.
	 */
	private String request() {
		try {
			HttpURLConnection connection = (HttpURLConnection) this.url.openConnection();
			connection.setRequestProperty("Connection", "close");
			connection.setConnectTimeout(TIMEOUT_MILLIS);
			connection.setReadTimeout(TIMEOUT_MILLIS);
			int status = connection.getResponseCode();
			if (status == 200) {
				connection.getInputStream().readAllBytes();
			}
			return Integer.toString(status);
		}
		catch (IOException ex) {
			return ex.getClass().getSimpleName();
		}
	}

}
