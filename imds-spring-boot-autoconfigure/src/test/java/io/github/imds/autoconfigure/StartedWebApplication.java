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
import java.lang.management.ManagementFactory;
import java.nio.channels.ServerSocketChannel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;

/**
 * A web application that tells how many threads were started, whether its environment has
 * metadata, and what its beans throw, and ends.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartedWebApplication {

	/**
	 * Start the application.
	 * @param args the arguments of the application
	 * @throws IOException if no socket can be had
	 */
	public static void main(String[] args) throws IOException {
		claimSystem(System.getProperty("claimed.os.name"));
		ConfigurableApplicationContext context = SpringApplication.run(StartedWebApplication.class, args);
		System.out.printf("found %d threads %d%n",
				context.getEnvironment().getPropertySources().contains("imds") ? 1 : 0,
				ManagementFactory.getThreadMXBean().getTotalStartedThreadCount());
		if (ClassUtils.isPresent("io.github.imds.client.ImdsClient", null)) {
			Beans.use(context);
		}
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Claim to run on another operating system, once sockets have found out about this
	 * one.
	 */
	private static void claimSystem(String name) throws IOException {
		try (ServerSocketChannel channel = ServerSocketChannel.open()) {
			channel.supportedOptions();
		}
		if (name != null) {
			System.setProperty("os.name", name);
		}
	}

	private static final class Beans {

		static void use(ConfigurableApplicationContext context) {
			describe("client", () -> context.getBean(ImdsClient.class).get("meta-data/mac"));
			describe("facts", () -> context.getBean(InstanceMetadata.class).instanceId());
		}

		private static void describe(String bean, Runnable use) {
			try {
				use.run();
			}
			catch (RuntimeException ex) {
				System.out.printf("%s throws %s%n", bean, ex.getClass().getSimpleName());
			}
		}

	}

}
