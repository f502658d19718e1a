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

package io.github.imds.cli.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.imds.test.ImdsSimulator;

/**
 * A simulated instance that other processes use and control.
 *
 * @since 0.1.0
 */
public final class SimulatedService implements AutoCloseable {

	/** Time between the notice of AWS and the action. */
	static final Duration NOTICE = Duration.ofMinutes(2);

	private final ImdsSimulator simulator;

	private final ControlApi control;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "imds-notices");
		thread.setDaemon(true);
		return thread;
	});

	private SimulatedService(ImdsSimulator simulator, int controlPort) throws IOException {
		this.simulator = simulator;
		this.control = ControlApi.start(simulator, controlPort, Clock.systemUTC());
	}

	/**
	 * Start a service.
	 * @param settings what is simulated
	 * @return the running service
	 * @throws IOException if a port is taken, an address does not belong to this machine,
	 * or the tree cannot be read
	 */
	public static SimulatedService start(Settings settings) throws IOException {
		ImdsSimulator simulator = simulator(settings);
		try {
			return new SimulatedService(simulator, settings.controlPort());
		}
		catch (IOException ex) {
			simulator.close();
			throw new IOException("control port %d: %s".formatted(settings.controlPort(), ex.getMessage()), ex);
		}
	}

	private static ImdsSimulator simulator(Settings settings) throws IOException {
		ImdsSimulator.Builder builder = ImdsSimulator.builder();
		try {
			if (settings.tree() != null) {
				builder.tree(settings.tree());
			}
			builder.address(settings.address())
				.port(settings.port())
				.latency(settings.latency())
				.throttle(settings.throttle())
				.enabled(settings.enabled());
			return builder.start();
		}
		catch (UncheckedIOException | IllegalArgumentException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
		catch (RuntimeException ex) {
			Throwable cause = ex;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			String reason = (cause instanceof UnresolvedAddressException) ? "the host name is unknown"
					: cause.getMessage();
			throw new IOException(
					"cannot listen on port %d of %s: %s".formatted(settings.port(), settings.address(), reason), ex);
		}
	}

	/**
	 * Return the endpoint of the service.
	 * @return the base URI
	 */
	public URI endpoint() {
		return this.simulator.endpoint();
	}

	/**
	 * Return the endpoint of the control API.
	 * @return the base URI
	 */
	public URI controlEndpoint() {
		return this.control.endpoint();
	}

	/**
	 * Interrupt the Spot Instance later.
	 * @param delay the time until the notice, which comes two minutes before the end
	 */
	public void interruptSpotIn(Duration delay) {
		later(delay, () -> this.simulator.interruptSpot("terminate", Instant.now().plus(NOTICE)));
	}

	/**
	 * Recommend a rebalance later.
	 * @param delay the time until the recommendation
	 */
	public void recommendRebalanceIn(Duration delay) {
		later(delay, () -> this.simulator.recommendRebalance(Instant.now()));
	}

	/**
	 * Log requests from now on.
	 * @param log told the method, the path and the status of each request
	 */
	public void logRequests(Consumer<String> log) {
		this.simulator.wireMock()
			.addMockServiceRequestListener((request, response) -> log
				.accept("%s %s answered %d".formatted(request.getMethod(), request.getUrl(), response.getStatus())));
	}

	private void later(Duration delay, Runnable task) {
		this.timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.control.close();
		this.simulator.close();
	}

	/**
	 * Settings of the simulation.
	 *
	 * @param address the address to listen on
	 * @param port the port of the service, 0 for any free one
	 * @param controlPort the port of the control API, 0 for any free one
	 * @param tree the file with the values of the instance, or {@code null} for the
	 * default instance
	 * @param latency the delay of every response
	 * @param throttle the number of requests that are answered with 503
	 * @param enabled whether the service is switched on
	 */
	public record Settings(String address, int port, int controlPort, @Nullable String tree, Duration latency,
			int throttle, boolean enabled) {

	}

}
