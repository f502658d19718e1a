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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Instance Metadata Service that does as little as possible for each request, so that
 * measurements show the clients, not the server: one thread, IMDSv2 tokens, prepared
 * answers. Commands on the standard input change its answers and ask for the number of
 * requests; each is answered by one line.
 *
 * @since 0.1.0
 */
public final class MeasuringServer {

	private static final int LONGEST_REQUEST = 8192;

	private final Selector selector = Selector.open();

	private final Answers answers = new Answers();

	private final ScheduledExecutorService delayed = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "delayed");
		thread.setDaemon(true);
		return thread;
	});

	private final SocketAddress address;

	private ServerSocketChannel channel;

	private MeasuringServer() throws IOException {
		this.channel = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.address = this.channel.getLocalAddress();
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
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = input.readLine(); command != null; command = input.readLine()) {
			System.out.println(server.command(command));
		}
	}

	private ServerSocketChannel listen(SocketAddress address) throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
		channel.bind(address, 4096);
		channel.configureBlocking(false);
		channel.register(this.selector, SelectionKey.OP_ACCEPT);
		this.selector.wakeup();
		return channel;
	}

	private String command(String command) throws IOException {
		int space = command.indexOf(' ');
		if (space < 0) {
			return this.answers.counts();
		}
		this.answers.set(command.substring(0, space), command.substring(space + 1));
		boolean refuse = this.answers.fault().equals("refuse");
		if (refuse && this.channel.isOpen()) {
			this.channel.close();
			// The port is closed once the selector has noticed
			this.selector.wakeup();
		}
		else if (!refuse && !this.channel.isOpen()) {
			this.channel = listen(this.address);
		}
		return "ok";
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
		catch (ClosedSelectorException ex) {
			// The process ends
		}
	}

	private void handle(SelectionKey key) {
		try {
			if (key.isAcceptable()) {
				ServerSocketChannel channel = (ServerSocketChannel) key.channel();
				for (SocketChannel client = channel.accept(); client != null; client = channel.accept()) {
					accept(client);
				}
			}
			else if (!read((SocketChannel) key.channel(), (ByteBuffer) key.attachment())) {
				key.channel().close();
			}
		}
		catch (IOException | CancelledKeyException ex) {
			// The client went away, or the answer was sent and the connection closed
			if (key.channel() instanceof SocketChannel client) {
				close(client);
			}
		}
	}

	private static void close(Channel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			// It has no further use
		}
	}

	private void accept(SocketChannel client) throws IOException {
		client.configureBlocking(false);
		client.setOption(StandardSocketOptions.TCP_NODELAY, true);
		ByteBuffer buffer = ByteBuffer.allocate(LONGEST_REQUEST);
		client.register(this.selector, SelectionKey.OP_READ, buffer);
		// A request has often arrived together with its connection
		if (!read(client, buffer)) {
			client.close();
		}
	}

	/**
	 * Read the available bytes and answer a complete request. Requests have no body.
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
		byte[] answer = this.answers.answer(request);
		if (answer.length == 0) {
			return true;
		}
		boolean close = this.answers.close();
		long delay = this.answers.delay();
		if (delay == 0) {
			write(client, answer);
			return !close;
		}
		this.delayed.schedule(() -> {
			write(client, answer);
			if (close) {
				client.close();
			}
			return null;
		}, delay, TimeUnit.MICROSECONDS);
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

}
