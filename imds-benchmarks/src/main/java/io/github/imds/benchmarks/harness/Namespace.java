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

package io.github.imds.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A network namespace in which the addresses of the service are routed into nowhere, as
 * on a machine whose network drops what it does not know. Needs Linux, root and iproute2.
 */
final class Namespace implements AutoCloseable {

	private static final String IPV4 = "169.254.169.254";

	private static final String IPV6 = "fd00:ec2::254";

	/**
	 * Hides what this machine says of itself, which may be nothing, for one process.
	 */
	private static final String OTHER_MACHINE = "mount -t tmpfs tmpfs /sys/class && mkdir -p /sys/class/dmi/id"
			+ " && echo QEMU > /sys/class/dmi/id/sys_vendor && exec \"$@\"";

	private final String name = "imds-benchmarks-" + ProcessHandle.current().pid();

	private final Thread end = new Thread(this::delete);

	private int connectionsBefore;

	private Namespace() {
	}

	/**
	 * Make a namespace.
	 * @return the namespace
	 * @throws IOException if that is not possible here
	 */
	static Namespace create() throws IOException {
		Namespace namespace = new Namespace();
		// A run that is ended before its time leaves nothing behind either
		Runtime.getRuntime().addShutdownHook(namespace.end);
		run("ip netns add " + namespace.name);
		try {
			namespace.ip("link set lo up");
			namespace.ip("link add silent type veth peer name nowhere");
			namespace.ip("address add 169.254.169.1/24 dev silent");
			namespace.ip("-6 address add fd00:ec2::1/64 dev silent nodad");
			namespace.ip("link set silent up");
			namespace.ip("link set nowhere up");
			// Without an answer to ARP the kernel itself would soon say "no route"
			for (String address : List.of(IPV4, IPV6)) {
				namespace.ip("neighbour add " + address + " lladdr 02:00:00:00:00:fe dev silent nud permanent");
			}
			return namespace;
		}
		catch (IOException ex) {
			namespace.close();
			throw ex;
		}
	}

	JavaCommand within(JavaCommand command) {
		return command.within(List.of("ip", "netns", "exec", this.name)).withoutEnvironment();
	}

	JavaCommand withinOtherMachine(JavaCommand command) {
		return command.within(List.of("ip", "netns", "exec", this.name, "sh", "-c", OTHER_MACHINE, "sh"))
			.withoutEnvironment();
	}

	void clearConnections() throws IOException {
		this.connectionsBefore = readConnections();
	}

	/**
	 * Return how many connections were tried.
	 * @return the number since it was cleared
	 * @throws IOException if the kernel does not tell
	 */
	int connections() throws IOException {
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

}
