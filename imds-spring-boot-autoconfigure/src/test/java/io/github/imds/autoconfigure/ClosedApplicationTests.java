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

package io.github.imds.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application leaves nothing behind when it is closed.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class ClosedApplicationTests {

	private final ImdsSimulator simulator = ImdsSimulator.start();

	@AfterEach
	void close() {
		this.simulator.close();
	}

	@Test
	void neitherThreadsNorConnectionsAreLeft() throws IOException {
		try (ConfigurableApplicationContext context = start()) {
			ImdsClient client = context.getBean(ImdsClient.class);
			assertThat(client.everything()).isNotEmpty();
			try (InputStream userData = client.stream("user-data").orElseThrow()) {
				assertThat(userData.read()).isPositive();
				assertThat(connections()).hasSize(1);
			}
			readUntilTheTokenIsRenewed(client);
			assertThat(client.tree("meta-data/network")).isNotEmpty();
		}
		assertThat(threads()).isEmpty();
		assertThat(connections()).isEmpty();
	}

	@Test
	void norAfterAFailure() throws IOException {
		try (ConfigurableApplicationContext context = start()) {
			this.simulator.enabled(false);
			assertThat(context.getBean(ImdsClient.class).isAvailable()).isFalse();
		}
		assertThat(threads()).isEmpty();
		assertThat(connections()).isEmpty();
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--imds.client.endpoint=" + this.simulator.endpoint(), "--imds.client.token.ttl=1s",
					"--spring.application.name=${imds.instance-id}");
	}

	private void readUntilTheTokenIsRenewed(ImdsClient client) {
		long tokens = this.simulator.tokenRequests();
		while (this.simulator.tokenRequests() == tokens) {
			client.get("meta-data/mac");
		}
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("imds-"))
			.toList();
	}

	/**
	 * Return the connections to the service that a process still has, not those that only
	 * the kernel remembers: these belong to no file.
	 */
	private List<String> connections() throws IOException {
		String remotePort = ":%04X".formatted(this.simulator.endpoint().getPort());
		try (Stream<String> ipv4 = Files.lines(Path.of("/proc/net/tcp"));
				Stream<String> ipv6 = Files.lines(Path.of("/proc/net/tcp6"))) {
			return Stream.concat(ipv4, ipv6).filter((line) -> {
				String[] columns = line.trim().split("\\s+");
				return columns[2].endsWith(remotePort) && !columns[9].equals("0");
			}).toList();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ImdsAutoConfiguration.class)
	static class Application {

	}

}
