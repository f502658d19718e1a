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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The Instance Metadata Service with as little work to a request as there can be, so that
 * what asks is measured and not what answers: one thread, IMDSv2 tokens, answers that are
 * ready beforehand. {@code /measure/set?delay=MICROSECONDS&connection=close&tree=NAME}
 * prepares a measurement and clears the counts; {@code /measure/counts} tells how many
 * requests of each method were received since.
 *
 * @since 0.1.0
 */
public final class MeasuringServer {

	private static final String TOKEN = "AQAEAMeasuringServerTokenAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

	private static final String TOKEN_HEADER = "x-aws-ec2-metadata-token:";

	private static final String TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds:";

	private static final int LONGEST_REQUEST = 8192;

	private final Selector selector = Selector.open();

	private final ServerSocketChannel channel = ServerSocketChannel.open();

	private final ScheduledExecutorService delayed = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "delayed");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<String, Integer> counts = new HashMap<>();

	private Map<String, byte[]> bodies = MetadataBodies.of("instance");

	private String tree = "instance";

	private boolean close = true;

	private long delay;

	private MeasuringServer() throws IOException {
		this.channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
		this.channel.configureBlocking(false);
		this.channel.register(this.selector, SelectionKey.OP_ACCEPT);
	}

	/**
	 * Start the server on a free port of the loopback interface, print the port, and
	 * serve until the standard input ends.
	 * @param args none
	 * @throws IOException if there is no port
	 */
	public static void main(String[] args) throws IOException {
		MeasuringServer server = new MeasuringServer();
		Thread thread = new Thread(server::serve, "server");
		thread.setDaemon(true);
		thread.start();
		System.out.println(server.channel.socket().getLocalPort());
		while (System.in.read() != -1) {
			// The parent process has nothing to say
		}
	}

	private void serve() {
		try {
			while (true) {
				this.selector.select(this::handle);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void handle(SelectionKey key) {
		try {
			if (key.isAcceptable()) {
				for (SocketChannel client = this.channel.accept(); client != null; client = this.channel.accept()) {
					accept(client);
				}
			}
			else if (!read((SocketChannel) key.channel(), (ByteBuffer) key.attachment())) {
				key.channel().close();
			}
		}
		catch (IOException | CancelledKeyException ex) {
			// The client went away, or the answer was sent and the connection closed
			if (key.channel() != this.channel) {
				close(key.channel());
			}
		}
	}

	private static void close(Channel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			// It is of no use any more
		}
	}

	private void accept(SocketChannel client) throws IOException {
		client.configureBlocking(false);
		client.setOption(StandardSocketOptions.TCP_NODELAY, true);
		ByteBuffer buffer = ByteBuffer.allocate(LONGEST_REQUEST);
		client.register(this.selector, SelectionKey.OP_READ, buffer);
		// A request is often there as soon as its connection is
		if (!read(client, buffer)) {
			client.close();
		}
	}

	/**
	 * Read what has come and answer once a request is complete. Requests have no body.
	 * @return whether to wait for more
	 */
	private boolean read(SocketChannel client, ByteBuffer buffer) throws IOException {
		if (client.read(buffer) < 0) {
			return false;
		}
		int end = buffer.position();
		if (end < 4 || buffer.getInt(end - 4) != 0x0d0a0d0a) {
			return buffer.hasRemaining();
		}
		String request = new String(buffer.array(), 0, end, StandardCharsets.ISO_8859_1);
		buffer.clear();
		boolean measuring = request.startsWith("/measure/", request.indexOf(' ') + 1);
		byte[] answer = measuring ? measure(request) : answer(request);
		boolean close = this.close;
		if (measuring || this.delay == 0) {
			write(client, answer);
			return !close;
		}
		this.delayed.schedule(() -> {
			write(client, answer);
			if (close) {
				client.close();
			}
			return null;
		}, this.delay, TimeUnit.MICROSECONDS);
		return true;
	}

	/**
	 * Answers fit into the buffers of the socket, except for a very long listing.
	 */
	private static void write(SocketChannel client, byte[] answer) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(answer);
		while (buffer.hasRemaining()) {
			if (client.write(buffer) == 0) {
				Thread.onSpinWait();
			}
		}
	}

	private byte[] answer(String request) {
		int space = request.indexOf(' ');
		String method = request.substring(0, space);
		String target = request.substring(space + 1, request.indexOf(' ', space + 1));
		this.counts.merge(method, 1, Integer::sum);
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

	private byte[] measure(String request) {
		String target = request.substring(request.indexOf(' ') + 1, request.indexOf(" HTTP/"));
		int query = target.indexOf('?');
		if (query > 0) {
			for (String setting : target.substring(query + 1).split("&")) {
				set(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
			}
			this.counts.clear();
		}
		String counts = this.counts.getOrDefault("PUT", 0) + " " + this.counts.getOrDefault("GET", 0);
		return response("200 OK", "", counts.getBytes(StandardCharsets.ISO_8859_1));
	}

	private void set(String name, String value) {
		switch (name) {
			case "delay" -> this.delay = Long.parseLong(value);
			case "connection" -> this.close = value.equals("close");
			case "tree" -> {
				if (!this.tree.equals(value)) {
					this.bodies = MetadataBodies.of(value);
					this.tree = value;
				}
			}
			default -> throw new IllegalArgumentException("Unknown setting " + name);
		}
	}

}
