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

package io.github.imds.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A service that answers whatever a test wants it to, as no instance would.
 */
final class UntrustedService implements AutoCloseable {

	private static final String LATEST = "/latest/";

	private final Function<String, @Nullable InputStream> answers;

	private final HttpServer server;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger mostActive = new AtomicInteger();

	private UntrustedService(Function<String, @Nullable InputStream> answers) {
		this.answers = answers;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	/**
	 * Start a service.
	 * @param answers what to answer to a path below the version as it was sent;
	 * {@code null} for 404
	 * @return the running service
	 */
	static UntrustedService streaming(Function<String, @Nullable InputStream> answers) {
		return new UntrustedService(answers);
	}

	static UntrustedService answering(Function<String, @Nullable String> answers) {
		return new UntrustedService((path) -> {
			String answer = answers.apply(path);
			return (answer != null) ? new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)) : null;
		});
	}

	ImdsClientBuilder client() {
		return ImdsClient.builder()
			.endpoints(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()))
			.readTimeout(Duration.ofMinutes(1))
			.timeout(Duration.ofMinutes(1))
			.maxAttempts(1);
	}

	/**
	 * Return the paths of all requests but those for a token.
	 * @return the paths below the version as they were sent
	 */
	List<String> requests() {
		return this.requests;
	}

	/**
	 * Return how many requests there were at the same time.
	 * @return the greatest number
	 */
	int mostActive() {
		return this.mostActive.get();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (exchange.getRequestMethod().equals("PUT")) {
				exchange.getResponseHeaders().set("X-aws-ec2-metadata-token-ttl-seconds", "21600");
				send(exchange, new ByteArrayInputStream("token".getBytes(StandardCharsets.UTF_8)));
				return;
			}
			String path = exchange.getRequestURI().getRawPath();
			path = path.startsWith(LATEST) ? path.substring(LATEST.length()) : "outside:" + path;
			this.requests.add(path);
			this.mostActive.accumulateAndGet(this.active.incrementAndGet(), Math::max);
			InputStream answer;
			try {
				answer = this.answers.apply(path);
			}
			finally {
				this.active.decrementAndGet();
			}
			send(exchange, answer);
		}
	}

	private static void send(HttpExchange exchange, @Nullable InputStream body) throws IOException {
		if (body == null) {
			exchange.sendResponseHeaders(404, -1);
			return;
		}
		exchange.sendResponseHeaders(200, 0);
		body.transferTo(exchange.getResponseBody());
	}

}
