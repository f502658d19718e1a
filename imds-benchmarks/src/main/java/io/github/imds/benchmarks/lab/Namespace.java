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

package io.github.imds.benchmarks.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Network namespace in which the addresses of the service are silent or refuse
 * connections. Needs Linux, root and iproute2.
 *
 * @since 0.1.0
 */
public final class Namespace implements AutoCloseable {

	private static final String IPV4 = "169.254.169.254";

	private static final String IPV6 = "fd00:ec2::254";

	private static final AtomicInteger COUNTER = new AtomicInteger();

	private final String name = "imds-benchmarks-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet();

	private final Thread end = new Thread(this::delete);

	private int connectionsBefore;

	private Namespace() {
	}

	/**
	 * Create a namespace that drops packets to the service, as a network does that does
	 * not know the addresses.
	 * @return a new namespace
	 * @throws IOException if that is not possible on this machine
	 */
	public static Namespace silent() throws IOException {
		return create((namespace) -> {
			namespace.ip("link add silent type veth peer name nowhere");
			namespace.ip("address add 169.254.169.1/24 dev silent");
			namespace.ip("-6 address add fd00:ec2::1/64 dev silent nodad");
			namespace.ip("link set silent up");
			namespace.ip("link set nowhere up");
			// Without an answer to ARP the kernel reports that there is no route
			for (String address : List.of(IPV4, IPV6)) {
				namespace.ip("neighbour add " + address + " lladdr 02:00:00:00:00:fe dev silent nud permanent");
			}
		});
	}

	/**
	 * Create a namespace that has the addresses of the service, and no service.
	 * @return a new namespace
	 * @throws IOException if that is not possible on this machine
	 */
	public static Namespace refusing() throws IOException {
		return create((namespace) -> {
			namespace.ip("address add " + IPV4 + "/32 dev lo");
			namespace.ip("-6 address add " + IPV6 + "/128 dev lo nodad");
		});
	}

	private static Namespace create(Setup setup) throws IOException {
		Namespace namespace = new Namespace();
		// A run that is interrupted leaves nothing behind either
		Runtime.getRuntime().addShutdownHook(namespace.end);
		run("ip netns add " + namespace.name);
		try {
			namespace.ip("link set lo up");
			setup.apply(namespace);
			return namespace;
		}
		catch (IOException ex) {
			namespace.close();
			throw ex;
		}
	}

	/**
	 * Return a command that runs in this namespace and sees nothing of the real machine.
	 * @param command the command
	 * @param hardware the kind of machine to see
	 * @return the command to use
	 */
	public JavaCommand within(JavaCommand command, Hardware hardware) {
		List<String> wrapper = new ArrayList<>(List.of("ip", "netns", "exec", this.name));
		wrapper.addAll(hardware.wrapper());
		return command.within(wrapper);
	}

	public void clearConnections() throws IOException {
		this.connectionsBefore = readConnections();
	}

	/**
	 * Return the number of attempted connections.
	 * @return the number since it was cleared
	 * @throws IOException if the kernel does not tell
	 */
	public int connections() throws IOException {
		return readConnections() - this.connectionsBefore;
	}

	private int readConnections() throws IOException {
		List<String> lines = run("ip netns exec " + this.name + " cat /proc/net/snmp").lines()
			.filter((line) -> line.startsWith("Tcp:"))
			.toList();
		List<String> names = List.of(lines.get(0).split(" "));
		return Integer.parseInt(lines.get(1).split(" ")[names.indexOf("ActiveOpens")]);
	}

	private void ip(String command) throws IOException {
		run("ip -n " + this.name + " " + command);
	}

	private static String run(String command) throws IOException {
		Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (process.waitFor() != 0) {
				throw new IOException("'%s' failed: %s".formatted(command, output.strip()));
			}
			return output;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.end);
		delete();
	}

	private void delete() {
		try {
			run("ip netns delete " + this.name);
		}
		catch (IOException ex) {
			System.out.println("  " + ex.getMessage());
		}
	}

	@FunctionalInterface
	private interface Setup {

		void apply(Namespace namespace) throws IOException;

	}

}
