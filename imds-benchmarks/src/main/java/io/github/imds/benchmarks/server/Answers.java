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

package io.github.imds.benchmarks.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Answers of the service, and the number of requests.
 */
final class Answers {

	private static final byte[] SILENCE = {};

	private static final String TOKEN = "AQAEAMeasuringServerTokenAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

	private static final String TOKEN_HEADER = "x-aws-ec2-metadata-token:";

	private static final String TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds:";

	private final Map<String, Integer> counts = new HashMap<>();

	private Map<String, String> values = MetadataBodies.values("instance");

	private Map<String, byte[]> bodies = MetadataBodies.of(this.values);

	private String tree = "instance";

	private String fault = "none";

	private boolean close = true;

	private long delay;

	/**
	 * Change a setting.
	 * @param name {@code tree} for the name of a tree, {@code value} for a path and its
	 * value, {@code delay} for microseconds, {@code connection} for {@code close} or
	 * {@code keep-alive}, {@code fault} for {@code none}, {@code silent},
	 * {@code throttle} or {@code refuse}
	 * @param value the value of the setting
	 */
	synchronized void set(String name, String value) {
		switch (name) {
			case "delay" -> this.delay = Long.parseLong(value);
			case "connection" -> this.close = value.equals("close");
			case "fault" -> this.fault = value;
			case "tree" -> setTree(value);
			case "value" -> {
				int space = value.indexOf(' ');
				setValue(value.substring(0, space), value.substring(space + 1));
			}
			default -> throw new IllegalArgumentException("Unknown setting " + name);
		}
	}

	private void setTree(String name) {
		if (!this.tree.equals(name)) {
			this.values = MetadataBodies.values(name);
			this.bodies = MetadataBodies.of(this.values);
			this.tree = name;
		}
	}

	private void setValue(String path, String value) {
		Map<String, String> values = new TreeMap<>(this.values);
		if (value.isEmpty()) {
			values.remove(path);
		}
		else {
			values.put(path, value);
		}
		this.values = values;
		this.bodies = MetadataBodies.of(values);
		// Another preparation starts from the unchanged tree
		this.tree = "";
	}

	synchronized String fault() {
		return this.fault;
	}

	synchronized boolean close() {
		return this.close;
	}

	synchronized long delay() {
		return this.delay;
	}

	/**
	 * Return the number of PUT and of GET requests, and clear it.
	 * @return both numbers, separated by a space
	 */
	synchronized String counts() {
		String counts = this.counts.getOrDefault("PUT", 0) + " " + this.counts.getOrDefault("GET", 0);
		this.counts.clear();
		return counts;
	}

	/**
	 * Answer a request.
	 * @param request the request with its headers
	 * @return the answer, empty for none
	 */
	synchronized byte[] answer(String request) {
		int space = request.indexOf(' ');
		String method = request.substring(0, space);
		String target = request.substring(space + 1, request.indexOf(' ', space + 1));
		this.counts.merge(method, 1, Integer::sum);
		return switch (this.fault) {
			case "silent" -> SILENCE;
			case "throttle" -> response("503 Service Unavailable");
			default -> answer(method, target, request);
		};
	}

	private byte[] answer(String method, String target, String request) {
		if (method.equals("PUT") && target.equals("/latest/api/token")) {
			String ttl = header(request, TTL_HEADER);
			return (ttl != null) ? response("200 OK", "X-aws-ec2-metadata-token-ttl-seconds: " + ttl + "\r\n",
					TOKEN.getBytes(StandardCharsets.ISO_8859_1)) : response("400 Bad Request");
		}
		if (!method.equals("GET")) {
			return response("405 Method Not Allowed");
		}
		if (!TOKEN.equals(header(request, TOKEN_HEADER))) {
			return response("401 Unauthorized");
		}
		String path = target.startsWith("/latest/") ? target.substring(8) : target;
		byte[] body = this.bodies.get(path.contains("%") ? decode(path) : path);
		return (body != null) ? response("200 OK", "", body) : response("404 Not Found");
	}

	private static String decode(String path) {
		return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private static @Nullable String header(String request, String name) {
		for (int line = request.indexOf('\n'); line > 0; line = request.indexOf('\n', line + 1)) {
			if (request.regionMatches(true, line + 1, name, 0, name.length())) {
				return request.substring(line + 1 + name.length(), request.indexOf('\r', line + 1)).strip();
			}
		}
		return null;
	}

	private byte[] response(String status) {
		return response(status, "", status.getBytes(StandardCharsets.ISO_8859_1));
	}

	private byte[] response(String status, String headers, byte[] body) {
		byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nServer: EC2ws\r\nConnection: "
				+ (this.close ? "close" : "keep-alive") + "\r\n" + headers + "Content-Length: " + body.length
				+ "\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
		byte[] response = new byte[head.length + body.length];
		System.arraycopy(head, 0, response, 0, head.length);
		System.arraycopy(body, 0, response, head.length, body.length);
		return response;
	}

}
