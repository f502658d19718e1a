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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import io.github.imds.test.ImdsSimulator;

/**
 * Serves the control API of a simulated instance on the loopback interface.
 */
final class ControlApi implements AutoCloseable {

	/** Web pages can make a browser ask this machine, by a name of their own. */
	private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

	private final HttpServer server;

	private final ControlRequests requests;

	private ControlApi(HttpServer server, ControlRequests requests) {
		this.server = server;
		this.requests = requests;
	}

	/**
	 * Start the API.
	 * @param simulator the instance to control
	 * @param port the port, 0 for any free one
	 * @param clock the clock that notices are dated by
	 * @return the running API
	 * @throws IOException if the port is taken
	 */
	static ControlApi start(ImdsSimulator simulator, int port, Clock clock) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
		ControlApi api = new ControlApi(server, new ControlRequests(simulator, clock));
		server.createContext("/", api::handle);
		server.start();
		return api;
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			ControlRequests.Reply reply = reply(exchange);
			byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
			exchange.sendResponseHeaders(reply.status(), (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	private ControlRequests.Reply reply(HttpExchange exchange) throws IOException {
		if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
			return new ControlRequests.Reply(403, "The control API is for this machine only.\n");
		}
		try {
			return this.requests.handle(exchange.getRequestMethod(), exchange.getRequestURI(),
					exchange.getRequestBody().readAllBytes());
		}
		catch (IllegalArgumentException ex) {
			return new ControlRequests.Reply(400, ex.getMessage() + "\n");
		}
	}

	private static boolean isLocal(@Nullable String host) {
		return host != null && HOSTS.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
