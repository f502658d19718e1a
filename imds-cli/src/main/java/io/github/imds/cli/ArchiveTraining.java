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

package io.github.imds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the command against a service of its own, so that the virtual machine can archive
 * the classes that it has loaded until it exits. The launcher starts it.
 *
 * @since 0.1.0
 */
public final class ArchiveTraining {

	private static final List<List<String>> COMMANDS = List.of(List.of("meta-data/instance-id"),
			List.of("-r", "meta-data/instance-id"), List.of("meta-data/placement/", "instance-type"),
			List.of("--format", "env", "meta-data/security-groups"), List.of("-E", "region$"), List.of("-l", "id$"),
			List.of("dynamic/instance-identity/document"), List.of());

	private ArchiveTraining() {
	}

	/**
	 * Run the training.
	 * @param args ignored
	 * @throws IOException if there is no port or no directory to be had
	 */
	public static void main(String[] args) throws IOException {
		LogOutput.install();
		Path tokens = Files.createTempDirectory("imds");
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(() -> serve(server));
			thread.setDaemon(true);
			thread.start();
			Console console = new Console(OutputStream.nullOutputStream(),
					new PrintStream(OutputStream.nullOutputStream()), false);
			for (List<String> command : COMMANDS) {
				ImdsCommand.run(console,
						Stream
							.concat(Stream.of("--imds", "http://127.0.0.1:" + server.getLocalPort(), "-t",
									tokens.toString()), command.stream())
							.toArray(String[]::new));
			}
		}
		finally {
			delete(tokens);
		}
		System.exit(0);
	}

	private static void serve(ServerSocket server) {
		while (!server.isClosed()) {
			try (Socket socket = server.accept()) {
				answer(socket);
			}
			catch (IOException ex) {
				// The client is gone, or the training has ended
			}
		}
	}

	private static void answer(Socket socket) throws IOException {
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
		String request = reader.readLine();
		for (String line = request; line != null && !line.isEmpty(); line = reader.readLine()) {
			// The head of the request ends with an empty line
		}
		String body = body((request != null) ? request : "");
		String head = """
				HTTP/1.1 200 OK
				X-aws-ec2-metadata-token-ttl-seconds: 21600
				Content-Type: text/plain
				Content-Length: %d
				Connection: close
				Server: EC2ws

				""".formatted(body.length());
		socket.getOutputStream().write((head.replace("\n", "\r\n") + body).getBytes(StandardCharsets.US_ASCII));
	}

	private static String body(String request) {
		if (request.endsWith("/latest/ HTTP/1.1") || request.endsWith("/latest HTTP/1.1")) {
			return "meta-data/";
		}
		if (request.endsWith("/meta-data/ HTTP/1.1")) {
			return "instance-id\nplacement/";
		}
		if (request.endsWith("/placement/ HTTP/1.1")) {
			return "region";
		}
		return request.contains("/document ") ? "{\"version\": \"2017-09-30\", \"kernelId\": null}" : "value";
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

}
