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

package io.github.imds.client.http;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Connector}.
 */
class ConnectorTests {

	private final InetAddress loopback = InetAddress.getLoopbackAddress();

	private final List<Socket> connections = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (Socket connection : this.connections) {
			connection.close();
		}
	}

	@Test
	@Timeout(10)
	void aNameWithManySilentAddressesEndsWithTheCall() throws IOException {
		InetAddress[] addresses = Collections.nCopies(20_000, this.loopback).toArray(new InetAddress[0]);
		MethodHandle lookup = MethodHandles.dropArguments(MethodHandles.constant(InetAddress[].class, addresses), 0,
				String.class);
		Connector connector = new Connector(Duration.ofMillis(100), Duration.ofSeconds(10),
				new HostResolver(lookup, ForkJoinPool.defaultForkJoinWorkerThreadFactory));
		// A queue that two connections fill: no other one is answered
		try (ServerSocket silent = new ServerSocket(0, 1, this.loopback)) {
			for (int i = 0; i < 2; i++) {
				this.connections.add(new Socket(this.loopback, silent.getLocalPort()));
			}
			URI uri = URI.create("http://imds:" + silent.getLocalPort());
			assertThatExceptionOfType(ConnectFailedException.class)
				.isThrownBy(() -> connector.probe(uri, Deadline.after(Duration.ofMillis(300))))
				.matches(ConnectFailedException::isTimeout);
		}
	}

}
