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

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instance as {@link SimulatedInstance} declares it.
 *
 * @param tree the location of the instance's metadata, empty for the default instance
 * @param lines the changes
 */
record InstanceDeclaration(String tree, List<String> lines) {

	private static final Pattern CALL = Pattern.compile("([a-zA-Z0-9]+)\\((.*)\\)", Pattern.DOTALL);

	static InstanceDeclaration of(SimulatedInstance annotation) {
		return new InstanceDeclaration(annotation.tree(), List.of(annotation.value()));
	}

	ImdsSimulator start() {
		ImdsSimulator.Builder builder = ImdsSimulator.builder();
		if (!this.tree.isEmpty()) {
			builder.tree(this.tree);
		}
		for (String line : this.lines) {
			try {
				apply(line, builder);
			}
			catch (IllegalArgumentException | DateTimeParseException ex) {
				throw new IllegalArgumentException("@SimulatedInstance: '%s': %s".formatted(line, ex.getMessage()), ex);
			}
		}
		return builder.start();
	}

	private static void apply(String line, ImdsSimulator.Builder builder) {
		Matcher call = CALL.matcher(line);
		if (call.matches()) {
			String arguments = call.group(2).strip();
			call(call.group(1), arguments.isEmpty() ? new String[0] : arguments.split("\\s*,\\s*", -1), builder);
			return;
		}
		int separator = line.indexOf('=');
		if (separator == -1) {
			throw new IllegalArgumentException("neither of the form path=body nor method(arguments)");
		}
		builder.put(line.substring(0, separator), line.substring(separator + 1));
	}

	private static void call(String method, String[] arguments, ImdsSimulator.Builder builder) {
		switch (method + "/" + arguments.length) {
			case "region/1" -> builder.region(arguments[0]);
			case "instanceId/1" -> builder.instanceId(arguments[0]);
			case "instanceType/1" -> builder.instanceType(arguments[0]);
			case "accountId/1" -> builder.accountId(arguments[0]);
			case "spot/0" -> builder.spot();
			case "onDemand/0" -> builder.onDemand();
			case "noRole/0" -> builder.noRole();
			case "ipv6Only/0" -> builder.ipv6Only();
			case "remove/1" -> builder.remove(arguments[0]);
			case "interruptSpot/2" -> builder.interruptSpot(arguments[0], time(arguments[1]));
			case "recommendRebalance/1" -> builder.recommendRebalance(time(arguments[0]));
			case "targetLifecycleState/1" -> builder.targetLifecycleState(arguments[0]);
			case "rotateCredentials/0" -> builder.rotateCredentials();
			case "enabled/1" -> builder.enabled(bool(arguments[0]));
			case "latency/1" -> builder.latency(Duration.parse(arguments[0]));
			case "throttle/1" -> builder.throttle(Integer.parseInt(arguments[0]));
			case "resetConnections/1" -> builder.resetConnections(Integer.parseInt(arguments[0]));
			case "hopLimitExceeded/1" -> builder.hopLimitExceeded(bool(arguments[0]));
			case "behindProxy/1" -> builder.behindProxy(bool(arguments[0]));
			default -> throw new IllegalArgumentException(
					"there is no method %s with %d arguments of text".formatted(method, arguments.length));
		}
	}

	private static boolean bool(String text) {
		if (!text.equals("true") && !text.equals("false")) {
			throw new IllegalArgumentException("'%s' is neither true nor false".formatted(text));
		}
		return Boolean.parseBoolean(text);
	}

	private static Instant time(String text) {
		return text.startsWith("P") ? Instant.now().plus(Duration.parse(text)) : Instant.parse(text);
	}

}
