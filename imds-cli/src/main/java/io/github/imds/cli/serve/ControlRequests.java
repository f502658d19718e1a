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

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.imds.cli.text.Durations;
import io.github.imds.test.ImdsSimulator;

/**
 * Carries out the requests of the control API. Each is a {@code PUT} or {@code DELETE},
 * which no web page may send to another host, or changes nothing.
 */
final class ControlRequests {

	private static final String TREE = "/tree/";

	private static final Set<String> ACTIONS = Set.of("terminate", "stop", "hibernate");

	/**
	 * Names of the parameters, by request.
	 */
	private static final Map<String, Set<String>> PARAMETERS = Map.of("PUT /notices/spot", Set.of("action", "in"),
			"PUT /notices/target-lifecycle-state", Set.of("state"), "PUT /faults/latency", Set.of("time"),
			"PUT /faults/throttle", Set.of("requests"));

	private static final Reply DONE = new Reply(204, "");

	private final ImdsSimulator simulator;

	private final Clock clock;

	ControlRequests(ImdsSimulator simulator, Clock clock) {
		this.simulator = simulator;
		this.clock = clock;
	}

	/**
	 * Carry out a request.
	 * @param method the method
	 * @param uri the path and query
	 * @param body the body
	 * @return the reply
	 * @throws IllegalArgumentException if a path or parameter is invalid
	 */
	Reply handle(String method, URI uri, byte[] body) {
		String path = uri.getPath();
		if (path.startsWith(TREE)) {
			return tree(method, path.substring(TREE.length()), body);
		}
		Map<String, String> parameters = parameters(uri.getRawQuery());
		String request = method + " " + path;
		checkNames(request, parameters.keySet());
		return switch (request) {
			case "GET /requests" -> new Reply(200, lines(this.simulator.requests()));
			case "DELETE /requests" -> done(this.simulator.clearRequests());
			case "DELETE /changes" -> done(this.simulator.reset());
			case "DELETE /tokens" -> done(this.simulator.revokeTokens());
			case "PUT /notices/spot" -> interruptSpot(parameters);
			case "DELETE /notices/spot" -> done(this.simulator.cancelSpotInterruption());
			case "PUT /notices/rebalance" -> done(this.simulator.recommendRebalance(this.clock.instant()));
			case "DELETE /notices/rebalance" ->
				done(this.simulator.remove("meta-data/events/recommendations/rebalance"));
			case "PUT /notices/target-lifecycle-state" ->
				done(this.simulator.targetLifecycleState(required(parameters, "state")));
			case "PUT /faults/latency" -> done(this.simulator.latency(duration(required(parameters, "time"))));
			case "DELETE /faults/latency" -> done(this.simulator.latency(Duration.ZERO));
			case "PUT /faults/throttle" -> done(this.simulator.throttle(number(parameters.get("requests"))));
			case "DELETE /faults/throttle" -> done(this.simulator.throttle(0));
			case "PUT /faults/disabled" -> done(this.simulator.enabled(false));
			case "DELETE /faults/disabled" -> done(this.simulator.enabled(true));
			default -> new Reply(404, "There is no %s. imds serve --help lists what there is.\n".formatted(request));
		};
	}

	private Reply tree(String method, String path, byte[] body) {
		return switch (method) {
			case "PUT" -> done(this.simulator.put(path, body));
			case "DELETE" -> done(this.simulator.remove(path));
			default -> new Reply(405, "PUT and DELETE change the tree; the service itself serves it.\n");
		};
	}

	private Reply interruptSpot(Map<String, String> parameters) {
		String action = parameters.getOrDefault("action", "terminate");
		if (!ACTIONS.contains(action)) {
			throw new IllegalArgumentException("action is terminate, stop or hibernate, not '%s'".formatted(action));
		}
		String in = parameters.get("in");
		Instant time = this.clock.instant().plus((in != null) ? duration(in) : SimulatedService.NOTICE);
		return done(this.simulator.interruptSpot(action, time));
	}

	private static String lines(Iterable<String> lines) {
		StringBuilder text = new StringBuilder();
		lines.forEach((line) -> text.append(line).append('\n'));
		return text.toString();
	}

	private static Map<String, String> parameters(@Nullable String query) {
		Map<String, String> parameters = new HashMap<>();
		if (query != null && !query.isEmpty()) {
			for (String parameter : query.split("&")) {
				String[] parts = parameter.split("=", 2);
				parameters.put(parts[0], (parts.length > 1) ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
			}
		}
		return parameters;
	}

	/**
	 * Refuse a misspelled parameter: without it, the request would do something else.
	 */
	private static void checkNames(String request, Set<String> names) {
		Set<String> known = PARAMETERS.getOrDefault(request, names);
		for (String name : names) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("%s has no parameter '%s'".formatted(request, name));
			}
		}
	}

	private static String required(Map<String, String> parameters, String name) {
		String value = parameters.get(name);
		if (value == null) {
			throw new IllegalArgumentException("the parameter '%s' is missing".formatted(name));
		}
		return value;
	}

	private static Duration duration(String value) {
		return Durations.parse("not a duration such as 30s", value);
	}

	private static int number(@Nullable String value) {
		try {
			return (value != null) ? Integer.parseInt(value) : Integer.MAX_VALUE;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("not a number of requests: '%s'".formatted(value));
		}
	}

	private static Reply done(Object ignored) {
		return DONE;
	}

	/**
	 * Reply to a request.
	 *
	 * @param status the HTTP status
	 * @param body the text
	 */
	record Reply(int status, String body) {
	}

}
