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

package io.github.imds.autoconfigure.env;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that look-ups do not wait for a service that holds back its answer, once a value
 * is known.
 */
class DueValuesTests {

	private static final int THREADS = 50;

	private static final String NAME = "imds.tags.instance[Name]";

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private volatile CountDownLatch answer = new CountDownLatch(0);

	private volatile int status = 200;

	private HttpServer server;

	@TempDir
	private Path config;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.answer.countDown();
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(ints = { 200, 403, 404, 429, 503 })
	void manyThreadsReadADueValueWhileOneRequestWaitsForItsAnswer(int status) throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty(NAME)).isEqualTo("orders-7");
			hold(status);
			assertThat(readInManyThreads(environment)).hasSize(THREADS).containsOnly("orders-7");
			await().until(() -> this.requests.get() > 0);
			assertThat(readInManyThreads(environment)).hasSize(THREADS).containsOnly("orders-7");
			assertThat(this.requests).hasValue(1);
		}
	}

	@Test
	void aFailedRenewalIsRememberedForAWhile() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty(NAME)).isEqualTo("orders-7");
			hold(403);
			await().until(() -> {
				environment.getProperty(NAME);
				return this.requests.get() > 0;
			});
			this.answer.countDown();
			await().until(() -> this.answered.get() > 0);
			for (int i = 0; i < 20; i++) {
				assertThat(readInManyThreads(environment)).containsOnly("orders-7");
			}
			assertThat(this.requests).as("requests of renewals, no more than one each 5 seconds").hasValueLessThan(10);
		}
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(ints = { 403, 429, 500, 503 })
	void aFailedFirstReadIsRememberedForAWhile(int status) throws Exception {
		try (ConfigurableApplicationContext context = run("1500ms")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getProperty("imds.placement.region");
			hold(status);
			this.answer.countDown();
			assertThat(environment.getProperty(NAME)).isNull();
			int requests = this.requests.get();
			for (int i = 0; i < 20; i++) {
				assertThat(readInManyThreads(environment)).containsOnlyNulls();
			}
			assertThat(this.requests).as("requests, no more than one each second").hasValueLessThan(requests + 20);
			this.status = 200;
			await().until(() -> "orders-7".equals(environment.getProperty(NAME)));
		}
	}

	@Test
	void manyThreadsThatWaitForAnUnknownValueShareOneRequest() throws Exception {
		// A thread that reads after the answer finds a value that is not due
		try (ConfigurableApplicationContext context = run("10m", "--imds.client.cache.time-to-live=10m")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			environment.getProperty("imds.placement.region");
			hold(200);
			List<Future<String>> values = submit(environment);
			await().until(() -> this.requests.get() > 0);
			this.answer.countDown();
			assertThat(get(values)).hasSize(THREADS).containsOnly("orders-7");
			assertThat(this.requests).hasValue(1);
		}
	}

	@Test
	void aSlowValueDoesNotHoldUpAnother() throws Exception {
		try (ConfigurableApplicationContext context = run()) {
			ConfigurableEnvironment environment = context.getEnvironment();
			assertThat(environment.getProperty("imds.placement.region")).isEqualTo("orders-7");
			hold(200);
			Future<String> slow = this.executor.submit(() -> environment.getProperty(NAME));
			await().until(() -> this.requests.get() == 1);
			Future<String> other = this.executor.submit(() -> environment.getProperty("imds.tags.instance[Other]"));
			await().until(() -> this.requests.get() == 2);
			assertThat(environment.getProperty("imds.placement.region")).isEqualTo("orders-7");
			this.answer.countDown();
			assertThat(slow.get(60, TimeUnit.SECONDS)).isEqualTo("orders-7");
			assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo("orders-7");
		}
	}

	@Test
	void refreshedValuesDoNotWaitOneAfterTheOtherForASilentService() {
		try (ConfigurableApplicationContext context = run("1500ms")) {
			ConfigurableEnvironment environment = context.getEnvironment();
			List<String> names = IntStream.range(0, 10).mapToObj("imds.tags.instance[Tag%d]"::formatted).toList();
			assertThat(names).extracting(environment::getProperty).containsOnly("orders-7");
			hold(200);
			((ImdsPropertySource) environment.getPropertySources().get(ImdsPropertySource.NAME)).expire();
			assertThat(names).extracting(environment::getProperty).containsOnly("orders-7");
			assertThat(this.requests).hasValueLessThan(names.size());
		}
	}

	private void hold(int status) {
		this.status = status;
		this.requests.set(0);
		this.answered.set(0);
		this.answer = new CountDownLatch(1);
	}

	private List<String> readInManyThreads(ConfigurableEnvironment environment) throws Exception {
		return get(submit(environment));
	}

	private List<Future<String>> submit(ConfigurableEnvironment environment) {
		List<Future<String>> values = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			values.add(this.executor.submit(() -> environment.getProperty(NAME)));
		}
		return values;
	}

	private static List<String> get(List<Future<String>> values) throws Exception {
		List<String> all = new ArrayList<>();
		for (Future<String> value : values) {
			all.add(value.get(60, TimeUnit.SECONDS));
		}
		return all;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean token = exchange.getRequestMethod().equals("PUT");
			if (!token) {
				this.requests.incrementAndGet();
				this.answer.await();
			}
			else {
				exchange.getResponseHeaders().add("X-aws-ec2-metadata-token-ttl-seconds", "21600");
			}
			byte[] body = (token ? "token" : "orders-7").getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(token ? 200 : this.status, body.length);
			exchange.getResponseBody().write(body);
			this.answered.incrementAndGet();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Run an application whose calls last longer than the test holds back an answer.
	 */
	private ConfigurableApplicationContext run() {
		return run("10m");
	}

	private ConfigurableApplicationContext run(String timeout) {
		return run(timeout, "--imds.client.cache.time-to-live=1ms");
	}

	private ConfigurableApplicationContext run(String timeout, String timeToLive) {
		return new SpringApplicationBuilder(Empty.class).web(WebApplicationType.NONE)
			.run("--imds.client.endpoint=http://localhost:" + this.server.getAddress().getPort(),
					"--spring.config.location=file:" + this.config + "/", timeToLive,
					"--imds.client.timeout=" + timeout, "--imds.client.read-timeout=" + timeout);
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
