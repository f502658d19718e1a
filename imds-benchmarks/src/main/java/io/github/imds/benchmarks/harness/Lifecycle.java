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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.imds.benchmarks.lab.Lab;
import io.github.imds.benchmarks.lab.Server;
import io.github.imds.benchmarks.lab.Watcher;
import io.github.imds.benchmarks.report.Subjects;

/**
 * Requests of the watcher while nothing happens, and the time from a notice to the change
 * of the readiness, with the default intervals.
 */
final class Lifecycle {

	private static final String LIFE_CYCLE = "meta-data/instance-life-cycle";

	private static final String STATE = "meta-data/autoscaling/target-lifecycle-state";

	private static final String ACTION = "meta-data/spot/instance-action";

	private static final int MINUTES = 2;

	private final Lab lab;

	Lifecycle(Lab lab) {
		this.lab = lab;
	}

	/**
	 * Count the requests of each kind of instance over the same minutes.
	 */
	void measureRequests() throws IOException {
		List<AutoCloseable> started = new ArrayList<>();
		Map<String, Server> servers = new LinkedHashMap<>();
		try {
			for (String kind : List.of("on-demand", "on-demand in an Auto Scaling group", "Spot",
					"Spot in an Auto Scaling group")) {
				Server server = Server.start(this.lab.serverCommand());
				started.add(server);
				servers.put(kind, server);
				server.prepare(Duration.ofMillis(2));
				server.value(LIFE_CYCLE, kind.startsWith("Spot") ? "spot" : "on-demand");
				server.value(STATE, kind.contains("group") ? "InService" : "");
				Watcher watcher = Watcher.start(this.lab, server);
				started.add(watcher);
				watcher.await("ACCEPTING_TRAFFIC");
			}
			// The first round reads more than later rounds
			sleep(Duration.ofSeconds(10));
			for (Server server : servers.values()) {
				server.counts();
			}
			sleep(Duration.ofMinutes(MINUTES));
			for (Map.Entry<String, Server> server : servers.entrySet()) {
				Server.Counts counts = server.getValue().counts();
				this.lab.results()
					.add("lifecycle requests", Subjects.IMDS, server.getKey(), "requests a minute",
							counts.get() / (double) MINUTES);
			}
		}
		finally {
			close(started);
		}
	}

	/**
	 * Give notice to many applications at once, each of which is at another point of its
	 * interval.
	 */
	void measureNotices() throws IOException {
		List<Watcher> watchers = new ArrayList<>();
		List<AutoCloseable> started = new ArrayList<>();
		try {
			Server server = Server.start(this.lab.serverCommand());
			started.add(server);
			server.prepare(Duration.ofMillis(2));
			server.value(LIFE_CYCLE, "spot");
			for (int i = 0; i < this.lab.effort().watchers(); i++) {
				watchers.add(Watcher.start(this.lab, server));
				started.add(watchers.get(i));
				watchers.get(i).await("ACCEPTING_TRAFFIC");
			}
			Random random = new Random(0);
			for (int i = 0; i < this.lab.effort().notices(); i++) {
				sleep(Duration.ofMillis(5000 + random.nextInt(5000)));
				giveNotice(server, watchers);
			}
		}
		finally {
			close(started);
		}
	}

	private void giveNotice(Server server, List<Watcher> watchers) throws IOException {
		Instant end = Instant.now().plusSeconds(120).truncatedTo(ChronoUnit.SECONDS);
		long start = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
		server.value(ACTION, "{\"action\":\"terminate\",\"time\":\"%s\"}".formatted(end));
		for (Watcher watcher : watchers) {
			this.lab.results()
				.add("notice to readiness", Subjects.IMDS, "Spot interruption", "s",
						(watcher.await("REFUSING_TRAFFIC") - start) / 1e6);
		}
		server.value(ACTION, "");
		for (Watcher watcher : watchers) {
			watcher.await("ACCEPTING_TRAFFIC");
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

	private static void close(List<AutoCloseable> started) throws IOException {
		for (AutoCloseable each : started) {
			try {
				each.close();
			}
			catch (Exception ex) {
				throw new IOException(ex);
			}
		}
	}

}
