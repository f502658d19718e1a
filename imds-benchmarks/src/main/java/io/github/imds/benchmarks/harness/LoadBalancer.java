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
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Server;
import io.github.imds.benchmarks.lab.Watcher;

/**
 * Requests lost behind HAProxy when one of two Spot Instances is interrupted. The load
 * balancer checks the readiness every second; the instance ends 15 seconds after its
 * notice without any further warning.
 */
final class LoadBalancer {

	private static final int CLIENTS = 4;

	private static final Duration NOTICE = Duration.ofSeconds(15);

	private static final String CONFIGURATION = """
			defaults
			  mode http
			  timeout connect 1s
			  timeout client 10s
			  timeout server 10s
			  retries 0
			frontend measured
			  bind 127.0.0.1:%d
			  default_backend instances
			backend instances
			  balance roundrobin
			  option httpchk GET /actuator/health/readiness
			  server interrupted 127.0.0.1:%d check inter 1s fall 2 rise 2
			  server other 127.0.0.1:%d check inter 1s fall 2 rise 2
			""";

	private final Lab lab;

	LoadBalancer(Lab lab) {
		this.lab = lab;
	}

	void measure() throws IOException {
		for (int run = 0; run < this.lab.effort().longRuns(); run++) {
			measure(true);
			if (this.lab.effort().all()) {
				measure(false);
			}
		}
	}

	private void measure(boolean lifecycle) throws IOException {
		try (Server interrupted = spot(); Server other = spot()) {
			int port = freePort();
			int[] ports = { freePort(), freePort() };
			try (Watcher watcher = Watcher.startWeb(this.lab, interrupted, ports[0], lifecycle);
					Watcher otherWatcher = Watcher.startWeb(this.lab, other, ports[1], lifecycle)) {
				watcher.await("ACCEPTING_TRAFFIC");
				otherWatcher.await("ACCEPTING_TRAFFIC");
				measure(port, ports, interrupted, watcher, lifecycle ? "with notices" : "without notices");
			}
		}
	}

	private Server spot() throws IOException {
		Server server = Server.start(this.lab.serverCommand());
		server.prepare(Duration.ofMillis(2));
		server.value("meta-data/instance-life-cycle", "spot");
		return server;
	}

	private void measure(int port, int[] ports, Server server, Watcher watcher, String condition) throws IOException {
		Path configuration = Files.writeString(this.lab.work().resolve("haproxy.cfg"),
				CONFIGURATION.formatted(port, ports[0], ports[1]));
		Process proxy = new ProcessBuilder("haproxy", "-q", "-db", "-f", configuration.toString()).start();
		AtomicBoolean end = new AtomicBoolean();
		AtomicInteger answered = new AtomicInteger();
		AtomicInteger lost = new AtomicInteger();
		List<Thread> clients = new ArrayList<>();
		try {
			URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/health/liveness");
			sleep(Duration.ofSeconds(3));
			for (int i = 0; i < CLIENTS; i++) {
				Thread client = new Thread(() -> ask(uri, end, answered, lost));
				client.start();
				clients.add(client);
			}
			sleep(Duration.ofSeconds(2));
			Instant time = Instant.now().plus(NOTICE).truncatedTo(ChronoUnit.SECONDS);
			server.value("meta-data/spot/instance-action",
					"{\"action\":\"terminate\",\"time\":\"%s\"}".formatted(time));
			sleep(NOTICE);
			watcher.close();
			sleep(Duration.ofSeconds(5));
		}
		finally {
			end.set(true);
			for (Thread client : clients) {
				join(client);
			}
			proxy.destroy();
		}
		this.lab.results().add("load balancer", condition, "answered", "requests", answered.get());
		this.lab.results().add("load balancer", condition, "lost", "requests", lost.get());
	}

	private static void ask(URI uri, AtomicBoolean end, AtomicInteger answered, AtomicInteger lost) {
		while (!end.get()) {
			try {
				HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
				connection.setRequestProperty("Connection", "close");
				connection.setReadTimeout(10_000);
				((connection.getResponseCode() == 200) ? answered : lost).incrementAndGet();
				connection.disconnect();
				Thread.sleep(5);
			}
			catch (IOException ex) {
				lost.incrementAndGet();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void sleep(Duration duration) throws IOException {
		try {
			Thread.sleep(duration.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static void join(Thread thread) throws IOException {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
